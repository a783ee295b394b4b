// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// The concepts that a member of a group takes.
struct MemberMatch: Sendable {
    /// At most one of each application definition of the chain.
    var applications: [Concept] = []
    var base: Concept?
}

/// Which fields of an NXdata are signals and which are axes, by its attributes.
struct DataRoles {
    enum Role { case signal, axis, free }

    private let signals: Set<String>
    private let axes: Set<String>
    private let isData: Bool

    /// Roles of a group that is no NXdata.
    static let none = DataRoles()

    private init() {
        signals = []
        axes = []
        isData = false
    }

    init(_ work: GroupWork, members: [Member], tree: NeXusTree) {
        guard work.className == "NXdata" else {
            self = .none
            return
        }
        isData = true
        var signals: Set<String> = []
        var axes: Set<String> = []
        for attribute in tree.attributes(of: work.node) {
            let names = (attribute.value.texts ?? []).flatMap { AxisList.names(in: $0.string) }
            switch attribute.name {
            case "signal", "auxiliary_signals": signals.formUnion(names)
            case "axes": axes.formUnion(names)
            case let name where name.hasSuffix("_indices"): axes.insert(String(name.dropLast(8)))
            default: break
            }
        }
        for member in members {
            guard let node = member.node, member.isField else { continue }
            if tree.attribute("signal", of: node) != nil { signals.insert(member.name) }
            if tree.attribute("axis", of: node) != nil { axes.insert(member.name) }
            for text in tree.attribute("axes", of: node)?.value.texts ?? [] {
                axes.formUnion(AxisList.names(in: text.string))
            }
        }
        self.signals = signals
        self.axes = axes
    }

    func role(of name: String) -> Role { signals.contains(name) ? .signal : axes.contains(name) ? .axis : .free }

    /// All that matching asks of the roles: whether there are signals and axes, and the part of each member.
    func numbers(of members: [Member]) -> [Int] {
        [-1, signals.isEmpty ? 0 : 1, axes.isEmpty ? 0 : 1]
            + members.map { member in
                switch role(of: member.name) {
                case .signal: 2
                case .axis: 1
                case .free: 0
                }
            }
    }

    /// Whether a flexible concept may take a field of this name.
    func allows(_ concept: Concept, for name: String) -> Bool {
        guard isData, concept.kind == .field else { return true }
        // The attributes decide before the names that the base class fixes, such as x for an axis.
        if concept.item.match == .specified { return !concept.isBase || role(of: name) == .free }
        // Where no attribute names a signal or an axis, what an application asks for is met by name.
        switch concept.name {
        case "DATA": return role(of: name) == .signal || (!concept.isBase && signals.isEmpty)
        case "AXISNAME", "VARIABLE": return role(of: name) == .axis || (!concept.isBase && axes.isEmpty)
        default: return true
        }
    }
}

/// A list of axes in one string, in brackets or not, with commas or colons.
enum AxisList {
    static func names(in text: String) -> [String] {
        text.split { ",:[] ".contains($0) }.map(String.init)
    }
}

/// Finds the concepts of all members of a group as a set.
struct MemberMatcher {
    private let set: DefinitionSet
    private let roles: DataRoles
    private let tree: NeXusTree
    private let application: MemberIndex
    private let base: MemberIndex

    init(application: Concept?, base: Concept?, set: DefinitionSet, roles: DataRoles, tree: NeXusTree) {
        self.set = set
        self.roles = roles
        self.tree = tree
        self.application = set.members(of: application)
        self.base = set.members(of: base)
    }

    private struct Candidate {
        let concept: Concept
        let index: Int
        let score: Int
        let hasSameClass: Bool
    }

    func match(_ members: [Member]) -> [MemberMatch] {
        var result = members.map { _ in MemberMatch() }
        let candidates = members.map { member in
            self.candidates(application, for: member).filter { candidate in
                let takesAny = candidate.concept.item.match == .any && candidate.concept.name != member.name
                return !(takesAny && !member.isGroup && base.fixed[member.name] != nil)
            }
        }
        let order = members.indices.sorted { one, other in
            let left = candidates[one].map(\.score).max() ?? -1
            let right = candidates[other].map(\.score).max() ?? -1
            return left == right ? one < other : left > right
        }
        var taken = [Int](repeating: 0, count: application.concepts.count)
        for index in order {
            var mask: UInt64 = 0
            while let best = best(candidates[index], outside: mask, taken: taken, members[index]) {
                mask |= best.concept.mask
                taken[best.index] += 1
                result[index].applications.append(best.concept)
                if let inner = choice(of: best.concept, for: members[index]) {
                    result[index].applications.append(inner)
                }
            }
        }
        leaveStrays(members, &result)
        var takenOfBase = [Int](repeating: 0, count: base.concepts.count)
        for (index, member) in members.enumerated() {
            let found = self.candidates(base, for: member)
            guard let best = best(found, outside: 0, taken: takenOfBase, member) else { continue }
            takenOfBase[best.index] += 1
            result[index].base = best.concept
        }
        return result
    }

    /// Frees groups that a definition takes by their class alone and that are hardly meant: those that lack half of what it
    /// asks beside one that lacks nothing, and those that have nothing of what an optional one would have. Groups that
    /// readers begin with are freed by what readers look for in them.
    ///
    /// An NXdata of something else, the monitor of another beam, the camera that watches the crystal; NXcanSAS takes any
    /// NXdata for one of transmission.
    private func leaveStrays(_ members: [Member], _ result: inout [MemberMatch]) {
        for concept in application.concepts where concept.isTakenByClass {
            let instances = result.indices.filter { index in result[index].applications.contains { $0 === concept } }
            guard instances.count > 1 || !concept.isRequired else { continue }
            let shares = instances.map { share(of: concept, in: members[$0]) }
            let isMet = shares.contains { $0.present == $0.asked && $0.asked > 0 }
            let mark = MarkOfGroup.asked(by: concept)
            for (index, share) in zip(instances, shares) {
                let isStray: Bool
                if let mark {
                    isStray = isMet && members[index].node.map { !mark.isMet(in: $0, tree) } ?? false
                } else {
                    isStray = isMet ? 2 * share.present <= share.asked : !concept.isRequired && share.present == 0
                }
                if isStray, mark != nil || share.asked >= share.fewest {
                    result[index].applications.removeAll { $0 === concept }
                }
            }
        }
    }

    /// How many of the fields and groups that are required of an instance are there; attributes where nothing else is asked.
    ///
    /// - Returns: Also how many have to be asked for before one that has none of them is told apart.
    private func share(of concept: Concept, in member: Member) -> (present: Int, asked: Int, fewest: Int) {
        guard let node = member.node, let object = tree.object(node) else { return (0, 0, 1) }
        let required = concept.children.filter { $0.isRequired && $0.item.match == .specified }
        let inside = required.filter { $0.kind != .attribute }
        guard !inside.isEmpty else {
            let names = required.compactMap(\.name)
            return (names.count { object.attribute($0) != nil }, names.count, 1)
        }
        let groups = inside.contains { $0.name == nil } ? tree.members(of: node) : []
        let present = inside.count { child in
            child.name.map { object.link($0) != nil } ?? groups.contains { $0.className == child.item.type }
        }
        // Of plots there are many; a single field of others may be forgotten.
        return (present, inside.count, concept.item.type == "NXdata" ? 1 : 2)
    }

    private func best(_ candidates: [Candidate], outside mask: UInt64, taken: [Int], _ member: Member) -> Candidate? {
        let open = candidates.filter { $0.concept.mask & mask == 0 }
        guard var best = open.first else { return nil }
        for other in open.dropFirst() where isBetter(other, than: best, taken, member) { best = other }
        return best
    }

    private func isBetter(_ one: Candidate, than other: Candidate, _ taken: [Int], _ member: Member) -> Bool {
        if one.score != other.score { return one.score > other.score }
        if one.hasSameClass != other.hasSameClass { return one.hasSameClass }
        let isFree = taken[one.index] == 0
        let otherIsFree = taken[other.index] == 0
        if isFree != otherIsFree { return isFree }
        let lacking = lacking(one.concept, in: member)
        let otherLacking = self.lacking(other.concept, in: member)
        return lacking == otherLacking ? one.index < other.index : lacking < otherLacking
    }

    /// How many required children of a concept an instance lacks, by name alone.
    private func lacking(_ concept: Concept, in member: Member) -> Int {
        guard let node = member.node, let object = tree.object(node) else { return 0 }
        return concept.children.count { child in
            guard child.isRequired, child.item.match == .specified, let name = child.name else { return false }
            return child.kind == .attribute ? object.attribute(name) == nil : object.link(name) == nil
        }
    }

    private func candidates(_ index: MemberIndex, for member: Member) -> [Candidate] {
        var result: [Candidate] = []
        let ancestry = member.className.map(set.ancestry) ?? []
        for place in (index.fixed[member.name] ?? []) + index.flexible {
            let concept = index.concepts[place]
            guard let score = score(concept, member, ancestry), roles.allows(concept, for: member.name),
                !saysOtherwise(member, than: concept)
            else { continue }
            result.append(
                Candidate(
                    concept: concept, index: place, score: score,
                    hasSameClass: concept.item.type == member.className))
        }
        return result
    }

    /// Groups of one class that say by an attribute which of several they are: NXcanSAS.
    private func saysOtherwise(_ member: Member, than concept: Concept) -> Bool {
        guard concept.kind == .group,
            let listed = concept.children.first(where: { $0.kind == .attribute && $0.name == "canSAS_class" })?
                .item.enumeration, let node = member.node, let own = tree.text("canSAS_class", of: node)
        else { return false }
        return !listed.contains(own)
    }

    private func score(_ concept: Concept, _ member: Member, _ ancestry: Set<String>) -> Int? {
        switch (concept.kind, member.target) {
        case (.attribute, _), (_, .other), (_, .notRead(.object)):
            return nil
        case (.link, _):
            return member.name == concept.name ? 2 * member.name.utf8.count : nil
        case (.group, .group):
            guard let type = concept.item.type, ancestry.contains(type) else { return nil }
        case (.choice, .group):
            guard choice(of: concept, for: member) != nil else { return nil }
        case (.field, .field):
            break
        case (_, .absent), (_, .notRead(.file)):
            guard concept.name != nil else { return nil }
        default:
            return nil
        }
        guard let name = concept.name else { return 0 }
        return nameFit(member.name, name, concept.item.match, pattern: concept.pattern)
    }

    /// The group of a choice that has the class of a member.
    private func choice(of concept: Concept, for member: Member) -> Concept? {
        guard concept.kind == .choice, let className = member.className else { return nil }
        return concept.children.first {
            $0.kind == .group && set.isClass(className, orExtends: $0.item.type ?? "")
        }
    }
}

extension Concept {
    /// A group of any name, whose class readers do not begin with.
    fileprivate var isTakenByClass: Bool {
        guard kind == .group, name == nil || item.match == .any, let type = item.type else { return false }
        return !GroupPlanner.begins.contains(type) || MarkOfGroup.asked(by: self) != nil
    }
}
