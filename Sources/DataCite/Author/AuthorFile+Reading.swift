// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import JSON
internal import Transport

extension AuthorFile {
    /// Reads `publication.json5`.
    ///
    /// - Parameters:
    ///   - bytes: JSON5.
    ///   - source: The number of the file in the list of the reading.
    /// - Returns: The file as far as it can be used, and all its faults in the order of the text.
    public static func read(_ bytes: [UInt8], in source: SourceID = .main) -> (file: AuthorFile, faults: [AuthorFault])
    {
        let root: PlacedJSON
        do {
            root = try PlacedJSON.read(bytes, .json5)
        } catch {
            return (
                AuthorFile(),
                [
                    AuthorFault(
                        offset: 0, line: error.line, column: error.column, words: error.reason,
                        remedy: "mend the text; the form is JSON5")
                ]
            )
        }
        var reader = AuthorReader(bytes, source: source)
        let file = reader.file(root)
        return (file, reader.faults.sorted { $0.offset < $1.offset })
    }
}

/// Turns values into what they mean, and notes what means nothing.
struct AuthorReader {
    let source: SourceID
    private let lines: LineStarts
    private(set) var faults: [AuthorFault] = []

    init(_ bytes: [UInt8], source: SourceID) {
        self.source = source
        lines = bytes.withUnsafeBytes { LineStarts(of: $0, limit: bytes.count) }
    }

    mutating func fault(_ offset: Int, _ words: String, _ remedy: String) {
        let place = lines.position(of: offset)
        faults.append(
            AuthorFault(
                offset: offset, line: place?.line ?? 1, column: place?.column ?? 1, words: words, remedy: remedy))
    }

    func place(_ value: PlacedJSON, _ name: String?) -> Place {
        .text(offset: value.offset, item: name, row: nil, in: source)
    }

    /// The members that a value may have; others are faults.
    mutating func members(
        _ value: PlacedJSON, _ what: String, _ names: [String], _ body: (inout AuthorReader, String, PlacedJSON) -> Void
    ) {
        guard value.value.members != nil else {
            return fault(value.offset, "\(what) is an object", "write \(what) as { … }")
        }
        var seen = Set<String>()
        for member in value.members {
            guard names.contains(member.name) else {
                let meant = Spelling.nearest(to: member.name, among: names)
                fault(
                    member.nameOffset,
                    "\(what) has no key '\(shown(member.name))'" + (meant.map { "; did you mean '\($0)'?" } ?? ""),
                    "keys of \(what): \(names.joined(separator: ", "))")
                continue
            }
            guard seen.insert(member.name).inserted else {
                fault(member.nameOffset, "'\(member.name)' stands twice", "keep one of the two")
                continue
            }
            if case .null = member.value.value { continue }
            body(&self, member.name, member.value)
        }
    }

    mutating func text(_ value: PlacedJSON, _ name: String) -> Leaf? {
        switch value.value {
        case .string(let text): return Leaf(text, .stated(place(value, name)))
        case .integer(let number): return Leaf(String(number), .stated(place(value, name)))
        default:
            fault(value.offset, "'\(name)' is a text", "write it in quotes, or null where it is not known")
            return nil
        }
    }

    mutating func list(_ value: PlacedJSON, _ name: String) -> [PlacedJSON] {
        guard value.value.elements != nil else {
            fault(value.offset, "'\(name)' is a list", "write \(name): [ … ]")
            return []
        }
        return value.elements
    }

    mutating func texts(_ value: PlacedJSON, _ name: String) -> [Leaf] {
        list(value, name).compactMap { text($0, name) }
    }

    mutating func whole(_ value: PlacedJSON, _ name: String) -> Sourced<Int>? {
        guard let number = value.value.integer, number >= 0 else {
            fault(value.offset, "'\(name)' is a whole number from 0", "write digits, or null where it is not known")
            return nil
        }
        return Sourced(number, .stated(place(value, name)))
    }

    mutating func flag(_ value: PlacedJSON, _ name: String) -> Bool? {
        guard let flag = value.value.bool else {
            fault(value.offset, "'\(name)' is true or false", "write one of the two")
            return nil
        }
        return flag
    }

    mutating func word(_ value: PlacedJSON, _ name: String, among words: [String]) -> Leaf? {
        guard let leaf = text(value, name) else { return nil }
        guard words.contains(leaf.value) else {
            let meant = Spelling.nearest(to: leaf.value, among: words)
            fault(
                value.offset,
                "'\(name)' is '\(shown(leaf.value))'" + (meant.map { "; did you mean '\($0)'?" } ?? ""),
                "write one of: \(words.joined(separator: ", "))")
            return nil
        }
        return leaf
    }
}

/// The beginning of a text, for a sentence about it.
private func shown(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "…" : text }
