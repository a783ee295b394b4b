// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx007 = Rule(
        "NX-007", .B, "required attribute is absent", applies: .anyNeXus,
        what: """
            Attributes that the definition requires on groups and fields that are there. Near misses such as 'unit' \
            or 'NXclass' are named.
            """,
        why: """
            Readers of the definition count on the attribute, and without it the item cannot be understood as the \
            definition means it.
            """,
        fix: "Write the attribute the message names; rename it if it stands there under another name.",
        references: [
            "nxdl.xsd attributeType",
            "NXmx:/NXentry/NXinstrument/NXdetector/NXdetector_module/fast_pixel_direction@depends_on",
        ],
        checks: [.conformance])
}
