// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

extension GivenFacts {
    /// What the options `--distance`, `--exposure` and `--beam-centre` give.
    init(_ call: Invocation) {
        self.init()
        distance = call[.distance]
        exposure = call[.exposure]
        if let centre = call[.beamCentre] {
            beamCentre = centre.value
            isCentreInMillimetres = centre.isInMillimetres
        }
    }
}
