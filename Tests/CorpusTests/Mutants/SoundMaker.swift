// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

@testable import CorpusRecipes

/// Every way to write the same facts otherwise: forms of storage, names, spellings, more content, another geometry of
/// the same meaning.
struct SoundMaker {
    let base: String
    let tree: RecipeGroup
    private var found: [Mutant] = []

    static func all(of base: String, _ tree: RecipeGroup) -> [Mutant] {
        var maker = SoundMaker(base: base, tree: tree)
        maker.walk(tree, at: [])
        maker.add("attributes-turned", "/", AttributeOrder.turned(tree))
        return maker.found
    }

    private init(base: String, tree: RecipeGroup) { (self.base, self.tree) = (base, tree) }

    private static func path(_ names: [String]) -> String { "/" + names.joined(separator: "/") }

    private mutating func add(_ kind: String, _ place: String, _ changed: RecipeGroup) {
        found.append(Mutant(base: base, place: place, kind: "sound-" + kind, tree: changed))
    }

    private mutating func walk(_ group: RecipeGroup, at names: [String]) {
        extras(at: names)
        texts(group.attributes, at: names)
        for (name, node) in group.members.entries {
            let place = names + [name]
            switch node {
            case .group(let inner):
                renamed(name, at: place)
                linked(node, at: place)
                walk(inner, at: place)
            case .field(let field):
                stored(field, at: place)
                linked(node, at: place)
                texts(field.attributes, at: place)
                units(field, at: place)
                if case .texts(["rotation"]) = field.attributes["transformation_type"]?.elements {
                    renamed(name, at: place)
                }
                for (kind, changed) in Geometry(tree: tree).variants(of: field, at: place) {
                    add(kind, Self.path(place), changed)
                }
            case .link(.hard(let target)):
                add("soft-link", Self.path(place), tree.with(.link(.soft(target)), at: place))
            case .link: break
            }
        }
    }

    // MARK: More content

    private mutating func extras(at names: [String]) {
        guard case .group(let group) = tree.node(at: names), group.attributes["NX_class"] != nil else { return }
        func with(_ name: String, _ node: RecipeNode) -> RecipeGroup { tree.with(node, at: names + [name]) }
        let words = RecipeValue(elements: .texts(["seen by eye"]), type: nil, shape: [])
        func extraGroup(_ name: String) -> RecipeNode {
            var extra = RecipeGroup()
            extra.attributes["NX_class"] = RecipeValue(elements: .texts([name]), type: nil, shape: [])
            return .group(extra)
        }
        let place = Self.path(names)
        add("extra-attribute", place, tree.with(words, attribute: "remark", at: names))
        // The root and an entry hold groups; fields of their own are for the groups.
        add("extra-field", place, with("remark", .field(RecipeField(value: words))))
        add("extra-collection", place, with("local_things", extraGroup("NXcollection")))
        add("extra-plain-group", place, with("scratch", .group(RecipeGroup())))
        if !names.isEmpty { add("extra-note", place, with("local_note", extraGroup("NXnote"))) }
    }

    // MARK: Names and links

    private mutating func renamed(_ name: String, at names: [String]) {
        let other = name + "_a1"
        add("renamed", Self.path(names), Renaming(from: name, to: other).applied(to: tree))
    }

    /// The object stands elsewhere, and a soft link in its place.
    private mutating func linked(_ node: RecipeNode, at names: [String]) {
        guard names.count > 1, let entry = names.first else { return }
        var store = RecipeGroup()
        store.attributes["NX_class"] = RecipeValue(elements: .texts(["NXcollection"]), type: nil, shape: [])
        store.members["original"] = node
        let place = [entry, "store"]
        add(
            "soft-link", Self.path(names),
            tree.with(.group(store), at: place).with(.link(.soft(Self.path(place) + "/original")), at: names))
    }

    // MARK: Storage

    private mutating func stored(_ field: RecipeField, at names: [String]) {
        for (kind, changed) in StorageForms(field: field).all {
            add(kind, Self.path(names), tree.with(.field(changed), at: names))
        }
        guard case .texts(let texts) = field.value.elements else { return }
        for (kind, value) in TextForms(value: field.value, texts: texts).all {
            var changed = field
            changed.value = value
            add(kind, Self.path(names), tree.with(.field(changed), at: names))
        }
    }

    private mutating func texts(_ attributes: Named<RecipeValue>, at names: [String]) {
        for (name, value) in attributes.entries {
            let place = Self.path(names) + "@" + name
            switch value.elements {
            case .texts(let texts):
                for (kind, changed) in TextForms(value: value, texts: texts).all {
                    if name == "NX_class", kind == "array-of-one" { continue }
                    add(kind, place, tree.with(changed, attribute: name, at: names))
                }
            case .reals, .integers:
                for (kind, changed) in StorageForms(field: RecipeField(value: value)).ofNumbers {
                    add(kind, place, tree.with(changed, attribute: name, at: names))
                }
            default: break
            }
        }
    }

    // MARK: Units

    private mutating func units(_ field: RecipeField, at names: [String]) {
        guard case .texts(let units) = field.attributes["units"]?.elements, let unit = units.first else { return }
        let place = Self.path(names)
        for spelling in UnitForms.spellings[unit] ?? [] {
            let value = RecipeValue(elements: .texts([spelling]), type: nil, shape: [])
            add("unit-\(spelling)", place, tree.with(value, attribute: "units", at: names))
        }
        guard case .reals(let numbers) = field.value.elements, let (other, factor) = UnitForms.others[unit] else {
            return
        }
        var changed = field
        changed.value = RecipeValue(elements: .reals(numbers.map { $0 * factor }), type: nil, shape: field.value.shape)
        changed.attributes["units"] = RecipeValue(elements: .texts([other]), type: nil, shape: [])
        // Readers take ends, increments and offsets without units of their own to be in those of the axis.
        if field.attributes["offset"] == nil || field.attributes["offset_units"] != nil {
            add("unit-in-\(other)", place, tree.with(.field(changed), at: names))
        }
    }
}

/// The attributes of every object, last first.
private enum AttributeOrder {
    static func turned(_ group: RecipeGroup) -> RecipeGroup {
        var copy = RecipeGroup()
        for (name, value) in group.attributes.entries.reversed() { copy.attributes[name] = value }
        for (name, node) in group.members.entries.reversed() {
            if case .group(let inner) = node {
                copy.members[name] = .group(turned(inner))
            } else {
                copy.members[name] = node
            }
        }
        return copy
    }
}
