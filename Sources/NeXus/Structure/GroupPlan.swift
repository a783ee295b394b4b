// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What follows for a group from its structure and the definitions in force, before any value is looked at.
final class GroupPlan: Sendable {
    /// All that a plan depends on.
    struct Key: Hashable {
        /// The number of the group with all it holds.
        let structure: Int
        /// The number of the parts that fields play in an NXdata; 0 for other classes.
        let roles: Int
        let application: ObjectIdentifier?
        let base: ObjectIdentifier?
        let context: EntryContext.Key
    }

    /// In the order of the members, those without a good name left out.
    let members: [MemberPlan]
    let attributes: AttributePlan
    let shortfalls: [Shortfall]
    /// Whether signals and axes are set against each other.
    let isData: Bool

    init(members: [MemberPlan], attributes: AttributePlan, shortfalls: [Shortfall], isData: Bool) {
        self.members = members
        self.attributes = attributes
        self.shortfalls = shortfalls
        self.isData = isData
    }
}

/// What is known of one member of a group.
final class MemberPlan: Sendable {
    /// What stands in the place of something else.
    struct Mismatch: Sendable {
        let fault: NXFault
        let definition: String
    }

    /// A name that no definition knows, and what is said beside it.
    struct Undocumented: Sendable {
        let name: String
        let note: String?
    }

    struct Field: Sendable {
        let demand: ValueDemand
        let attributes: AttributePlan
        let undocumented: Undocumented?
        let deprecation: DeprecatedItem?
        let isAxis: Bool
        let isOneString: Bool
    }

    struct Group: Sendable {
        /// The class as the set has it; nil when it has none of this name.
        let root: Concept?
        /// What applications ask of it.
        let application: Concept?
        /// What its class defines, with the items of the place where it stands.
        let base: Concept?
        let undocumented: Undocumented?
        let deprecation: DeprecatedItem?
        let isClassDeprecated: Bool
        /// Whether one concept is met by several groups.
        let isOneOfSeveral: Bool
    }

    enum Content: Sendable {
        case field(Field)
        case group(Group)
        /// Links that lead nowhere, and what is neither group nor field.
        case other
    }

    let match: MemberMatch
    let mismatch: Mismatch?
    /// Whether a link is asked here and the object does not name its original.
    let lacksTarget: Bool
    let content: Content

    init(match: MemberMatch, mismatch: Mismatch?, lacksTarget: Bool, content: Content) {
        self.match = match
        self.mismatch = mismatch
        self.lacksTarget = lacksTarget
        self.content = content
    }
}

/// Members that may not be as many as a concept asks: several of them may be one object.
struct Shortfall: Sendable {
    let concept: Concept
    /// Places of those that are there; none when the concept is absent.
    let instances: [Int]
}

extension Concept {
    /// Whether so many instances, at least one, are too few or too many.
    func isOutside(_ count: Int) -> Bool {
        if item.maximum == 0 { return true }
        let isTooMany = item.maximum.map { count > $0 } ?? false
        return count < item.minimum || (isTooMany && (item.match != .specified || item.name == nil))
    }
}
