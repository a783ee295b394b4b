// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import HDF5
internal import JSON
internal import Transport

/// A text that says how an HDF5 file is made: a base and a list of changes to it.
///
/// Recipes stand for NeXus files in the corpora, so that the repository holds no binaries.
public struct Recipe: Sendable {
    public let path: String
    /// What the file shows, in one sentence.
    public let shows: String
    /// The findings that the file is expected to give: "AXIS-001" or "AXIS-001 /entry/sample/depends_on".
    public let expect: [String]
    /// Names of the files that are written beside the main one.
    public var otherFiles: [String] { others.map(\.name) + texts.map(\.name) }

    var tree: RecipeGroup
    private var others: [(name: String, tree: RecipeGroup)]
    /// Files beside the main one that are no HDF5.
    private var texts: [(name: String, text: String)] = []
    private var byteChanges: [ByteChange]
    private let isLatestFormat: Bool
    private let userBlock: Int
    /// The files look as if their writer were at work; else as if they had been written long ago.
    private let isFresh: Bool

    /// Bases of bases beyond this number are taken for a circle.
    private static let baseLimit = 8

    /// Reads a recipe and its bases, and makes the changes.
    ///
    /// - Parameter path: A JSON5 file; `base` in it is relative to its folder.
    public init(reading path: String) throws(RecipeFault) {
        try self.init(reading: path, depth: 0)
    }

    private init(reading path: String, depth: Int) throws(RecipeFault) {
        guard depth < Self.baseLimit else { throw RecipeFault(path, "the bases go in a circle") }
        let json = try Self.json(at: path)
        self.path = path
        shows = json["shows"]?.string ?? ""
        expect = json["expect"]?.elements?.compactMap(\.string) ?? []
        if let base = json["base"]?.string {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            let basePath = base.hasPrefix("/") || folder.isEmpty ? base : folder + "/" + base
            let inner = try Recipe(reading: basePath, depth: depth + 1)
            (tree, others, byteChanges) = (inner.tree, inner.others, inner.byteChanges)
            userBlock = json["userBlock"]?.integer ?? inner.userBlock
            isLatestFormat = json["format"]?.string.map { $0 == "latest" } ?? inner.isLatestFormat
        } else {
            guard let whole = json["tree"] else { throw RecipeFault(path, "there is neither 'base' nor 'tree'") }
            tree = try TreeReader(recipe: path).group(whole, at: "/")
            (others, byteChanges) = ([], [])
            userBlock = json["userBlock"]?.integer ?? 0
            isLatestFormat = json["format"]?.string == "latest"
        }
        isFresh = json["fresh"]?.bool ?? false
        for (number, change) in (json["changes"]?.elements ?? []).enumerated() {
            let change = try Change(change, in: path, number: number + 1)
            if case .bytes(let change) = change { byteChanges.append(change) }
            try tree.apply(change, recipe: path)
        }
        for member in json["others"]?.members ?? [] {
            if let text = member.value.string {
                texts.append((member.name, text))
                continue
            }
            others.append((member.name, try TreeReader(recipe: path).group(member.value, at: "/")))
        }
    }

    private static func json(at path: String) throws(RecipeFault) -> JSONValue {
        do {
            let bytes = try ByteBuffer(mapping: path)
            return try JSONReader.read(bytes[0..<bytes.count], .json5)
        } catch let fault as JSONFault {
            throw RecipeFault(path, fault.description)
        } catch let failure as Failure {
            throw RecipeFault(path, failure.cause)
        } catch {
            throw RecipeFault(path, "\(error)")
        }
    }

    /// Writes the file, and those beside it.
    ///
    /// - Parameter output: Path of the main file; the others go into its folder.
    public func build(at output: String) throws(RecipeFault) {
        try write(tree, to: output)
        let folder = output.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        for other in others { try write(other.tree, to: folder.isEmpty ? other.name : folder + "/" + other.name) }
        for other in texts {
            let place = folder.isEmpty ? other.name : folder + "/" + other.name
            guard let file = fopen(place, "w") else { throw RecipeFault(path, "cannot write '\(place)'") }
            defer { fclose(file) }
            guard fputs(other.text, file) >= 0 else { throw RecipeFault(path, "cannot write '\(place)'") }
        }
        if !byteChanges.isEmpty { try ByteChange.apply(byteChanges, to: output, recipe: path) }
        let names = [output] + otherFiles.map { folder.isEmpty ? $0 : folder + "/" + $0 }
        for name in names { try date(name) }
    }

    /// Gives a file the time of its last change: the first day of 2026, or a time that is never over.
    private func date(_ name: String) throws(RecipeFault) {
        let seconds = isFresh ? time(nil) + 86_400 : 1_767_225_600
        let times = [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: 0), count: 2)
        guard utimensat(AT_FDCWD, name, times, 0) == 0 else { throw RecipeFault(path, "cannot date '\(name)'") }
    }

    private func write(_ tree: RecipeGroup, to output: String) throws(RecipeFault) {
        do {
            let writer = try Writer(
                creating: output, format: isLatestFormat ? .latest : .earliest, userBlock: userBlock)
            try TreeWriter(writer: writer, recipe: path).write(tree)
        } catch let failure as Failure {
            throw RecipeFault(path, "\(failure)")
        } catch let fault as RecipeFault {
            throw fault
        } catch {
            throw RecipeFault(path, "\(error)")
        }
    }
}
