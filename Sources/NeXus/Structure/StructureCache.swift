// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Units

/// What follows from the structure of groups alone, kept from file to file of a run.
///
/// The files of a beamline share their structure and differ in their values. Names, kinds, classes and attributes of all
/// that a group holds, at all depths, make one number; what was worked out for a number holds wherever it comes again.
/// Nothing is kept that depends on a value, so that a report is the same whatever was checked before.
///
/// A class that is not safe for threads on its own: a library lends it to one check at a time (`DefinitionLibrary`),
/// which is why it may be handed from thread to thread.
final class StructureCache: @unchecked Sendable {
    /// A structure is emptied before a file when it holds more than this, in words of memory or so.
    private static let most = 1 << 18

    private var names: [String: Int] = [:]
    private var numbers: [[Int]: Int] = [:]
    private var plans: [GroupPlan.Key: GroupPlan] = [:]
    private var roots: [RootKey: AttributePlan] = [:]
    private var tellings: [ReleaseTelling.Key: ReleaseTelling] = [:]
    private var verdicts: [UnitQuestion: UnitVerdict] = [:]
    private var weight = 0

    /// All that the plan of the attributes of a root depends on.
    struct RootKey: Hashable {
        /// The number of the names of the attributes.
        let attributes: Int
        let base: ObjectIdentifier?
        let context: EntryContext.Key
    }

    private struct UnitQuestion: Hashable {
        let category: String
        let units: String?
    }

    /// Makes room before a file, so that an archive of many kinds of files needs no more memory than a few.
    func prepare() {
        guard weight > Self.most else { return }
        names = [:]
        numbers = [:]
        plans = [:]
        roots = [:]
        tellings = [:]
        verdicts = [:]
        weight = 0
    }

    /// Whether more may be kept while one file is checked.
    private var isOpen: Bool { weight <= 2 * Self.most }

    /// The number of a name; nil when there is no more room, and for names that are not ASCII.
    ///
    /// Strings of other bytes may be equal, and bytes are what is judged.
    func number(of name: String) -> Int? {
        guard Self.isASCII(name) else { return nil }
        if let known = names[name] { return known }
        guard isOpen else { return nil }
        weight += 8
        names[name] = names.count + 1
        return names.count
    }

    /// The number of a list of numbers; nil when there is no more room.
    func number(of list: [Int]) -> Int? {
        if let known = numbers[list] { return known }
        guard isOpen else { return nil }
        weight += 8 + list.count
        numbers[list] = numbers.count + 1
        return numbers.count
    }

    /// The plan of a group; made and kept when it is not known.
    func plan(_ key: GroupPlan.Key?, _ make: () -> GroupPlan) -> GroupPlan {
        kept(key, in: &plans, weighing: { 32 + 64 * $0.members.count }, make)
    }

    /// The plan of the attributes of a root; made and kept when it is not known.
    func plan(_ key: RootKey?, _ make: () -> AttributePlan) -> AttributePlan {
        kept(key, in: &roots, weighing: { 32 + 32 * $0.slots.count }, make)
    }

    /// - Parameter make: Asks nothing of the table.
    private func kept<Key, Value>(
        _ key: Key?, in table: inout [Key: Value], weighing words: (Value) -> Int, _ make: () -> Value
    ) -> Value {
        guard let key else { return make() }
        if let known = table[key] { return known }
        let value = make()
        if isOpen {
            weight += words(value)
            table[key] = value
        }
        return value
    }

    /// What is told of an entry by release; made and kept when it is not known.
    func telling(_ key: ReleaseTelling.Key?, _ make: () -> ReleaseTelling?) -> ReleaseTelling? {
        guard let key else { return make() }
        if let known = tellings[key] { return known }
        let telling = make()
        if isOpen, let telling {
            weight += 512
            tellings[key] = telling
        }
        return telling
    }

    /// What is to be said of units that a category is asked of.
    func verdict(of category: UnitCategory, on units: String?) -> UnitVerdict {
        guard units.map(Self.isASCII) ?? true else { return category.verdict(on: units) }
        let question = UnitQuestion(category: category.name, units: units)
        if let known = verdicts[question] { return known }
        let verdict = category.verdict(on: units)
        if isOpen, units?.utf8.count ?? 0 <= 64 {
            weight += 32
            verdicts[question] = verdict
        }
        return verdict
    }

    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }
}
