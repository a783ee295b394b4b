// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

/// Checks one entry: matching, items, occurrence; on a list of groups, so that no file is too deep.
final class EntryWalk {
    let tree: NeXusTree
    let context: EntryContext
    let structures: StructureReader
    let cache: StructureCache
    private let contextKey: EntryContext.Key
    var findings: FindingCollector
    /// Values that were to be looked at and could not be.
    var unseen: UnseenValues
    var symbols = SymbolTable()
    /// Groups that hold a link nothing resolves, links of which something depends.
    var links = LinkObservations()
    /// Axes and depends_on fields, for the chains.
    var axes = AxisObservations()
    private var waiting: [GroupWork] = []
    private var visited: Set<Visit> = []

    private struct Visit: Hashable {
        let file: Int
        let object: Int
        let application: ObjectIdentifier?
        let base: ObjectIdentifier?
    }

    static let deepest = 256

    init(
        structures: StructureReader, context: EntryContext, findings: FindingCollector,
        unseen: UnseenValues = UnseenValues()
    ) {
        self.unseen = unseen
        self.structures = structures
        self.context = context
        self.findings = findings
        tree = structures.tree
        cache = structures.cache
        contextKey = context.key
    }

    var set: DefinitionSet { context.set }

    /// Checks an entry or subentry and everything below it.
    func run(_ entry: Node, className: String) {
        let root = context.application.flatMap { application in
            set.union(application.tree.children.filter { $0.kind == .group && $0.item.type == "NXentry" })
        }
        let ancestors = Ancestors(entry, above: Ancestors(tree.root, above: nil))
        waiting = [
            GroupWork(
                node: entry, className: className, application: root, base: set.baseClass(className), scope: entry.path,
                ancestors: ancestors)
        ]
        checkWaiting()
        tellSymbols()
    }

    func checkWaiting() {
        while let work = waiting.popLast() {
            let visit = Visit(
                file: work.node.file, object: work.node.id.index,
                application: work.application.map { ObjectIdentifier($0) }, base: work.base.map { ObjectIdentifier($0) }
            )
            guard visited.insert(visit).inserted else { continue }
            let first = waiting.count
            check(work)
            // The last of the list comes next: turned round, groups are met in order of name.
            waiting[first...].reverse()
        }
    }

    private func check(_ work: GroupWork) {
        let all = tree.members(of: work.node)
        let members = all.allSatisfy { ItemName.isGood($0.name) } ? all : all.filter { isNamed($0, in: work) }
        let roles = DataRoles(work, members: members, tree: tree)
        let plan = cache.plan(key(of: work, members, roles)) {
            GroupPlanner(tree: tree, context: context, work: work, members: members).plan(roles)
        }
        let owner = Owner(
            node: work.node, application: work.application, base: work.base, work: work, isOwnedAxis: false,
            isField: false)
        checkAttributes(owner, plan.attributes)
        for (index, member) in members.enumerated() where plan.members.indices.contains(index) {
            check(member, plan.members[index], among: members, in: work)
        }
        checkOccurrence(plan.shortfalls, members, in: work)
        if plan.isData { checkDataGroup(work, members) }
    }

    /// What the plan of a group is kept under; nil when its structure has no number.
    private func key(of work: GroupWork, _ members: [Member], _ roles: DataRoles) -> GroupPlan.Key? {
        guard let structure = structures.number(of: work.node),
            let roles = work.className == "NXdata" ? cache.number(of: roles.numbers(of: members)) : 0
        else { return nil }
        return GroupPlan.Key(
            structure: structure, roles: roles, application: work.application.map { ObjectIdentifier($0) },
            base: work.base.map { ObjectIdentifier($0) }, context: contextKey)
    }

    private func isNamed(_ member: Member, in work: GroupWork) -> Bool {
        guard let fault = ItemName.fault(of: member.name) else { return true }
        let path = member.node?.path ?? member.path
        findings.gather(.names(fault), name: member.name, at: .object(path: path, attribute: nil))
        return false
    }

    private func check(_ member: Member, _ plan: MemberPlan, among members: [Member], in work: GroupWork) {
        if let mismatch = plan.mismatch, let node = member.node { tell(mismatch, at: node) }
        if plan.lacksTarget, let node = member.node { tellMissingTarget(member, node) }
        switch (member.target, plan.content) {
        case (.absent(let lost), _):
            links.note(lost, at: member, plan.match)
        case (.field(let node), .field(let field)):
            if let undocumented = field.undocumented { tell(undocumented, member, in: work) }
            checkField(node, member, field, members: members, in: work)
        case (.group(let node, let className), .group(let group)):
            enter(node, className, member, group, isTold: plan.mismatch != nil, in: work)
        default:
            break
        }
    }

    func enter(
        _ node: Node, _ className: String?, _ member: Member, _ plan: MemberPlan.Group, isTold: Bool,
        in work: GroupWork
    ) {
        // A link back to a group that is open above is told by the rules on links.
        guard !work.ancestors.contains(node) else { return }
        guard let className else {
            if isTold { return }
            if let concept = lostClass(of: node, in: work) {
                tellLostClass(concept, nil, at: node)
                return
            }
            if tellClassOfAnotherType(node, in: work) { return }
            findings.gather(
                .passedOver, name: "\(member.path) (no class)", at: .object(path: member.path, attribute: nil))
            return
        }
        tellClassStoredAsArray(node)
        guard plan.root != nil, let base = plan.base else {
            if isTold { return }
            if let concept = lostClass(of: node, in: work) {
                tellLostClass(concept, className, at: node)
            } else {
                tellForeignClass(className, member, in: work)
            }
            return
        }
        if plan.application == nil || className == "NXcollection", let concept = lostClass(of: node, in: work),
            concept.item.type != className
        {
            tellLostClass(concept, className, at: node)
        }
        if className == "NXcollection" {
            findings.gather(.passedOver, name: member.path, at: .object(path: member.path, attribute: nil))
            checkCollection(node, plan, in: work)
            return
        }
        if let undocumented = plan.undocumented { tell(undocumented, member, in: work) }
        if let deprecation = plan.deprecation { tell(deprecation, at: node) }
        if plan.isClassDeprecated {
            findings.add(.deprecated(.className(className, release: set.name)), at: node, concept: className)
        }
        if className == "NXsubentry", work.className == "NXentry", tree.definitionName(of: node) != nil { return }
        guard work.ancestors.depth < Self.deepest else { return }
        waiting.append(
            GroupWork(
                node: node, className: className, application: plan.application, base: base,
                scope: plan.isOneOfSeveral ? member.path : work.scope,
                ancestors: Ancestors(node, above: work.ancestors)))
    }

    /// A collection holds anything; the fields that a definition requires of one of its own are there all the same.
    private func checkCollection(_ node: Node, _ plan: MemberPlan.Group, in work: GroupWork) {
        let required = plan.application?.children.filter { child in
            child.kind == .field && child.isRequired && child.item.match == .specified
        }
        guard let required, !required.isEmpty, work.ancestors.depth < Self.deepest else { return }
        let members = tree.members(of: node)
        let names = Set(members.map(\.name))
        let absent = required.filter { !names.contains($0.name ?? "") }.map { Shortfall(concept: $0, instances: []) }
        checkOccurrence(
            absent, members,
            in: GroupWork(
                node: node, className: "NXcollection", application: plan.application, base: plan.base,
                scope: work.scope, ancestors: Ancestors(node, above: work.ancestors)))
    }

    func tellSymbols() {
        for (key, holders) in symbols.conflicts() {
            let usual = holders.last?.value
            findings.add(
                .symbolConflict(.init(symbol: key.symbol, holders: holders.map { ($0.node.path, $0.value) })),
                places: holders.filter { $0.value != usual }.map { .object(path: $0.node.path, attribute: nil) })
        }
        for sum in symbols.sums {
            let parts = sum.symbols.compactMap { symbols.value(of: $0, in: sum.scope) }
            guard parts.count == sum.symbols.count else { continue }
            let expected = parts.reduce(sum.constant, &+)
            guard expected != sum.length else { continue }
            let text = sum.symbols.joined(separator: " + ")
            findings.add(
                .otherShape(.sum(length: sum.length, symbols: sum.symbols, expected: expected)), at: sum.node,
                concept: text)
        }
    }
}
