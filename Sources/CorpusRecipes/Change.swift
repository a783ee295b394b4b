// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// One change of a recipe to its base.
enum Change: Sendable {
    case remove(TreePath)
    case setNode(TreePath, RecipeNode)
    case setAttribute(TreePath, RecipeValue)
    case rename(TreePath, to: TreePath)
    case convert(TreePath, TypeWord)
    case reshape(TreePath, [Int])
    /// Bytes of the finished file.
    case bytes(ByteChange)
}

/// A change of the finished file.
enum ByteChange: Sendable {
    /// Keeps so many bytes; a negative number is cut from the end.
    case truncate(Int)
    case patch(offset: Int, bytes: [UInt8])
    /// Exchanges the first two records of the n-th index of links by hash, from 0, its checksum renewed.
    case swapLinks(Int)
    /// States this version in the messages of all compound, enumerated and array types, with checksums renewed.
    case typeVersion(UInt8)
    /// Consistency flags of a superblock of version 3, its checksum renewed.
    case superblockFlags(UInt8)
    /// Turns over all bits of a byte of the n-th stored chunk of a dataset, from 0; without its place of the one in the
    /// middle.
    case damageChunk(String, Int, byte: Int?)
}

/// An absolute path, and an attribute behind an `@`.
struct TreePath: Sendable {
    let names: [String]
    let attribute: String?

    init(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        names = parts[0].split(separator: "/").map(String.init)
        attribute = parts.count > 1 ? String(parts[1]) : nil
    }

    var text: String { "/" + names.joined(separator: "/") + (attribute.map { "@" + $0 } ?? "") }
}

extension Change {
    init(_ json: JSONValue, in recipe: String, number: Int) throws(RecipeFault) {
        let place = "\(recipe) change \(number)"
        let reader = TreeReader(recipe: place)
        if let path = json["remove"]?.string {
            self = .remove(TreePath(path))
        } else if let path = json["set"]?.string, let to = json["to"] {
            let target = TreePath(path)
            if target.attribute != nil {
                self = .setAttribute(target, try reader.value(to, at: path))
            } else {
                self = .setNode(target, try reader.node(to, at: path))
            }
        } else if let path = json["rename"]?.string, let to = json["to"]?.string {
            self = .rename(TreePath(path), to: TreePath(to))
        } else if let path = json["convert"]?.string, let type = json["type"]?.string.flatMap(TypeWord.init) {
            self = .convert(TreePath(path), type)
        } else if let path = json["reshape"]?.string, let shape = json["shape"] {
            self = .reshape(TreePath(path), try reader.integers(shape, at: path))
        } else if let count = json["truncate"]?.integer {
            self = .bytes(.truncate(count))
        } else if let offset = json["patch"]?.integer, offset >= 0,
            let bytes = json["bytes"]?.string.flatMap(Self.bytes)
        {
            self = .bytes(.patch(offset: offset, bytes: bytes))
        } else if let flags = json["superblockFlags"]?.integer.flatMap(UInt8.init(exactly:)) {
            self = .bytes(.superblockFlags(flags))
        } else if let path = json["damageChunk"]?.string, let number = json["number"]?.integer, number >= 0 {
            self = .bytes(.damageChunk(path, number, byte: json["byte"]?.integer))
        } else if let number = json["swapLinks"]?.integer, number >= 0 {
            self = .bytes(.swapLinks(number))
        } else if let version = json["typeVersion"]?.integer.flatMap(UInt8.init(exactly:)), version < 16 {
            self = .bytes(.typeVersion(version))
        } else {
            throw RecipeFault(
                place,
                "this is none of remove, set, rename, convert, reshape, truncate, patch, flags, links, versions, chunk")
        }
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == hex.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension RecipeGroup {
    /// Makes one change of the tree; changes of bytes are left for later.
    mutating func apply(_ change: Change, recipe: String) throws(RecipeFault) {
        switch change {
        case .bytes: return
        case .setNode(let path, let node): try replace(path, recipe) { _ in .some(node) }
        case .rename(let from, let to) where from.attribute == nil:
            var moved: RecipeNode?
            try replace(from, recipe) { old in
                moved = old
                return nil
            }
            guard let moved else { throw RecipeFault("\(recipe) \(from.text)", "there is nothing to rename") }
            try replace(to, recipe) { _ in moved }
        case .rename(let from, let to):
            guard let value = try attribute(from, recipe) else {
                throw RecipeFault("\(recipe) \(from.text)", "there is nothing to rename")
            }
            try setAttribute(from, nil, recipe)
            try setAttribute(to, value, recipe)
        case .remove(let path):
            let isThere = path.attribute == nil ? try member(path, recipe) != nil : try attribute(path, recipe) != nil
            guard isThere else { throw RecipeFault("\(recipe) \(path.text)", "there is nothing to remove") }
            if path.attribute == nil {
                try replace(path, recipe) { _ in nil }
            } else {
                try setAttribute(path, nil, recipe)
            }
        case .setAttribute(let path, let value): try setAttribute(path, value, recipe)
        case .convert(let path, let type): try changeValue(path, recipe) { $0.type = type }
        case .reshape(let path, let shape): try changeValue(path, recipe) { $0.shape = shape }
        }
    }

    private func member(_ path: TreePath, _ recipe: String) throws(RecipeFault) -> RecipeNode? {
        var found: RecipeNode?
        var copy = self
        try copy.replace(path, recipe) { old in
            found = old
            return old
        }
        return found
    }

    private func attribute(_ path: TreePath, _ recipe: String) throws(RecipeFault) -> RecipeValue? {
        guard let name = path.attribute else { return nil }
        if path.names.isEmpty { return attributes[name] }
        switch try member(path, recipe) {
        case .group(let group): return group.attributes[name]
        case .field(let field): return field.attributes[name]
        case .link, nil: return nil
        }
    }

    private mutating func setAttribute(
        _ path: TreePath, _ value: RecipeValue?, _ recipe: String
    ) throws(RecipeFault) {
        guard let name = path.attribute else { return }
        guard !path.names.isEmpty else {
            attributes[name] = value
            return
        }
        var isDone = false
        try replace(path, recipe) { old in
            isDone = true
            switch old {
            case .group(var group):
                group.attributes[name] = value
                return .group(group)
            case .field(var field):
                field.attributes[name] = value
                return .field(field)
            case .link, nil:
                isDone = false
                return old
            }
        }
        guard isDone else { throw RecipeFault("\(recipe) \(path.text)", "there is no group or field to carry it") }
    }

    private mutating func changeValue(
        _ path: TreePath, _ recipe: String, _ change: (inout RecipeValue) -> Void
    ) throws(RecipeFault) {
        if path.attribute != nil {
            guard var value = try attribute(path, recipe) else {
                throw RecipeFault("\(recipe) \(path.text)", "there is no such attribute")
            }
            change(&value)
            try setAttribute(path, value, recipe)
            return
        }
        var isDone = false
        try replace(path, recipe) { old in
            guard case .field(var field) = old else { return old }
            change(&field.value)
            isDone = true
            return .field(field)
        }
        guard isDone else { throw RecipeFault("\(recipe) \(path.text)", "there is no such field") }
    }

    /// Puts another node in the place of a path; groups on the way must be there.
    private mutating func replace(
        _ path: TreePath, _ recipe: String, _ change: (RecipeNode?) -> RecipeNode?
    ) throws(RecipeFault) {
        guard let last = path.names.last else { throw RecipeFault("\(recipe) \(path.text)", "the root stays") }
        let isDone = replace(path.names.dropLast()[...], last, change)
        guard isDone else { throw RecipeFault("\(recipe) \(path.text)", "the group that would hold it is not there") }
    }

    private mutating func replace(
        _ way: ArraySlice<String>, _ last: String, _ change: (RecipeNode?) -> RecipeNode?
    ) -> Bool {
        guard let next = way.first else {
            members[last] = change(members[last])
            return true
        }
        guard case .group(var inner) = members[next] else { return false }
        let isDone = inner.replace(way.dropFirst(), last, change)
        members[next] = .group(inner)
        return isDone
    }
}
