// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which values of datasets are read, and which groups are entered: names, classes and ranks that a standard hands in.
///
/// It holds no code, so that it can be given to another process.
public struct ValuePolicy: Sendable, Hashable {
    /// How much of a value is wanted.
    public enum Amount: Sendable, Hashable {
        case nothing
        /// Up to `Limits.smallValueBytes`; of a larger value the first part along the slowest dimension.
        case small
        /// Up to `Limits.wholeValueBytes`.
        case whole
    }

    /// Numbers that are many by their nature, such as images: they are not read.
    public struct Bulk: Sendable, Hashable {
        /// Arrays of numbers of this rank or a higher one are bulk whatever their name.
        public var rank = Int.max
        /// Arrays of numbers of this rank or a higher one are bulk if one of the following holds.
        public var namedRank = Int.max
        /// Names of members, each with the classes of groups in which it stands for bulk.
        public var members: [String: Set<String>] = [:]
        /// What names start with that end with a number and nothing else.
        public var numberedPrefixes: [String] = []

        public init() {}
    }

    /// Vectors of numbers that are wanted to their end.
    public struct Whole: Sendable, Hashable {
        /// Names of such vectors.
        public var names: Set<String> = []
        /// Ends of names of such vectors.
        public var suffixes: [String] = []
        /// Classes of groups whose members are wanted.
        public var classes: Set<String> = []
        /// Attributes that mark such a vector.
        public var attributes: [String] = []

        public init() {}
    }

    /// Attribute that names the class of a group; without it groups have none.
    public var classAttribute: String?
    /// Attribute that marks a dataset as bulk, or names the bulk member of its group.
    public var bulkAttribute: String?
    /// Groups of these classes are listed and not entered.
    public var closedClasses: Set<String> = []
    /// Members of such groups that are read all the same, by name.
    public var openMembers: Set<String> = []
    /// What is never read as a whole.
    public var bulk = Bulk()
    /// What is read to its end.
    public var whole = Whole()

    public init() {}

    /// All small values, and every group.
    public static let small = ValuePolicy()

    /// What is known of a dataset before its value is read.
    struct Candidate {
        /// Name of the first link that led to it.
        let name: String
        let group: Labels
        let attributes: [Attribute]
        let type: DataType
        let shape: [Int]

        func has(_ attribute: String) -> Bool { attributes.contains { $0.name == attribute } }
    }

    /// What the policy asks of a group, for its members.
    struct Labels {
        let className: String?
        /// Name of the member that is bulk.
        let bulkMember: String?

        var isEmpty: Bool { className == nil && bulkMember == nil }

        static let none = Labels(className: nil, bulkMember: nil)
    }

    func labels(_ object: Object) -> Labels {
        func text(_ name: String?) -> String? { name.flatMap { object.attribute($0)?.value.firstString } }
        return Labels(className: text(classAttribute), bulkMember: text(bulkAttribute))
    }

    /// A group with these attributes is listed only.
    func isClosed(_ attributes: [Attribute]) -> Bool {
        guard let classAttribute,
            let className = attributes.first(where: { $0.name == classAttribute })?.value.firstString
        else { return false }
        return closedClasses.contains(className)
    }

    func amount(_ candidate: Candidate) -> Amount {
        guard candidate.type.isNumeric else { return .small }
        if isBulk(candidate) { return .nothing }
        return isWhole(candidate) ? .whole : .small
    }

    private func isBulk(_ candidate: Candidate) -> Bool {
        let rank = candidate.shape.count
        if rank >= bulk.rank { return true }
        guard rank >= bulk.namedRank else { return false }
        if let bulkAttribute, candidate.has(bulkAttribute) { return true }
        if candidate.group.bulkMember == candidate.name { return true }
        if let classes = bulk.members[candidate.name], let className = candidate.group.className,
            classes.contains(className)
        {
            return true
        }
        return bulk.numberedPrefixes.contains {
            candidate.name.hasPrefix($0) && candidate.name.dropFirst($0.count).allSatisfy(\.isNumber)
        }
    }

    private func isWhole(_ candidate: Candidate) -> Bool {
        guard candidate.shape.count == 1 else { return false }
        if let className = candidate.group.className, whole.classes.contains(className) { return true }
        return whole.attributes.contains { candidate.has($0) }
            || whole.suffixes.contains { candidate.name.hasSuffix($0) }
            || whole.names.contains(candidate.name)
    }
}
