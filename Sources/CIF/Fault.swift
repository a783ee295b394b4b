// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One syntax finding of a document; like ones are counted together.
public struct Fault: Sendable {
    /// What is wrong with the syntax.
    public enum Kind: String, Sendable, CaseIterable {
        /// A byte outside the character set of the version.
        case disallowedCharacter
        case unterminatedText
        /// A quoted or triple-quoted string without its closing quote.
        case unterminatedString
        case unterminatedList
        case unterminatedTable
        /// Values of a loop do not fill whole rows.
        case irregularLoop
        case emptyLoop
        case loopWithoutNames
        case duplicateName
        case duplicateBlock
        case nameWithoutValue
        case valueWithoutName
        case reservedWord
        /// A word that is nearly `loop_` stands before data names; it is read as `loop_`.
        case misspeltLoop
        /// An unquoted value begins with a character that is kept for something else.
        case reservedStart
        case overlongLine
        case overlongName
        /// CIF 2.0 syntax in a file that does not declare it.
        case newerSyntax
        /// A line of a text field lacks the prefix that its first line declares. Line folding has no such case: every
        /// text that declares it can be unfolded.
        case malformedPrefix
        /// A binary section does not fit its header.
        case binaryMismatch
        /// Lists or tables are nested deeper than `Limits.nesting`.
        case depthLimit
        /// A save frame is not closed, or closed without being open.
        case saveFrame
        /// No white space between two tokens.
        case missingSpace
        /// Names or values stand before the first data block, or a block has no name.
        case missingBlock
        /// A closing bracket without its opening one.
        case unexpectedDelimiter
        /// An entry of a table is not `'key':value`.
        case malformedTable
        /// A limit of ours other than nesting was reached.
        case sizeLimit
    }

    /// What is wrong.
    public let kind: Kind
    /// The error code of COMCIFS/cif_api for this condition; nil where it has none.
    public let code: Int?
    /// Byte offset; `Document.position(of:)` gives line and column.
    public let offset: Int
    /// The token at fault, at most 80 characters.
    public let token: String
    /// Facts for messages, such as `names`, `values`, `irregularLine`, `first` (byte offset), `firstLine`, `length`,
    /// `limit`, `stated`, `found`, `marker`, `construct`, `hex`, `category`, `block`.
    public let details: [String: String]
    /// Number of like faults that this one stands for.
    public let count: Int
    /// Byte offsets of the next two.
    public let more: [Int]
}

/// Collects faults while scanning; memory is bounded whatever the file.
struct FaultLog {
    struct Draft {
        var kind: Fault.Kind
        var code: Int?
        var offset: Int
        var token: Range<Int>
        var details: [String: String]
        /// Offset whose line number becomes `irregularLine`.
        var irregular: Int?
        var count = 1
        var more: [Int] = []
    }

    private(set) var drafts: [Draft] = []
    /// The faults of one kind that are counted as one.
    private struct Group: Hashable {
        let kind: Fault.Kind
        let name: String
    }

    private var groups: [Group: Int] = [:]
    /// The group that was met last: the next fault is often of it, and millions may follow.
    private var lastGroup: (group: Group, index: Int)?
    private var perKind: [Fault.Kind: (count: Int, last: Int)] = [:]
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Notes a fault.
    ///
    /// - Parameters:
    ///   - group: Faults of one kind and group are counted as one.
    /// - Returns: The index of the draft that holds it.
    @discardableResult
    mutating func note(
        _ kind: Fault.Kind, code: Int?, at offset: Int, token: Range<Int>, group: String? = nil,
        irregular: Int? = nil, details: @autoclosure () -> [String: String] = [:]
    ) -> Int {
        let group = group.map { Group(kind: kind, name: $0) }
        if let group {
            if let lastGroup, lastGroup.group == group {
                add(offset, to: lastGroup.index)
                return lastGroup.index
            }
            if let index = groups[group] {
                lastGroup = (group, index)
                add(offset, to: index)
                return index
            }
        }
        let known = perKind[kind]
        if let known, known.count >= limit {
            add(offset, to: known.last)
            return known.last
        }
        let index = drafts.count
        perKind[kind] = ((known?.count ?? 0) + 1, index)
        drafts.append(
            Draft(kind: kind, code: code, offset: offset, token: token, details: details(), irregular: irregular))
        if let group {
            groups[group] = index
            lastGroup = (group, index)
        }
        return index
    }

    /// Counts one more case of a fault that is already noted.
    mutating func add(_ offset: Int, to index: Int) {
        drafts[index].count += 1
        if drafts[index].more.count < 2 { drafts[index].more.append(offset) }
    }
}
