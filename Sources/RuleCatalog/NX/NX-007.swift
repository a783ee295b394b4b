// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
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

extension NXFault.AbsentAttribute {
    var told: Told {
        switch self {
        case .missing(let cases): return cases.toldAsAttributes
        case .withoutValue(_, let definition):
            return Told("\(Told.object), which \(definition) requires, has no value: a null dataspace")
        case .vector: return Told("\(Told.owner) has no attribute 'vector', which NXtransformations requires")
        }
    }
}

extension NXFault.Gathered {
    fileprivate var toldAsAttributes: Told {
        if count == 1, let path = names.first {
            let (owner, attribute) = ItemPaths.parts(of: path)
            let near = notes.first.map { "; nearest: \($0)" } ?? ""
            return Told(
                "\(quoted(owner)) has no attribute '\(attribute)', which \(subject) requires\(near)", items: names)
        }
        let words = ItemPaths.byGroup(names, most: 8).words
        return Told("\(count) attributes are absent that \(subject) requires: \(words)", items: names)
    }
}
