// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import JSON
import RuleEngine

/// The experiments of a file as a report on its check carries them: all of an ordinary file, the first of a vast one.
///
/// What is left out is counted, and `inspect --json` prints it.
struct ReportedExperiments {
    /// Axes, scans, panels and views of panels of one file that a report carries, at most.
    static let most = 5_000

    private(set) var records: [JSONValue] = []
    /// Experiments that are left out.
    private(set) var unshown = 0

    init(_ material: Material) {
        let origins = OriginWords(sources: material.sources)
        var left = Self.most
        for (index, view) in material.experiments.enumerated() {
            guard left > 0 else {
                unshown = material.experiments.count - index
                return
            }
            let summary = ExperimentSummary(view.experiment, graph: view.graph, most: left)
            records.append(JSONValue(summary.tree, origins))
            left -= 1 + summary.size
        }
    }
}
