// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx026 = Rule(
        "NX-026", .B, "target attribute does not name the original", applies: .anyNeXus,
        what: """
            The attribute target: the absolute path of an object that is this object. Where the definition asks for \
            a link, the object needs the attribute; a copy in its place is named.
            """,
        why: "Readers that follow the attribute find nothing or other data, and copies drift apart.",
        fix: "Write the absolute path of the original as target on the original, and link to it.",
        references: ["nxdl.xsd linkType", "NXobject@target"],
        checks: [.conformance])
}

extension NXFault.OddTarget {
    var told: Told {
        switch self {
        case .absent(let isCopy):
            let found = isCopy ? "the data stand here themselves" : "the link does not name its original"
            return Told("\(Told.owner) has no 'target' where a link is asked; \(found)")
        case .relative(let text):
            return Told("target of \(Told.owner) is \(quoted(text)), where an absolute path is asked")
        case .noText(let type):
            return Told("target of \(Told.owner) is \(type), where an absolute path is asked")
        case .nothing(let text): return Told("target of \(Told.owner) is \(quoted(text)), where there is nothing")
        case .otherObject(let text):
            return Told("target of \(Told.owner) is \(quoted(text)), where there is another object")
        }
    }
}
