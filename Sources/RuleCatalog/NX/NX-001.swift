// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx001 = Rule(
        "NX-001", .A, "file has no NXentry", applies: .anyNeXus,
        what: """
            The root of the file, for groups of class NXentry reached by a hard, soft or external link. A file that \
            is read only as the target of a link of another file is a container of data and passes.
            """,
        why: "Readers look for an NXentry first and find nothing in this file.",
        fix: "Put the measurement into a group at the root with the attribute NX_class = \"NXentry\".",
        references: ["NXroot", "NXmx:/NXentry"],
        checks: [.conformance])
}

extension NXFault.NoEntry {
    var told: Told {
        let found = groups.map { "\($0.name) (\($0.className ?? "no class"))" }.joined(separator: ", ")
        return Told(
            "file has no group of class NXentry at its root; it has \(found.isEmpty ? "no groups" : found)")
    }
}
