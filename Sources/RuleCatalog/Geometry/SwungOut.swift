// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

extension ExperimentView {
    /// The header alone places the panel, swings it, and states a beam centre on its face at zero swing.
    func isSwungOut(_ sighting: Sighting, _ size: FastSlow<Int>) -> Bool {
        guard [.minicbf, .smv, .tiff].contains(kind), let swing = reading?.header?.swing?.value, swing != 0 else {
            return false
        }
        return sighting.detector.statedBeamCentres.contains { stated in
            stated.isAtZeroSwing && (0...Double(size.fast)).contains(stated.value.fast)
                && (0...Double(size.slow)).contains(stated.value.slow)
        }
    }
}
