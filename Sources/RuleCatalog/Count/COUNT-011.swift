// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let count011 = Rule(
        "COUNT-011", .B, "two descriptions give different limits or scales", applies: .both,
        what: """
            With compare only: greatest and least valid count, gain against scaling factor, wavelength, exposure and \
            temperature of two descriptions; limits exactly, other numbers within one unit of the last digit printed.
            """,
        why: "Saturated pixels, resolution or dose depend on which of the two descriptions a program reads.",
        fix: "Write the same value in both, and mind that overload is the first count that does not hold.",
        references: [
            "imgCIF _array_intensities.overload", "NXmx:/NXentry/NXinstrument/NXdetector/saturation_value",
        ],
        checks: [.comparison])
}
