// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let image015 = Rule(
        "IMAGE-015", .A, "two descriptions lead to different pixels", applies: .both,
        what: """
            With compare only: the number of frames, and of the frames that --frames chooses the size and every pixel, \
            counted through all scans. Two values that differ pass where both are flags: under the mask, outside the \
            declared limits, the undefined value, or a value that is a flag by custom (the greatest of the type, -1, -2).
            """,
        why: "One of the two is not the measurement, and nobody can tell which by the metadata.",
        fix: "Write the file again from the images of the detector.",
        references: ["imgCIF _array_data.data", "NXmx:/NXentry/NXdata/data"],
        checks: [.comparison])
}
