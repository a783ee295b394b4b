// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict008 = Rule(
        "DICT-008", .C, "data name is deprecated", applies: .imgCIF,
        what: """
            Names that the dictionary replaces, the centre items of DIFFRN_DETECTOR_ELEMENT and the former category \
            DIFFRN_FRAME_DATA. _diffrn_radiation.type counts only when neither _diffrn_radiation_wavelength.type nor \
            _diffrn_radiation.probe says the same, since checkImgCIF asks for it.
            """,
        why: "Newer programs look for the new name only.",
        fix: "Write the name that the message gives.",
        references: ["cif_core _diffrn_radiation.type", "imgCIF _diffrn_detector_element.center[1]"],
        checks: [.conformance])
}

extension DictionaryFault.Deprecated {
    var told: Told {
        let other = replacement ?? "no other name"
        return Told(
            "\(name) is deprecated in favour of \(other)",
            values: [("name", .text(name)), ("replacement", .text(other))])
    }
}
