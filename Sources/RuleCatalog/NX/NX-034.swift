// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx034 = Rule(
        "NX-034", .B, "class has the reserved prefix and is in no definition", applies: .anyNeXus,
        what: """
            NX_class of groups that no definition asks for: a class that begins with NX is one of the definitions of some \
            release that ships. Contents of such a group are not checked. One finding for each class.
            """,
        why: "The prefix NX is kept for the definitions: nobody can look up what the group means.",
        fix: "Write the class that is meant, or a class of your own without the prefix NX.",
        references: ["NeXus manual, rules for naming classes", "NXobject@NX_class"],
        checks: [.conformance])
}

extension NXFault.Gathered {
    var toldAsForeignClass: Told {
        let near = notes.first.map { "; nearest: \($0)" } ?? ""
        let more = count == 1 ? "" : " (\(count) groups alike)"
        return Told(
            "NX_class of \(quoted(names.sorted().first ?? "")) is \(quoted(subject)), which no definition has\(near)\(more)",
            items: names)
    }
}
