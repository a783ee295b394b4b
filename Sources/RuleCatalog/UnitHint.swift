// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine
import Units

/// The unit in which a length would be plausible, from the number as it is written.
struct UnitHint {
    /// The unit that is meant.
    let unit: String
    /// Millimetres, in that unit.
    let value: Double

    /// - Parameters:
    ///   - length: Millimetres, as the unit of the file gives them.
    ///   - written: The unit of the file; nil: millimetres.
    ///   - isPlausible: Whether a length in millimetres would pass.
    init?(_ length: Double, written: String?, isPlausible: (Double) -> Bool) {
        var factor = 1.0
        if let written {
            guard let own = Unit(written), let millimetre = Unit("mm"), let found = own.factor(to: millimetre),
                found > 0
            else { return nil }
            factor = found
        }
        let number = length / factor
        let candidates = [("mm", 1.0), ("m", 1000), ("um", 0.001), ("cm", 10), ("nm", 1e-6)]
        guard
            let (unit, size) = candidates.first(where: { candidate in
                abs(candidate.1 / factor - 1) > 1e-9 && isPlausible(number * candidate.1)
            })
        else { return nil }
        self.unit = unit
        value = number * size
    }
}

extension ExperimentView {
    /// The unit in which the header of an image has an item of length: that of the line, else what the format takes for one.
    func unitOfHeader(_ name: HeaderItem.Name) -> String? {
        guard [.minicbf, .smv, .tiff].contains(kind), let header = reading?.header else { return nil }
        if case .unit(let word)? = header.reading(name)?.peculiarity { return word }
        return header.vocabulary.item(name)?.quantity == .millimetres ? "mm" : "m"
    }
}
