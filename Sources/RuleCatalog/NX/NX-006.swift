// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx006 = Rule(
        "NX-006", .B, "required field is absent", applies: .anyNeXus,
        what: """
            Fields and links that the definition requires, in every instance of their parent; a null dataspace \
            counts as absent. Facts that a subject rule owns are silent here: wavelength, image data, parts of axes.
            """,
        why: "Readers of the definition count on the value and stop or guess without it.",
        fix: "Write the field with its value and units under the name the message gives.",
        references: ["nxdl.xsd fieldType minOccurs", "NXmx:/NXentry/NXinstrument/NXdetector/sensor_material"],
        needs: ["NX-033"],
        checks: [.conformance])
}
