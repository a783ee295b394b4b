// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx025 = Rule(
        "NX-025", .B, "name breaks the naming rule", applies: .anyNeXus,
        what: """
            Names of groups, fields and attributes: letters, digits, underscores and full stops inside, at most 63 \
            characters. Attributes of HDF5's own conventions and contents of NXcollection are left out.
            """,
        why: "Programs turn names into variables and paths, which such a name breaks.",
        fix: "Rename the item with letters, digits and underscores.",
        references: ["NeXus manual, naming conventions", "nxdlTypes.xsd"],
        checks: [.conformance])
}
