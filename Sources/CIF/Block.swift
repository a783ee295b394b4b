// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A data block or save frame.
public struct Block: Sendable {
    /// The block code as written, without `data_` or `save_`.
    public let name: String
    /// Offset of `data_` or `save_`.
    public let offset: Int
    /// The save frames of the block, in the order of the file.
    public let saveFrames: [Block]
    /// Categories in the order of first appearance; the items of one category together, looped or not.
    public let categories: [Category]
    /// Loops in the order of the file.
    public let loops: [Loop]
    /// All items in the order of the file; a name given again is left out.
    public let columns: [Column]
    let byName: [String: Int]
    let byCategory: [String: Int]

    /// A category by name, in any case, with or without the leading underscore.
    ///
    /// The category of a name is the part before its first dot; names without a dot have the category "".
    public func category(_ name: String) -> Category? {
        let folded = name.lowercased()
        let key = folded.hasPrefix("_") ? String(folded.dropFirst()) : folded
        return byCategory[key].map { categories[$0] }
    }

    /// The item with a full name such as `_axis.depends_on`, in any case.
    public func column(_ name: String) -> Column? {
        if let index = byName[name] { return columns[index] }
        return byName[name.lowercased()].map { columns[$0] }
    }

    /// The first of several names that the block holds; for aliases.
    public func columns(_ names: String...) -> Column? {
        for name in names {
            if let found = column(name) { return found }
        }
        return nil
    }
}

/// The items of one category.
public struct Category: Sendable {
    /// Folded, without the leading underscore.
    public let name: String
    /// Rows of the first of its loops; 1 when not looped.
    public let rowCount: Int
    /// The items of the category, in the order of the file.
    public let columns: [Column]
    /// True when the category stands in a loop.
    public let isLooped: Bool
    /// False when a loop of it is broken; its rows then end before the first irregular line.
    public let isComplete: Bool
    /// Offset of its first name, or of `loop_`.
    public let offset: Int

    /// An item by its part after the dot, or by its full name.
    public func column(_ item: String) -> Column? {
        let folded = item.lowercased()
        let full = folded.hasPrefix("_") ? folded : "_\(name).\(folded)"
        return columns.first { $0.folded == full }
    }
}

/// A loop as written.
public struct Loop: Sendable {
    /// Names in the order of the file, as written; names given twice included.
    public let names: [String]
    /// Byte offset of each name of the loop.
    public let nameOffsets: [Int]
    /// Offset of `loop_`.
    public let offset: Int
    /// Whole rows that are kept.
    public let rowCount: Int
    /// Values in the file.
    public let valueCount: Int
    /// False when the values do not fill rows.
    public let isComplete: Bool
}

/// Makes blocks from drafts and notes names that are given twice.
struct BlockBuilder {
    let storage: Storage
    var faults: FaultLog

    mutating func block(_ draft: BlockDraft) -> Block {
        var frames = draft.frames.map { block($0) }
        noteDuplicates(&frames)
        let name = text(draft.name)
        var columns: [Column] = []
        var byName: [String: Int] = [:]
        var categories: [Group] = []
        var byCategory: [String: Int] = [:]
        columns.reserveCapacity(draft.items.count)
        byName.reserveCapacity(draft.items.count)
        for item in draft.items {
            let written = text(item.name)
            let folded = written.lowercased()
            if let first = byName[folded] {
                faults.note(
                    .duplicateName, code: 41, at: item.name.lowerBound, token: item.name,
                    details: ["first": String(columns[first].nameOffset), "block": name])
                continue
            }
            let index = columns.count
            byName[folded] = index
            columns.append(
                Column(
                    name: written, folded: folded, nameOffset: item.name.lowerBound, count: item.count,
                    isLooped: item.loop != nil, storage: storage, base: item.base, stride: item.stride))
            let category = Self.category(of: folded)
            if let known = byCategory[category] {
                categories[known].columns.append(index)
            } else {
                byCategory[category] = categories.count
                categories.append(Group(name: category, columns: [index], first: item))
            }
            if let loop = item.loop, loop < draft.loops.count, !draft.loops[loop].isComplete {
                categories[byCategory[category] ?? 0].isComplete = false
            }
        }
        return Block(
            name: name, offset: draft.offset, saveFrames: frames,
            categories: categories.map { $0.category(columns, draft) }, loops: draft.loops.map { loop($0, draft) },
            columns: columns, byName: byName, byCategory: byCategory)
    }

    /// Notes blocks or frames whose code was given before.
    mutating func noteDuplicates(_ blocks: inout [Block]) {
        var first: [String: Int] = [:]
        for block in blocks {
            guard let offset = first.updateValue(block.offset, forKey: block.name.lowercased()) else { continue }
            first[block.name.lowercased()] = offset
            faults.note(
                .duplicateBlock, code: 11, at: block.offset,
                token: block.offset..<block.offset + 5 + block.name.utf8.count, details: ["first": String(offset)])
        }
    }

    private struct Group {
        var name: String
        var columns: [Int]
        var first: ItemDraft
        var isComplete = true

        func category(_ all: [Column], _ draft: BlockDraft) -> Category {
            let loop = first.loop.flatMap { $0 < draft.loops.count ? draft.loops[$0] : nil }
            return Category(
                name: name, rowCount: first.count, columns: columns.map { all[$0] }, isLooped: first.loop != nil,
                isComplete: isComplete, offset: loop?.offset ?? first.name.lowerBound)
        }
    }

    private static func category(of folded: String) -> String {
        guard let dot = folded.utf8.firstIndex(of: Byte.dot) else { return "" }
        return String(folded[folded.index(after: folded.startIndex)..<dot])
    }

    private func text(_ range: Range<Int>) -> String {
        String(
            decoding: UnsafeBufferPointer(start: storage.bytes + range.lowerBound, count: range.count), as: UTF8.self)
    }

    private func loop(_ loop: LoopDraft, _ draft: BlockDraft) -> Loop {
        let items = draft.items[loop.items]
        return Loop(
            names: items.map { text($0.name) }, nameOffsets: items.map(\.name.lowerBound), offset: loop.offset,
            rowCount: loop.rowCount, valueCount: loop.valueCount, isComplete: loop.isComplete)
    }
}
