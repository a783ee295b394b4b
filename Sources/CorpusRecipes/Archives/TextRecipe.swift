// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSON
internal import Transport

/// A text that says how an imgCIF is made with the files and archives that it names.
///
/// The text of another file of the corpora with some words changed; beside it files of images, ZIP and TAR.
public struct TextRecipe: Sendable {
    public let path: String
    /// What the file shows, in one sentence.
    public let shows: String
    /// The findings that the file is expected to give.
    public let expect: [String]
    private let text: String
    private let files: [(name: String, bytes: [UInt8])]

    /// - Parameter path: A JSON5 file; `base` in it is relative to its folder.
    public init(reading path: String) throws(RecipeFault) {
        self.path = path
        let json = try Self.json(path)
        shows = json["shows"]?.string ?? ""
        expect = json["expect"]?.elements?.compactMap(\.string) ?? []
        let folder = String(path[..<(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)])
        guard let base = json["base"]?.string else { throw RecipeFault(path, "there is no 'base'") }
        var text = String(decoding: try Self.bytes(folder + base), as: UTF8.self)
        for change in json["replace"]?.elements ?? [] {
            guard let words = change.elements?.compactMap(\.string), words.count == 2, text.contains(words[0]) else {
                throw RecipeFault(path, "what is to be replaced is not in '\(base)'")
            }
            text = text.replacing(words[0], with: words[1])
        }
        self.text = text
        var files: [(name: String, bytes: [UInt8])] = []
        for file in json["others"]?.members ?? [] {
            files.append((file.name, try Maker(recipe: path, folder: folder).bytes(of: file.value)))
        }
        self.files = files
    }

    /// Writes the file, and those beside it.
    public func build(at output: String) throws(RecipeFault) {
        let folder = String(output[..<(output.lastIndex(of: "/").map { output.index(after: $0) } ?? output.startIndex)])
        for file in [(name: "", bytes: Array(text.utf8))] + files {
            try write(file.bytes, to: file.name.isEmpty ? output : folder + file.name)
        }
    }

    private func write(_ bytes: [UInt8], to place: String) throws(RecipeFault) {
        guard let file = fopen(place, "w") else { throw RecipeFault(path, "cannot write '\(place)'") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw RecipeFault(path, "cannot write '\(place)'")
        }
    }

    private static func json(_ path: String) throws(RecipeFault) -> JSONValue {
        let bytes = try bytes(path)
        do { return try JSONReader.read(bytes, .json5) } catch { throw RecipeFault(path, "\(error)") }
    }

    fileprivate static func bytes(_ path: String) throws(RecipeFault) -> [UInt8] {
        do throws(Failure) {
            let bytes = try ByteBuffer(mapping: path)
            return bytes[0..<bytes.count]
        } catch {
            throw RecipeFault(path, error.cause)
        }
    }
}

/// Makes the bytes of one file.
private struct Maker {
    let recipe: String
    let folder: String

    func bytes(of json: JSONValue) throws(RecipeFault) -> [UInt8] {
        if let text = json.string { return Array(text.utf8) }
        var bytes: [UInt8]
        if let image = json["cbf"] {
            let size = image["size"]?.elements?.compactMap(\.integer) ?? [400, 300]
            guard size.count == 2 else { throw RecipeFault(recipe, "an image has two sizes") }
            bytes = MadeImage.cbf(
                fast: size[0], slow: size[1], seed: image["seed"]?.integer ?? 1,
                isSigned: image["unsigned"]?.bool != true,
                header: image["header"]?.elements?.compactMap(\.string) ?? [])
        } else if let name = json["hdf5"]?.string {
            bytes = try hdf5(name)
        } else if let members = json["zip"]?.elements {
            var form = MadeArchive.ZIPForm()
            form.isPacked = json["packed"]?.bool == true
            form.isWide = json["wide"]?.bool == true
            form.isEncrypted = json["encrypted"]?.bool == true
            bytes = MadeArchive.zip(try self.members(members), form)
        } else if let members = json["tar"]?.elements {
            bytes = MadeArchive.tar(try self.members(members))
        } else if let inner = json["gzip"] {
            bytes = MadeArchive.gzip(try self.bytes(of: inner))
        } else {
            throw RecipeFault(recipe, "a file is neither cbf, hdf5, zip, tar nor gzip")
        }
        if let place = json["patch"]?.integer {
            // From the front, or below 0 from the end.
            let at = place < 0 ? bytes.count + place : place
            guard bytes.indices.contains(at) else { throw RecipeFault(recipe, "there is no byte \(place)") }
            bytes[at] ^= 1
        }
        if let count = json["truncate"]?.integer {
            bytes = Array(bytes.prefix(count < 0 ? bytes.count + count : count))
        }
        return bytes
    }

    private func members(_ list: [JSONValue]) throws(RecipeFault) -> [MadeArchive.Member] {
        var members: [MadeArchive.Member] = []
        for one in list {
            guard let name = one["name"]?.string else { throw RecipeFault(recipe, "a member has no name") }
            if let target = one["link"]?.string {
                members.append(MadeArchive.Member(name, Array(target.utf8), kind: .link))
            } else {
                members.append(MadeArchive.Member(name, try bytes(of: one["text"] ?? one)))
            }
        }
        return members
    }

    /// The file that a recipe makes.
    private func hdf5(_ name: String) throws(RecipeFault) -> [UInt8] {
        var pattern = Array("/tmp/recipe-XXXXXX".utf8CString)
        guard mkdtemp(&pattern) != nil else { throw RecipeFault(recipe, "there is no place for files") }
        let place = String(decoding: pattern.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let file = place + "/made.h5"
        defer {
            unlink(file)
            rmdir(place)
        }
        try Recipe(reading: folder + name).build(at: file)
        return try TextRecipe.bytes(file)
    }
}
