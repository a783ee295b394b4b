// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

/// What is in force in one entry or subentry.
struct EntryContext {
    /// The name in the file, taken or forced.
    let definition: String?
    let application: Application?
    let set: DefinitionSet
    /// Subject rules (axes, beam, image data) speak for their parts in this entry, so the generic rules are silent.
    let hasSubjectRules: Bool
    /// Whether undocumented items are told; not when the definition of the entry is unknown.
    let tellsUndocumented: Bool
    /// The name of the definition differs from its own in capitals only.
    let differsInCase: Bool
    /// How many numbers of one value are compared with the domain of its type.
    var mostValues = 1_000_000
    /// Knows items of later releases; nil where nothing is told of undocumented items.
    var later: LaterReleases?

    var isNXmx: Bool { application?.chain.contains("NXmx") ?? false }

    /// How messages name what asks.
    func name(of concept: Concept) -> String { concept.definition }
}

/// Groups that are open above a place, innermost first; shared between branches.
final class Ancestors {
    let node: FileNode
    let above: Ancestors?
    let depth: Int

    init(_ node: FileNode, above: Ancestors?) {
        self.node = node
        self.above = above
        depth = (above?.depth ?? 0) + 1
    }

    func contains(_ node: FileNode) -> Bool {
        var next: Ancestors? = self
        while let one = next {
            if one.node.isSame(as: node) { return true }
            next = one.above
        }
        return false
    }
}

/// A group that waits to be checked, with the concepts it takes.
struct GroupWork {
    let node: FileNode
    let className: String
    /// What applications ask of it, several definitions of a chain laid over each other.
    let application: Concept?
    /// What its class defines, with the items of the place where it stands.
    let base: Concept?
    /// Within this path one symbol has one value.
    let scope: String
    let ancestors: Ancestors
    /// The group that holds it.
    let parentClass: String?
}

/// Checks one entry: matching, items, occurrence; on a list of groups, so that no file is too deep.
final class EntryWalk {
    let tree: FileTree
    let context: EntryContext
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

    init(tree: FileTree, context: EntryContext, findings: FindingCollector, unseen: UnseenValues = .init()) {
        self.unseen = unseen
        self.tree = tree
        self.context = context
        self.findings = findings
    }

    var set: DefinitionSet { context.set }

    /// Checks an entry or subentry and everything below it.
    func run(_ entry: FileNode, className: String) {
        let root = context.application.flatMap { application in
            set.union(application.tree.children.filter { $0.kind == .group && $0.item.type == "NXentry" })
        }
        let ancestors = Ancestors(entry, above: Ancestors(tree.root, above: nil))
        waiting = [
            GroupWork(
                node: entry, className: className, application: root, base: set.baseClass(className), scope: entry.path,
                ancestors: ancestors, parentClass: nil)
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
        let members = tree.members(of: work.node).filter { isNamed($0, in: work) }
        let roles = DataRoles(work, members: members, tree: tree)
        let matcher = MemberMatcher(work, set: set, roles: roles, tree: tree)
        let matches = matcher.match(members)
        checkAttributes(of: work)
        for (member, match) in zip(members, matches) { check(member, match, among: members, matches, in: work) }
        checkOccurrence(members, matches, in: work)
        if set.isClass(work.className, orExtends: "NXdata") { checkDataGroup(work, members) }
    }

    private func isNamed(_ member: Member, in work: GroupWork) -> Bool {
        guard let fault = ItemName.fault(of: member.name) else { return true }
        let path = member.node?.path ?? member.path
        findings.gather(
            "NX-025", in: fault, subject: fault, name: quoted(member.name), at: .object(path: path, attribute: nil))
        return false
    }

    private func check(
        _ member: Member, _ match: MemberMatch, among members: [Member], _ matches: [MemberMatch], in work: GroupWork
    ) {
        switch member.target {
        case .broken(let broken):
            links.note(broken, at: member, match)
        case .other:
            break
        case .field(let node):
            tellMismatch(member, match, in: work)
            if match.applications.contains(where: { $0.kind == .link }), tree.attribute("target", of: node) == nil {
                tellMissingTarget(member, node)
            }
            let fields = match.applications.filter { $0.kind != .link }
            let facts = ItemFacts(
                application: set.union(fields), base: match.base,
                isLinkOnly: fields.isEmpty && !match.applications.isEmpty, isInData: work.className == "NXdata")
            if facts.isUndocumented {
                tellUndocumented(member, among: members, in: work)
            } else if context.tellsUndocumented {
                tellMissingStem(member, match, among: members, in: work)
            }
            checkField(node, member, facts, members: members, in: work)
        case .group(let node, let className):
            let isNamed = tellMismatch(member, match, in: work)
            if match.applications.contains(where: { $0.kind == .link }), tree.attribute("target", of: node) == nil {
                tellMissingTarget(member, node)
            }
            enter(node, className, member, match, matches, isNamed: isNamed, in: work)
        }
    }

    func enter(
        _ node: FileNode, _ className: String?, _ member: Member, _ match: MemberMatch, _ matches: [MemberMatch],
        isNamed: Bool, in work: GroupWork
    ) {
        // A link back to a group that is open above is told by the rules on links.
        guard !work.ancestors.contains(node) else { return }
        guard let className else {
            if isNamed { return }
            findings.gather(
                "NX-030", in: "", name: "\(member.path) (no class)", at: .object(path: member.path, attribute: nil))
            return
        }
        tellClassStoredAsArray(node)
        guard let root = set.baseClass(className) else {
            findings.add(
                "NX-004", "NX_class is \(quoted(className)), which no definition of \(set.name) has", at: node,
                values: [("class", .text(className))])
            return
        }
        if className == "NXcollection" {
            findings.gather("NX-030", in: "", name: member.path, at: .object(path: member.path, attribute: nil))
            return
        }
        if !isNamed, match.base == nil, match.applications.isEmpty, !AnywhereClasses.names.contains(className) {
            tellUndocumented(member, among: [], in: work)
        }
        let asked = match.applications.filter { $0.kind != .choice && $0.kind != .link }
        let facts = ItemFacts(application: set.union(asked), base: match.base)
        tellDeprecated(facts, "group \(quoted(member.name))", at: node)
        if facts.deprecation == nil, set.definition(className)?.isDeprecated == true {
            findings.add("NX-023", "class \(className) is deprecated in \(set.name)", at: node, concept: className)
        }
        if className == "NXsubentry", work.className == "NXentry", tree.definitionName(of: node) != nil { return }
        guard work.ancestors.depth < Self.deepest else { return }
        let isOneOfSeveral = match.applications.contains { concept in
            matches.filter { $0.applications.contains { $0 === concept } }.count > 1
        }
        let base = match.base.flatMap { set.union([$0, root].filter { !$0.children.isEmpty || $0 === root }) } ?? root
        waiting.append(
            GroupWork(
                node: node, className: className, application: facts.application, base: base,
                scope: isOneOfSeveral ? member.path : work.scope,
                ancestors: Ancestors(node, above: work.ancestors), parentClass: work.className))
    }

    func tellSymbols() {
        for (key, holders) in symbols.conflicts() {
            let values = holders.map { "\($0.node.path) \($0.value)" }
            let sizes = Set(holders.map(\.value)).sorted().map(String.init).joined(separator: " and ")
            let usual = holders.last?.value
            findings.add(
                "NX-020", "symbol '\(key.symbol)' is \(sizes): \(values.joined(separator: ", "))",
                places: holders.filter { $0.value != usual }.map { .object(path: $0.node.path, attribute: nil) },
                values: [("symbol", .text(key.symbol)), ("holders", .list(values))])
        }
        for sum in symbols.sums {
            let parts = sum.symbols.compactMap { symbols.value(of: $0, in: sum.scope) }
            guard parts.count == sum.symbols.count else { continue }
            let expected = parts.reduce(sum.constant, &+)
            guard expected != sum.length else { continue }
            let text = sum.symbols.joined(separator: " + ")
            findings.add("NX-019", "length is \(sum.length); \(text) is \(expected)", at: sum.node, concept: text)
        }
    }
}

/// What definitions say of one item of a file: the application's statement, filled up from the base class.
struct ItemFacts {
    let application: Concept?
    let base: Concept?
    /// Whether the application asks for a link of this name and says nothing of what it leads to.
    var isLinkOnly = false
    /// Whether it stands in an NXdata, whose fields are numbers or texts where nothing states their type.
    var isInData = false

    var isUndocumented: Bool { application == nil && base == nil && !isLinkOnly }

    /// The statement that comes first.
    var concept: Concept? { application ?? base }

    /// A type left out is NX_CHAR, after what the base class says.
    var type: String {
        if let stated = application?.item.type ?? base?.item.type { return stated }
        if application == nil, base == nil { return "any" }
        return isInData && base == nil ? "NX_CHAR_OR_NUMBER" : "NX_CHAR"
    }

    var units: String? { application?.item.units ?? base?.item.units }

    var enumeration: (values: [String], isOpen: Bool, by: Concept)? {
        for concept in [application, base] {
            if let concept, let values = concept.item.enumeration { return (values, concept.item.isOpen, concept) }
        }
        return nil
    }

    var deprecation: (Item.Deprecation, by: Concept)? {
        for concept in [application, base] {
            if let concept, let deprecation = concept.item.deprecation { return (deprecation, concept) }
        }
        return nil
    }

    /// The value that the definition states for an attribute of the field.
    func stated(_ attribute: String) -> String? {
        application?.item.stated[attribute] ?? base?.item.stated[attribute]
    }

    var isRequired: Bool { application?.isRequired ?? false }
}

/// Classes that may stand in any group.
///
/// - Source: NeXus manual, design, the end of the list of special classes.
enum AnywhereClasses {
    static let names: Set<String> = [
        "NXcollection", "NXdata", "NXgeometry", "NXlog", "NXnote", "NXparameters", "NXtransformations",
    ]
}
