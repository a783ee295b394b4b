// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx024 = Rule(
        "NX-024", .G, "item is in no definition", applies: .anyNeXus,
        what: """
            Items that neither the definition nor the base class knows, one finding for each group. Standard \
            attributes, reserved prefixes and the contents of NXcollection never count.
            """,
        why: """
            Additional data are allowed, but nobody knows what they mean, and a misspelt name hides an item that is \
            meant.
            """,
        fix: "Correct the names that are misspelt; put data of your own into an NXcollection.",
        references: ["NeXus manual, design (additional data are allowed)", "nxdl.xsd nameType"],
        checks: [.conformance])
}

extension NXFault.Gathered {
    var toldAsUndocumented: Told {
        let near = notes.isEmpty ? "" : "; \(Told.first(notes))"
        let items = ItemPaths.byGroup(names, most: 4)
        return Told(
            "\(items.count) group\(items.count == 1 ? " holds" : "s hold") \(count) item\(plural) outside "
                + "\(subject): \(items.words)\(near)", items: names)
    }
}
