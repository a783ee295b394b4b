// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which definition items the attributes of an object take, by their names alone.
struct AttributePlan: Sendable {
    /// What is known of one attribute.
    struct Slot: Sendable {
        enum Undocumented: Sendable {
            /// A definition knows it.
            case no
            /// No definition knows it, and nothing is said of that.
            case silent
            case told
        }

        /// What is wrong with the name.
        let nameFault: NameFault?
        let demand: ValueDemand
        let undocumented: Undocumented
        let deprecation: DeprecatedItem?
        let isUnits: Bool
        /// Whether every field may have it, and a rule of its own judges its form.
        let isOfFields: Bool
        let isOneString: Bool
        /// Whether it gives the direction or place of an axis.
        let isOfAxis: Bool
    }

    /// In the order of the attributes.
    let slots: [Slot]
    /// Items that are not there, in the order in which they are told.
    let absent: [Concept]
    /// Whether some attribute is one that every field may have.
    let hasStandard: Bool

    /// Attributes of a group or field of one structure.
    ///
    /// - Parameters:
    ///   - names: The names of the attributes, in their order.
    ///   - ignored: What the class of the group ignores, which is the object or holds it.
    init(
        _ names: [String], application: Concept?, base: Concept?, ignored: Definition.Ignored, isField: Bool,
        context: EntryContext
    ) {
        var found: Set<ObjectIdentifier> = []
        let exactNames = Set((base?.children ?? []).compactMap { $0.kind == .attribute ? $0.name : nil })
        let tellsUndocumented =
            context.tellsUndocumented
            && !ignored.union(context.application?.ignored ?? []).contains(.attributes)
        slots = names.map { name in
            let asked = Self.best(name, application) { $0.item.match != .any || !exactNames.contains(name) }
            let known = Self.best(name, base) { _ in true }
            for concept in [asked, known] { if let concept { found.insert(ObjectIdentifier(concept)) } }
            let facts = ItemFacts(application: asked, base: known)
            let isOfFields = isField && StandardAttributes.areOfFields.contains(name)
            return Slot(
                nameFault: ReservedNames.isForeign(name) ? nil : ItemName.fault(of: name),
                demand: ValueDemand(facts),
                undocumented: !facts.isUndocumented
                    ? .no : ReservedNames.isAttribute(name) || !tellsUndocumented ? .silent : .told,
                deprecation: DeprecatedItem(facts, .attribute, name, release: context.set.name),
                isUnits: name == "units", isOfFields: isOfFields,
                isOneString: StandardAttributes.isOneString(name) && !(isField && name == "signal"),
                isOfAxis: name == "vector" || name == "offset")
        }
        hasStandard = slots.contains(where: \.isOfFields)
        let stated = (application?.children ?? []).filter { $0.kind == .attribute }
        let required = (base?.children ?? []).filter { concept in
            concept.kind == .attribute && concept.isRequired
                && !(application?.children.contains { $0.item.key == concept.item.key } ?? false)
        }
        absent = (stated + required).filter { !found.contains(ObjectIdentifier($0)) }
    }

    private static func best(_ name: String, _ parent: Concept?, _ isAllowed: (Concept) -> Bool) -> Concept? {
        var best: (score: Int, concept: Concept)?
        let isKnown = ReservedNames.isAttribute(name)
        for concept in parent?.children ?? [] where concept.kind == .attribute {
            guard let own = concept.name,
                own == name || (isAllowed(concept) && !(isKnown && concept.item.match == .any)),
                let score = nameFit(name, own, concept.item.match, pattern: concept.pattern)
            else { continue }
            if best.map({ score > $0.score }) ?? true { best = (score, concept) }
        }
        return best?.concept
    }
}

/// An item that its definition advises against.
struct DeprecatedItem: Sendable {
    let item: NXFault.Deprecated.Item

    /// Nil where no definition advises against the item.
    ///
    /// - Parameters:
    ///   - release: The set of definitions in force.
    init?(_ facts: ItemFacts, _ kind: NXFault.Deprecated.Item.Kind, _ name: String, release: String) {
        guard let (deprecation, concept) = facts.deprecation else { return nil }
        item = .init(
            kind: kind, name: name, definition: concept.definition, release: release,
            replacement: deprecation.replacement, issue: deprecation.issue)
    }
}
