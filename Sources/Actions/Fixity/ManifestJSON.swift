// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import JSON
import Transport

/// Manifests as JSON: one line a file.
enum ManifestJSON {
    private static let form = "imprimatur-manifest"
    private static let version = 1
    /// How a manifest of ours begins.
    static let head = Array("{\n  \"format\": \"\(form)\"".utf8)

    // MARK: Writing

    static func bytes(_ manifest: Manifest, program: String) -> [UInt8] {
        let algorithms = Set(manifest.entries.flatMap { $0.digests.map(\.algorithm) })
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("format", form)
            json.member("version", version)
            json.member("program", program)
            json.name("algorithms")
            json.written(
                line { json in json.array { json in for one in algorithms.sorted() { json.string(one.rawValue) } } })
            json.array("files") { json in for entry in manifest.entries { json.written(line { write(entry, &$0) }) } }
        }
        return json.finish()
    }

    /// One entry on one line, without a line feed.
    static func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(.compact)
        body(&json)
        return json.finishValue()
    }

    static func write(_ entry: Manifest.Entry, _ json: inout JSONWriter) {
        json.object { json in
            json.member("path", entry.name.text)
            if let size = entry.size { json.member("size", size) }
            for stated in entry.digests { json.member(stated.algorithm.rawValue, stated.digest) }
            guard let pieces = entry.pieces else { return }
            json.array("pieces") { json in
                for piece in pieces {
                    json.object { json in
                        switch piece.kind {
                        case .section(let number): json.member("section", number)
                        case .chunk(let dataset, let first):
                            json.member("dataset", dataset)
                            json.array("first") { json in for index in first { json.integer(index) } }
                            if piece.frames != 1 { json.member("frames", piece.frames) }
                        }
                        json.member("address", piece.address)
                        json.member("size", piece.size)
                        json.member(DigestAlgorithm.xxh3.rawValue, piece.digest)
                    }
                }
            }
        }
    }

    // MARK: Reading

    static func read(_ bytes: [UInt8]) -> Manifest {
        var manifest = Manifest([])
        do {
            let value = try JSONReader.read(bytes)
            guard value["format"]?.string == form, let files = value["files"]?.elements else {
                manifest.faults = [Manifest.Fault(nil, "the JSON is no manifest of this program")]
                return manifest
            }
            guard value["version"]?.integer == version else {
                manifest.faults = [Manifest.Fault(nil, "the manifest is of another version")]
                return manifest
            }
            for (index, file) in files.enumerated() {
                if let entry = entry(file) {
                    manifest.entries.append(entry)
                } else {
                    let name = file["path"]?.string.map { "'\(Escaping.line($0))'" } ?? "number \(index + 1)"
                    manifest.faults.append(Manifest.Fault(nil, "what is said of file \(name) cannot be used"))
                }
            }
        } catch {
            manifest.faults = [Manifest.Fault(error.line, "the manifest is no JSON: \(error.reason)")]
        }
        return manifest
    }

    static func entry(_ value: JSONValue) -> Manifest.Entry? {
        guard let path = value["path"]?.string, !path.isEmpty, !path.utf8.contains(0) else { return nil }
        var entry = Manifest.Entry(Name(path), digests: [])
        if let stated = value["size"] {
            guard let size = stated.integer, size >= 0 else { return nil }
            entry.size = size
        }
        for algorithm in DigestAlgorithm.allCases {
            guard let stated = value[algorithm.rawValue] else { continue }
            guard let digest = digest(stated, algorithm) else { return nil }
            entry.digests.append(Manifest.Stated(algorithm, digest))
        }
        // A file of which nothing is stated cannot be verified.
        guard !entry.digests.isEmpty else { return nil }
        guard let listed = value["pieces"] else { return entry }
        guard let elements = listed.elements else { return nil }
        var pieces: [Manifest.Piece] = []
        for element in elements {
            guard let piece = piece(element) else { return nil }
            pieces.append(piece)
        }
        entry.pieces = pieces
        return entry
    }

    private static func piece(_ value: JSONValue) -> Manifest.Piece? {
        guard let size = value["size"]?.integer, size >= 0, let address = value["address"]?.integer, address >= 0,
            let stated = value[DigestAlgorithm.xxh3.rawValue]
        else { return nil }
        let kind: Manifest.Piece.Kind
        if let number = value["section"]?.integer {
            kind = .section(number)
        } else if let dataset = value["dataset"]?.string, let first = value["first"]?.elements {
            let indices = first.compactMap(\.integer)
            guard indices.count == first.count else { return nil }
            kind = .chunk(dataset: dataset, first: indices)
        } else {
            return nil
        }
        let digest = digest(stated, .xxh3)
        guard digest != nil || stated == .null else { return nil }
        let frames = value["frames"].map { $0.integer ?? -1 } ?? 1
        guard (0...mostFrames).contains(frames) else {
            return nil
        }
        return Manifest.Piece(kind, address: address, size: size, frames: frames, digest: digest)
    }

    /// Frames of one chunk, at most: each is told by its number.
    private static let mostFrames = 1_000_000

    private static func digest(_ value: JSONValue, _ algorithm: DigestAlgorithm) -> String? {
        guard let text = value.string?.lowercased(), text.utf8.count == algorithm.digits,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return text
    }
}
