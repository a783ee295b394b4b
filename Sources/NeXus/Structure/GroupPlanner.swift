// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// Makes the plan of one group: what its members take, what stands in a wrong place, what is absent.
///
/// Only names, kinds, classes and the names of attributes are looked at, at any depth; a value would make plans wrong for
/// other files.
struct GroupPlanner {
    let tree: NeXusTree
    let context: EntryContext
    let work: GroupWork
    let members: [Member]

    private let names = NamesOfGroup()

    private var set: DefinitionSet { context.set }

    func plan(_ roles: DataRoles) -> GroupPlan {
        let matches = MemberMatcher(
            application: work.application, base: work.base, set: set, roles: roles, tree: tree
        ).match(members)
        return GroupPlan(
            members: zip(members, matches).map { member, match in
                MemberPlan(
                    match: match, mismatch: mismatch(member, match), lacksTarget: lacksTarget(member, match),
                    content: content(member, match, matches))
            },
            attributes: AttributePlan(
                tree.attributes(of: work.node).map(\.name), application: work.application, base: work.base,
                ignored: work.base?.ignored ?? [], isField: false, context: context),
            shortfalls: shortfalls(matches), isData: set.isClass(work.className, orExtends: "NXdata"))
    }

    private func lacksTarget(_ member: Member, _ match: MemberMatch) -> Bool {
        guard match.applications.contains(where: { $0.kind == .link }), let node = member.node else { return false }
        return tree.attribute("target", of: node) == nil
    }

    private func content(_ member: Member, _ match: MemberMatch, _ matches: [MemberMatch]) -> MemberPlan.Content {
        switch member.target {
        case .field(let node): .field(field(member, node, match))
        case .group(_, let className): .group(group(member, className, match, matches))
        case .absent, .notRead, .other: .other
        }
    }

    private func field(_ member: Member, _ node: Node, _ match: MemberMatch) -> MemberPlan.Field {
        let fields = match.applications.filter { $0.kind != .link }
        let facts = ItemFacts(
            application: set.union(fields), base: match.base,
            isLinkOnly: fields.isEmpty && !match.applications.isEmpty, isInData: work.className == "NXdata")
        var undocumented: MemberPlan.Undocumented?
        if facts.isUndocumented {
            undocumented = self.undocumented(member)
        } else if context.tellsUndocumented {
            undocumented = withoutStem(member, match).map { .init(name: $0, note: nil) }
        }
        return MemberPlan.Field(
            demand: ValueDemand(facts),
            attributes: AttributePlan(
                tree.attributes(of: node).map(\.name), application: facts.application, base: facts.base,
                ignored: work.base?.ignored ?? [], isField: true, context: context),
            undocumented: undocumented,
            deprecation: DeprecatedItem(facts, .field, member.name, release: set.name),
            isAxis: AxisFields.isAxis(member, in: work, members: members, tree: tree),
            isOneString: StandardAttributes.isOneString(member.name))
    }

    private func group(_ member: Member, _ className: String?, _ match: MemberMatch, _ matches: [MemberMatch])
        -> MemberPlan.Group
    {
        let root = className.flatMap { set.baseClass($0) }
        let asked = match.applications.filter { $0.kind != .choice && $0.kind != .link }
        let facts = ItemFacts(application: set.union(asked), base: match.base)
        let isUnknown =
            match.base == nil && match.applications.isEmpty && mismatch(member, match) == nil
            && !AnywhereClasses.names.contains(className ?? "")
        return MemberPlan.Group(
            root: root, application: facts.application,
            base: root.flatMap { root in
                match.base.flatMap { set.union([$0, root].filter { !$0.children.isEmpty || $0 === root }) } ?? root
            },
            undocumented: root != nil && isUnknown ? undocumented(member) : nil,
            deprecation: DeprecatedItem(facts, .group, member.name, release: set.name),
            isClassDeprecated: facts.deprecation == nil
                && className.flatMap { set.definition($0) }?.isDeprecated == true,
            isOneOfSeveral: match.applications.contains { concept in
                matches.count { $0.applications.contains { $0 === concept } } > 1
            })
    }

    // MARK: What stands in the place of something else

    /// A group of another class or none, or an item of another kind, where a definition names one.
    private func mismatch(_ member: Member, _ match: MemberMatch) -> MemberPlan.Mismatch? {
        guard member.isField || member.isGroup else { return nil }
        let isMet = match.applications.contains { $0.name == member.name }
        if !isMet, let concept = named(member.name, work.application, member), concept.kind != .link,
            let message = mismatch(member, concept)
        {
            return message
        }
        // A group without a class is passed over, but not where a field belongs.
        guard match.applications.isEmpty, match.base?.name != member.name,
            let concept = named(member.name, work.base, member), concept.item.match == .specified,
            member.isField || member.className != nil || concept.kind == .field
        else { return nil }
        if concept.kind == .choice, let message = mismatch(member, concept) { return message }
        guard match.base == nil else { return nil }
        guard (concept.kind == .field) != member.isField, concept.kind != .link else { return nil }
        return .init(fault: otherKind(member, concept), definition: concept.definition)
    }

    /// The concept of exactly this name; of two the one of the member's kind.
    private func named(_ name: String, _ parent: Concept?, _ member: Member) -> Concept? {
        let named = parent?.children.filter { $0.kind != .attribute && $0.name == name } ?? []
        return named.first { ($0.kind == .field) == member.isField } ?? named.first
    }

    private func mismatch(_ member: Member, _ concept: Concept) -> MemberPlan.Mismatch? {
        func mismatch(_ fault: NXFault) -> MemberPlan.Mismatch { .init(fault: fault, definition: concept.definition) }
        if member.isField != (concept.kind == .field) { return mismatch(otherKind(member, concept)) }
        guard member.isGroup else { return nil }
        if concept.kind == .choice {
            return mismatch(
                .noAlternative(
                    .other(classes: concept.children.compactMap(\.item.type), className: member.className)))
        }
        guard let type = concept.item.type else { return nil }
        // Readers find what they begin with by its class; what is optional they pass over.
        let isNeeded = concept.isRequired || Self.begins.contains(type)
        let other = NXFault.OtherClass(className: member.className, definition: concept.definition, type: type)
        return mismatch(isNeeded ? .otherClass(other) : .otherClassOfOptional(other))
    }

    /// Classes that every reader of a definition begins with.
    static let begins: Set<String> = ["NXentry", "NXinstrument", "NXdetector", "NXdetector_module", "NXsample"]

    private func otherKind(_ member: Member, _ concept: Concept) -> NXFault {
        .otherKind(
            .init(
                isField: member.isField, definition: concept.definition,
                groupType: concept.kind == .field ? nil : concept.item.type ?? "NXobject"))
    }

    // MARK: What is absent or too many

    private func shortfalls(_ matches: [MemberMatch]) -> [Shortfall] {
        var result: [Shortfall] = []
        for concept in set.members(of: work.application).concepts where concept.hasLimits {
            let instances = matches.indices.filter { matches[$0].applications.contains { $0 === concept } }
            if instances.isEmpty ? isMissed(concept) : mayBeOutside(instances.count, concept) {
                result.append(Shortfall(concept: concept, instances: instances))
            }
        }
        for concept in set.members(of: work.base).concepts where concept.hasLimits {
            let isStated = work.application?.children.contains { $0.item.key == concept.item.key } ?? false
            guard !isStated else { continue }
            let instances = matches.indices.filter { matches[$0].base === concept }
            if instances.isEmpty ? concept.isRequired && isMissed(concept) : mayBeOutside(instances.count, concept) {
                result.append(Shortfall(concept: concept, instances: instances))
            }
        }
        return result
    }

    /// Whether its absence is told; not where something of another kind or class has its name, a fault of its own.
    private func isMissed(_ concept: Concept) -> Bool {
        guard concept.isRequired || concept.item.isRecommended else { return false }
        return concept.name.map { name in !members.contains { $0.name == name && ($0.isField || $0.isGroup) } } ?? true
    }

    /// Whether so many links to one object or more are too few or too many.
    private func mayBeOutside(_ links: Int, _ concept: Concept) -> Bool {
        concept.isOutside(links) || concept.isOutside(1)
    }

    // MARK: What no definition knows

    private func undocumented(_ member: Member) -> MemberPlan.Undocumented? {
        let word: Definition.Ignored = member.isField ? .fields : .groups
        let ignored = (work.base?.ignored ?? []).union(context.application?.ignored ?? [])
        guard context.tellsUndocumented, !ignored.contains(word), !ReservedNames.isField(member.name) else {
            return nil
        }
        var note: String?
        if member.isField {
            note = ItemName.nearest(to: member.name, among: names.absent(members, work)).map {
                "nearest to \(quoted(member.name)): \(quoted($0))"
            }
            if let stem = ItemName.stem(of: member.name), names.present(members).contains(stem) { return nil }
        }
        if note == nil,
            let release = context.later?.first(member.isField ? .field : .group, member.name, in: work.className)
        {
            note = "\(quoted(member.name)) is defined from \(release) on"
        }
        return .init(name: member.className.map { "\(member.name) (\($0))" } ?? member.name, note: note)
    }

    /// A name with a reserved suffix stands beside the field without it, unless the whole name is defined.
    private func withoutStem(_ member: Member, _ match: MemberMatch) -> String? {
        guard let stem = ItemName.stem(of: member.name), !names.present(members).contains(stem) else {
            return nil
        }
        let needsStem = member.name.hasSuffix("_set") || member.name.hasSuffix("_weights")
        if match.base?.name == member.name { return nil }
        if match.applications.contains(where: { $0.name == member.name }), !needsStem { return nil }
        return "\(member.name) (without \(stem))"
    }
}

/// Names that are looked for once for each member, collected for the group when first needed.
private final class NamesOfGroup {
    private var present: Set<String>?
    private var absent: [String]?

    /// Names of the members.
    func present(_ members: [Member]) -> Set<String> {
        if let present { return present }
        let names = Set(members.map(\.name))
        present = names
        return names
    }

    /// Names of fields that the definitions give and no member has.
    func absent(_ members: [Member], _ work: GroupWork) -> [String] {
        if let absent { return absent }
        let known = (work.base?.children ?? []) + (work.application?.children ?? [])
        let present = present(members)
        let names = known.compactMap { concept -> String? in
            guard concept.kind == .field, concept.item.match == .specified, let name = concept.name,
                !present.contains(name)
            else { return nil }
            return name
        }
        absent = names
        return names
    }
}
