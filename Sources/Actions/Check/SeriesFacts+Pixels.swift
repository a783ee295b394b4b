// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension SeriesFacts.Pixels {
    /// What was counted of the one frame of a file; nil for several, and where it was not read as a whole.
    init?(_ view: FramesView?) {
        guard let view, view.parts.count == 1, view.parts[0].frames.stacks.count == 1,
            let readings = view.parts[0].frames.stacks.first?.frames, readings.count == 1,
            let facts = readings.first?.facts, !facts.isPartial
        else { return nil }
        self.init(
            digest: facts.digest, counts: facts.counts.counts, mean: facts.counts.mean,
            isEven: facts.counts.lowest == facts.counts.greatest)
    }
}
