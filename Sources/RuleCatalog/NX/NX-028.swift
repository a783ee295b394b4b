// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx028 = Rule(
        "NX-028", .B, "axes do not fit the signal", applies: .anyNeXus,
        what: """
            The axes of NXdata against its signal: one name for each dimension, each a full stop or a field whose \
            length is that of its dimension or one more; AXISNAME_indices, auxiliary signals and errors in the shape \
            of their field; standard attributes of fields that name axes.
            """,
        why: "Values are plotted and read against the wrong axis, or not at all.",
        fix: """
            Write one name for each dimension into axes, with '.' for a dimension without axis, and AXISNAME_indices \
            for each axis.
            """,
        references: ["NXdata@axes, NXdata@AXISNAME_indices", "nexusformat/definitions#1396"],
        checks: [.conformance])
}
