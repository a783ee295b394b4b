// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx003 = Rule(
        "NX-003", .B, "definition is not known", applies: .anyNeXus,
        what: """
            The name in the field definition, compared with the application definitions of the release in use; the \
            category of a definition counts, not its folder. A name that differs only in capitals is used all the \
            same.
            """,
        why: "Readers compare the name exactly and pass the file over.",
        fix: "Write the name as the NXDL file has it, for instance NXmx.",
        references: ["NXmx:/NXentry/definition", "nexusformat/definitions#912", "dials/nxmx:src/nxmx/__init__.py"],
        checks: [.conformance])
}

extension NXFault.UnknownDefinition {
    var told: Told {
        Told(
            "definition is \(quoted(name)), which is not an application definition of \(release)"
                + (nearest.map { "; nearest: \($0)" } ?? "; give its NXDL with --definitions DIR"),
            fix: "Correct the name\(nearest.map { " to \($0)" } ?? ""), or give its NXDL with --definitions DIR.")
    }
}
