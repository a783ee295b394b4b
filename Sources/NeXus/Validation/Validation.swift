// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import HDF5
public import Transport

/// The check of one file against its definitions.
public struct Validation: Sendable {
    /// What is asked of a check.
    public struct Request: Sendable {
        /// Releases and folders, later ones over earlier ones; empty: what the file declares, else the default.
        public var definitions: [String] = []
        /// Takes this definition whatever the file names.
        public var forcedDefinition: String?
        /// Checks only this entry or subentry.
        public var entry: String?
        /// Releases that the required items are compared with.
        public var releases: [String] = Release.shipped.map(\.tag)
        /// Compares with the releases although nothing that is required is absent.
        public var comparesReleases = false
        /// How many numbers of one value are compared with the domain of its type.
        public var mostValues = 1_000_000
        /// Rules of the experiment run as well, and speak for axes, beam and image data of NXmx.
        public var hasSubjectRules = true
        /// The file is known only as the target of a link of another one: a container of data.
        public var isLinkTarget = false

        public init() {}
    }

    /// A fault that could not be looked for everywhere, and why.
    public struct NotChecked: Sendable, Hashable {
        /// What kept it from looking.
        public enum Obstacle: Sendable, Hashable {
            /// A limit of ours.
            case limit
            /// As many values were looked at as a profile states.
            case sample
            case unread
        }

        /// What could not be looked for.
        public let kind: NXFault.Kind
        public let because: String
        public let obstacle: Obstacle
    }

    /// By place.
    public let findings: [NXFinding]
    /// By kind of fault.
    public let notChecked: [NotChecked]
    public let applied: [AppliedNXDL]
    /// Entries whose definition no release in use knows, by path, with its name.
    public let unknownDefinitions: [(path: String, name: String)]

    /// Checks a file; nothing is opened here.
    ///
    /// - Throws: When a set of definitions that is asked for cannot be had.
    public init(
        of files: HDF5.FileSet, library: DefinitionLibrary, request: Request = Request()
    ) throws(Failure) {
        try self.init(of: NeXusTree(files), library: library, request: request)
    }

    /// Checks the tree of a file, whose lists of members are kept from another reading of it.
    public init(
        of tree: NeXusTree, library: DefinitionLibrary, request: Request = Request()
    ) throws(Failure) {
        let cache = library.borrowStructures()
        defer { library.giveBack(cache) }
        var run = ValidationRun(
            structures: StructureReader(tree: tree, cache: cache), library: library, request: request)
        try run.check()
        applied = run.applied
        findings = run.findings.finished()
        notChecked = run.unseen.notes
        unknownDefinitions = run.unknownDefinitions
    }
}

/// The state of one check.
struct ValidationRun {
    let structures: StructureReader
    let library: DefinitionLibrary
    let request: Validation.Request
    var findings = FindingCollector()
    var applied: [AppliedNXDL] = []
    private var links: [LinkObservations] = []
    private var chains: ChainWalk
    private(set) var unseen = UnseenValues()
    private(set) var unknownDefinitions: [(path: String, name: String)] = []
    private var subjectEntries: [Node] = []
    /// Names of groups at the root that a definition lists beside the entry.
    private var besideEntries: Set<String> = []

    init(structures: StructureReader, library: DefinitionLibrary, request: Validation.Request) {
        self.structures = structures
        self.library = library
        self.request = request
        chains = ChainWalk(tree: structures.tree)
    }

    private var tree: NeXusTree { structures.tree }

    /// An entry or subentry that is checked.
    private struct Part {
        let node: Node
        let className: String
        let definition: String?
        /// Why the definition is not known though one is named.
        let unread: String?

        init(_ node: Node, _ className: String, in tree: NeXusTree) {
            (self.node, self.className) = (node, className)
            definition = tree.definitionName(of: node)
            unread = definition == nil ? tree.unreadDefinition(of: node) : nil
        }
    }

    mutating func check() throws(Failure) {
        let choice = ReleaseChoice(library: library, asked: request.definitions, tree: tree)
        let members = tree.members(of: tree.root)
        let entries = members.filter { $0.className == "NXentry" }
        guard !entries.isEmpty || request.entry != nil else {
            // What the root holds is not known when it could not be read; that is a failure, and no fault of the data.
            let isRootRead = !tree.files.main.faults.contains { $0.place == "/" }
            if let hidden = members.first(where: { if case .notRead = $0.target { true } else { false } }) {
                unseen.note([.noEntry], "not read, and may be the entry", at: "/" + hidden.name)
            } else if !request.isLinkTarget, isRootRead || !members.isEmpty {
                tellNoEntry(members)
            }
            return
        }
        let parts = try parts(entries)
        let whole = FileCheck(structures: structures, set: try choice.choose(for: parts.first?.node ?? tree.root).set)
        tellNoDefinition(parts)
        for part in parts { try check(part, choice) }
        whole.checkRoot(besides: besideEntries, &findings)
        whole.checkAttributes(&findings)
        whole.tell(links, &findings)
        FirstOfSeveral(tree: tree).check(entries: subjectEntries, &findings)
    }

    private func parts(_ entries: [Member]) throws(Failure) -> [Part] {
        if let path = request.entry {
            guard let node = tree.resolve(path, from: tree.root), let name = tree.className(node) else {
                throw Failure(
                    attempt: "check", subject: path, code: .usage, words: "there is no group of this path",
                    remedy: "name an NXentry or NXsubentry of the file")
            }
            return [Part(node, name, in: tree)]
        }
        var parts: [Part] = []
        for entry in entries {
            guard let node = entry.node else { continue }
            parts.append(Part(node, "NXentry", in: tree))
            for member in tree.members(of: node) where member.className == "NXsubentry" {
                guard let part = member.node.map({ Part($0, "NXsubentry", in: tree) }),
                    part.definition != nil || part.unread != nil
                else { continue }
                parts.append(part)
            }
        }
        return parts
    }

    /// What is not looked for where the definition that an entry names is not known.
    private static let kindsOfDefinitions: [NXFault.Kind] = [
        .noDefinition, .absentGroup, .absentField, .absentAttribute, .absentRecommended, .releases, .undocumented,
    ]

    private mutating func tellNoEntry(_ members: [Member]) {
        let groups = members.filter(\.isGroup).prefix(5).map { ($0.name, $0.className) }
        findings.add(.noEntry(.init(groups: groups)), places: [.object(path: "/", attribute: nil)])
    }

    private mutating func tellNoDefinition(_ parts: [Part]) {
        guard request.forcedDefinition == nil, let first = parts.first, parts.allSatisfy({ $0.definition == nil })
        else {
            return
        }
        if let part = parts.first(where: { $0.unread != nil }), let why = part.unread {
            return unseen.note(Self.kindsOfDefinitions, why, at: part.node.path(of: "definition"))
        }
        let looksLikeNXmx = tree.files.main.objects.contains { object in
            object.attribute("NX_class")?.value.firstString == "NXdetector_module"
        }
        findings.add(
            .noDefinition(.init(looksLikeNXmx: looksLikeNXmx, stands: standsForDefinition(in: first.node))),
            absent: first.node.path(of: "definition"))
    }

    /// In words; nil where there is nothing.
    private func standsForDefinition(in entry: Node) -> String? {
        guard let node = tree.child("definition", of: entry) else { return nil }
        guard let dataset = tree.dataset(node) else { return "'definition' is a group" }
        return dataset.value.firstString == nil ? "'definition' is \(dataset.type.words)" : "'definition' is empty"
    }

    private mutating func check(_ part: Part, _ choice: ReleaseChoice) throws(Failure) {
        let (set, because) = try choice.choose(for: part.node)
        let named = request.forcedDefinition ?? part.definition
        var application = named.flatMap { set.application($0) }
        var differsInCase = false
        if let named, application == nil {
            application = set.applicationIgnoringCase(named).flatMap { set.application($0) }
            differsInCase = application != nil
            tellUnknown(named, part, set, application)
        }
        if application != nil, !differsInCase { tellBlanks(part, set) }
        let isNXmx = application?.chain.contains("NXmx") ?? false
        applied.append(
            AppliedNXDL(path: part.node.path, definition: application?.name, release: set.name, because: because))
        let walk = EntryWalk(
            structures: structures,
            context: EntryContext(
                definition: named, application: application, set: set,
                hasSubjectRules: request.hasSubjectRules && isNXmx,
                tellsUndocumented: named == nil ? part.unread == nil : application != nil, differsInCase: differsInCase,
                mostValues: request.mostValues,
                later: LaterReleases(library: library, set: set, application: application?.name)),
            findings: findings.handedOn(), unseen: unseen)
        walk.tellClassStoredAsArray(part.node)
        walk.run(part.node, className: part.className)
        findings = walk.findings.handedOn()
        if part.className == "NXentry", let application {
            let beside = EntryWalk(
                structures: structures, context: walk.context, findings: findings.handedOn(), unseen: walk.unseen)
            besideEntries.formUnion(beside.runBesideEntry(application))
            findings = beside.findings.handedOn()
            unseen = beside.unseen
        } else {
            unseen = walk.unseen
        }
        links.append(walk.links)
        for start in walk.axes.starts { chains.follow(start, &findings) }
        if isNXmx {
            subjectEntries.append(part.node)
            FirstOfSeveral(tree: tree).check(part.node, &findings)
        }
        if let application, isNXmx || request.comparesReleases || findings.tellsAbsence(below: part.node.path) {
            ReleaseTable(structures: structures, library: library).check(
                part.node, application.name, releases: request.releases, used: set, &findings)
        }
    }

    /// Readers compare a text of variable length as it stands.
    private mutating func tellBlanks(_ part: Part, _ set: DefinitionSet) {
        guard request.forcedDefinition == nil, let field = tree.child("definition", of: part.node),
            let dataset = tree.dataset(field), let text = textAsWritten(dataset.value, dataset.type),
            text != trimmed(text)
        else { return }
        findings.add(
            .unknownDefinition(.init(name: text, release: set.name, nearest: trimmed(text))), at: field)
    }

    private mutating func tellUnknown(
        _ name: String, _ part: Part, _ set: DefinitionSet, _ application: Application?
    ) {
        if application == nil { unknownDefinitions.append((part.node.path, name)) }
        let field = tree.member("definition", of: part.node)?.node
        let near = application?.name ?? ItemName.nearest(to: name, among: set.applicationNames)
        let fault = NXFault.unknownDefinition(.init(name: name, release: set.name, nearest: near))
        if let field, request.forcedDefinition == nil {
            findings.add(fault, at: field)
        } else {
            findings.add(fault, absent: part.node.path(of: "definition"))
        }
    }
}
