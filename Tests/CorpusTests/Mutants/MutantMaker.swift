// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

@testable import CorpusRecipes

/// Every kind of change that fits, of every value, attribute, link and group of one recipe.
struct MutantMaker {
    let base: String
    let tree: RecipeGroup
    private var found: [Mutant] = []

    static func all(of base: String, _ tree: RecipeGroup) -> [Mutant] {
        var maker = MutantMaker(base: base, tree: tree)
        maker.walk(tree, at: [])
        return maker.found
    }

    private init(base: String, tree: RecipeGroup) { (self.base, self.tree) = (base, tree) }

    private static func path(_ names: [String]) -> String { "/" + names.joined(separator: "/") }

    private mutating func add(_ kind: String, _ place: String, _ changed: RecipeGroup) {
        found.append(Mutant(base: base, place: place, kind: kind, tree: changed))
    }

    private mutating func walk(_ group: RecipeGroup, at names: [String]) {
        attributes(group.attributes, at: names)
        for (name, node) in group.members.entries {
            let place = names + [name]
            members(node, at: place)
            switch node {
            case .group(let inner): walk(inner, at: place)
            case .field(let field):
                values(field, at: place)
                attributes(field.attributes, at: place)
            case .link: break
            }
        }
    }

    /// The tree without an object, of which hard links elsewhere keep hold; or with the links made to follow it.
    private func loosened(from place: String, to other: String?) -> RecipeGroup {
        HardLinks(tree: tree).applied(to: tree) { target in
            guard target == place || target.hasPrefix(place + "/") else { return .hard(target) }
            return other.map { .hard($0 + target.dropFirst(place.count)) }
        }
    }

    /// What may go wrong with an object whatever it holds.
    private mutating func members(_ node: RecipeNode, at names: [String]) {
        let place = Self.path(names)
        guard let last = names.last else { return }
        let parent = Array(names.dropLast())
        // Links inside what is moved follow it as those outside do.
        func moved(to new: [String]) -> RecipeGroup {
            let loose = loosened(from: place, to: Self.path(new))
            return loose.with(nil, at: names).with(loose.node(at: names) ?? node, at: new)
        }
        func renamed(_ name: String) -> RecipeGroup {
            moved(to: parent + [name])
        }
        let loose = loosened(from: place, to: nil)
        var changes: [(String, RecipeGroup)] = [
            ("deleted", loose.with(nil, at: names)),
            ("name-cased", renamed(last.prefix(1).uppercased() + last.dropFirst())),
            ("name-shortened", renamed(ValueMutations.withoutLetter(last))),
            ("name-lengthened", renamed(ValueMutations.withLetter(last))),
            ("name-with-blank", renamed(last + " ")),
            ("link-to-nowhere", loose.with(.link(.soft(place + "_gone")), at: names)),
            ("link-to-no-file", loose.with(.link(.external(file: "gone.h5", path: place)), at: names)),
            ("link-to-itself", loose.with(.link(.soft(place)), at: names)),
            ("link-to-parent", loose.with(.link(.soft(Self.path(parent))), at: names)),
        ]
        if parent.count > 0 {
            changes.append(
                (
                    "moved-outward",
                    moved(to: parent.dropLast() + [last])
                ))
        }
        switch node {
        case .group(let group):
            let empty = RecipeGroup(attributes: group.attributes, members: Named())
            changes += [
                ("as-field", loose.with(.field(RecipeField(value: Self.one)), at: names)),
                ("group-emptied", loose.with(.group(empty), at: names)),
                ("copied", tree.with(node, at: parent + [last + "_2"])),
            ]
        case .field, .link:
            changes.append(("as-group", loose.with(.group(RecipeGroup()), at: names)))
        }
        for (kind, changed) in changes { add(kind, place, changed) }
    }

    private static let one = RecipeValue(elements: .integers([1]), type: nil, shape: [])

    private mutating func values(_ field: RecipeField, at names: [String]) {
        let parent = Self.path(names.dropLast())
        var changes = ValueMutations(value: field.value).all
        if case .texts(let texts) = field.value.elements, let text = texts.first, texts.count == 1 {
            let meaning = TextMutations(text: text, value: field.value)
            if names.last == "depends_on" { changes += meaning.ofPaths(own: parent, itself: Self.path(names)) }
            if Self.isDate(text) { changes += meaning.ofDates }
        }
        for (kind, value) in changes where !value.isSame(as: field.value) {
            var changed = field
            changed.value = value
            // Chunks and filters stay only where the shape stays.
            if value.shape != field.value.shape { changed.storage = RecipeStorage() }
            if case .null = value.elements { changed.storage = RecipeStorage() }
            add(kind, Self.path(names), tree.with(.field(changed), at: names))
        }
    }

    private static func isDate(_ text: String) -> Bool {
        text.utf8.count >= 19 && text.hasPrefix("20") && text.contains("T")
    }

    private mutating func attributes(_ attributes: Named<RecipeValue>, at names: [String]) {
        for (name, value) in attributes.entries {
            let place = Self.path(names) + "@" + name
            let without = tree.with(nil, attribute: name, at: names)
            func renamed(_ other: String) -> RecipeGroup { without.with(value, attribute: other, at: names) }
            add("deleted", place, without)
            let cased = name.prefix(1).uppercased() + name.dropFirst()
            if cased != name { add("name-cased", place, renamed(cased)) }
            add("name-shortened", place, renamed(ValueMutations.withoutLetter(name)))
            add("name-lengthened", place, renamed(ValueMutations.withLetter(name)))
            if !names.isEmpty {
                add("moved-outward", place, without.with(value, attribute: name, at: names.dropLast()))
            }
            var changes = ValueMutations(value: value).all
            if case .texts(let texts) = value.elements, let text = texts.first, texts.count == 1 {
                changes += Self.meanings(of: name, text, value, at: names)
            }
            for (kind, changed) in changes where !changed.isSame(as: value) {
                add(kind, place, tree.with(changed, attribute: name, at: names))
            }
        }
    }

    private static func meanings(
        of name: String, _ text: String, _ value: RecipeValue, at names: [String]
    ) -> [ValueMutations.Change] {
        let meaning = TextMutations(text: text, value: value)
        switch name {
        case "units", "offset_units": return meaning.ofUnits
        case "depends_on", "target": return meaning.ofPaths(own: path(names.dropLast()), itself: path(names))
        case "NX_class": return meaning.ofClasses
        default: return isDate(text) ? meaning.ofDates : []
        }
    }
}

/// Hard links of a recipe, exchanged as a function says: for a link to the same object under another path, or, for
/// nil, for the object itself.
private struct HardLinks {
    let tree: RecipeGroup

    func applied(to group: RecipeGroup, _ change: (String) -> RecipeLink?) -> RecipeGroup {
        var copy = group
        for (name, node) in group.members.entries {
            switch node {
            case .group(let inner): copy.members[name] = .group(applied(to: inner, change))
            case .link(.hard(let target)):
                copy.members[name] =
                    change(target).map { .link($0) } ?? tree.node(at: target.split(separator: "/").map(String.init))
                    ?? node
            case .field, .link: break
            }
        }
        return copy
    }
}

extension RecipeValue {
    /// Written alike: a change that leaves the value as it was is none.
    fileprivate func isSame(as other: RecipeValue) -> Bool {
        guard shape == other.shape else { return false }
        switch (elements, other.elements) {
        case (.texts(let a), .texts(let b)): return a == b && type == nil
        case (.integers(let a), .integers(let b)): return a == b
        case (.reals(let a), .reals(let b)): return zip(a, b).allSatisfy { $0 == $1 } && a.count == b.count
        case (.booleans(let a), .booleans(let b)): return a == b
        default: return false
        }
    }
}
