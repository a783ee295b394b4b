// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// Goes through the items of an application definition, and says of each whether an entry has it.
struct DefinitionWalk {
    /// An item and what there is of it.
    struct Item {
        let concept: Concept
        /// Its path below the entry; attributes begin with @.
        let label: String
        /// No instance of its parent, or not each of them, has it.
        let isLacking: Bool
        /// All that it lies in is required.
        let isAsked: Bool
    }

    private let tree: NeXusTree
    private let set: DefinitionSet
    private let root: Concept
    private let entry: Node

    /// - Returns: nil for a definition without an entry.
    init?(_ entry: Node, _ application: Application, _ set: DefinitionSet, tree: NeXusTree) {
        let roots = application.tree.children.filter { $0.kind == .group && $0.item.type == "NXentry" }
        guard let root = set.union(roots) else { return nil }
        (self.entry, self.set, self.root, self.tree) = (entry, set, root, tree)
    }

    /// - Parameter isWanted: Whether an item is looked at, and what is below it.
    func run(_ isWanted: (Concept) -> Bool, visit: (Item) -> Void) {
        // Groups that wait: the concept, its instances, and their path below the entry.
        var open: [(concept: Concept, groups: [Node], path: String, isAsked: Bool)] = [(root, [entry], "", true)]
        while let (concept, groups, path, isAsked) = open.popLast() {
            let members = groups.map { tree.members(of: $0) }
            let matcher = MemberMatcher(application: concept, base: nil, set: set, roles: DataRoles.none, tree: tree)
            let matches = members.map(matcher.match)
            for child in concept.children where isWanted(child) {
                let place = (path.isEmpty ? "" : path + (child.kind == .attribute ? "" : "/"))
                let label = place + (child.kind == .attribute ? "@" : "") + child.label
                var instances: [Node] = []
                var isLacking = groups.isEmpty
                for (index, group) in groups.enumerated() {
                    if child.kind == .attribute {
                        if !hasAttribute(child, group) { isLacking = true }
                        continue
                    }
                    let found = zip(members[index], matches[index]).filter { pair in
                        pair.1.applications.contains { $0 === child }
                    }
                    if found.isEmpty { isLacking = true }
                    instances += found.compactMap(\.0.node)
                }
                visit(Item(concept: child, label: label, isLacking: isLacking, isAsked: isAsked))
                let isAskedBelow = isAsked && child.isRequired
                guard child.kind != .choice, child.item.type != "NXcollection",
                    child.children.contains(where: isWanted), isAskedBelow || !instances.isEmpty
                else { continue }
                open.append(
                    (child, instances, instances.first.map { place + lastName($0.path) } ?? label, isAskedBelow))
            }
        }
    }

    private func hasAttribute(_ concept: Concept, _ node: Node) -> Bool {
        tree.attributes(of: node).contains { attribute in
            nameFit(attribute.name, concept.name ?? "", concept.item.match, pattern: concept.pattern) != nil
        }
    }
}

/// How much of what an application definition requires, recommends and allows an entry has.
///
/// What lies in an optional group that is not there is not asked for.
/// - Source: NXDL, occurrence of items; the counts of rule NX-009 for what is required.
public struct DefinitionCompleteness: Sendable {
    /// Items of one kind.
    public struct Share: Sendable, Hashable {
        /// Items that may be there.
        public private(set) var asked = 0
        /// Paths below the entry of those that are not.
        public private(set) var absent: [String] = []

        /// What a required item counts: below an optional parent only where it is absent.
        mutating func takeRequired(_ item: DefinitionWalk.Item) {
            guard item.concept.isRequired, item.isAsked || item.isLacking else { return }
            take(item)
        }

        mutating func take(_ item: DefinitionWalk.Item) {
            asked += 1
            if item.isLacking { absent.append(item.label) }
        }

        mutating func takeEntry() { asked += 1 }
    }

    public private(set) var required = Share()
    public private(set) var recommended = Share()
    public private(set) var optional = Share()

    /// - Parameters:
    ///   - entry: Path of an entry or subentry.
    ///   - definition: Name of an application definition.
    ///   - releases: What the definitions are taken from, later ones over earlier ones.
    /// - Returns: nil for what is not known.
    public init?(
        of tree: NeXusTree, entry path: String, definition: String, releases: [String], library: DefinitionLibrary
    ) {
        guard let set = try? library.set(releases), let application = set.application(definition),
            let entry = tree.resolve(path, from: tree.root),
            let walk = DefinitionWalk(entry, application, set, tree: tree)
        else { return nil }
        var shares = (required: Share(), recommended: Share(), optional: Share())
        walk.run {
            $0.item.maximum != 0
        } visit: { item in
            if item.concept.isRequired {
                shares.required.takeRequired(item)
            } else if item.concept.item.isRecommended {
                shares.recommended.take(item)
            } else {
                shares.optional.take(item)
            }
        }
        shares.required.takeEntry()
        (required, recommended, optional) = shares
    }
}
