// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import ImageCodecs
public import Transport

/// The header text that a converted file keeps of each frame.
///
/// - Source: docs/guide/convert.md.
public enum KeptHeader {
    /// The bytes of the input file of a frame, without its pixels.
    ///
    /// - Parameter frame: From 1.
    public static func bytes(ofFrame frame: Int, in path: String) throws(Failure) -> [UInt8] {
        let source = try Source.open(Name(path))
        let snapshot = try Snapshot.read(source)
        for group in ["imgCIF", "header"] {
            guard let texts = Self.object(["entry", group, "header_text"], in: snapshot) else { continue }
            let length = Self.object(["entry", group, "header_length"], in: snapshot)
            let stored = try StoredElements.read(source, at: texts.address)
            return try text(frame, stored, length, source)
        }
        throw Failure(
            attempt: "find the headers in", subject: path, code: .foreign,
            words: "it keeps no header text, as files that 'imprimatur convert' writes do",
            remedy: "name a file that was converted")
    }

    /// What the entries of a file say of the inputs that they were made of; nil for another file, or none.
    static func fingerprints(of path: String) -> [String]? {
        guard let source = try? Source.open(Name(path), isInput: false), let snapshot = try? Snapshot.read(source)
        else {
            return nil
        }
        return fingerprints(in: snapshot)
    }

    static func fingerprints(in snapshot: Snapshot) -> [String]? {
        let entries = snapshot[snapshot.root].links.map(\.name).filter { $0.hasPrefix("entry") }
        let found = entries.compactMap { entry in
            object([entry, "conversion", "settings", "fingerprint"], in: snapshot)?.dataset?.value.firstString
        }
        return found.count == entries.count ? found : nil
    }

    private static func object(_ names: [String], in snapshot: Snapshot) -> Object? {
        var object = snapshot[snapshot.root]
        for name in names {
            guard case .hard(let id)? = object.links.first(where: { $0.name == name })?.target else { return nil }
            object = snapshot[id]
        }
        return object
    }

    private static func text(
        _ frame: Int, _ stored: StoredElements, _ length: Object?, _ source: Source
    ) throws(Failure) -> [UInt8] {
        let damaged = Failure(
            attempt: "read the header of frame \(frame) of", subject: source.name.text, code: .damaged,
            words: "its chunk is not as it was written", remedy: "fetch the file again")
        guard let count = stored.shape.first, count > 0, (1...count).contains(frame) else {
            throw Failure(
                usage: "'\(source.name.text)' has \(stored.shape.first ?? 0) frames, and --restore-header names frame "
                    + "\(frame)",
                remedy: "name one of them, from 1")
        }
        guard case .chunks(let chunk, let table) = stored.form, let each = chunk.first, each > 0,
            let piece = table.piece((frame - 1) / each),
            let pipeline = Pipeline(
                stored.filters.map { Pipeline.Stage(number: $0.id, values: $0.parameters) },
                elementBytes: stored.elementBytes)
        else { throw damaged }
        let (bytes, overflow) = each.multipliedReportingOverflow(by: stored.elementBytes)
        guard !overflow, bytes <= 1 << 30 else { throw damaged }
        let packed = try source.bytes(at: piece.offset, count: piece.bytes)
        let texts: [UInt8]
        do {
            texts = try pipeline.decode(packed.span, skipped: UInt64(piece.skipped), bytes: bytes)
        } catch {
            throw damaged
        }
        let start = (frame - 1) % each * stored.elementBytes
        guard start + stored.elementBytes <= texts.count else { throw damaged }
        let room = texts[start..<(start + stored.elementBytes)]
        if let all = length?.dataset?.value.doubles,
            all.indices.contains(frame - 1),
            let own = Int(exactly: all[frame - 1]), (0...room.count).contains(own)
        {
            return Array(room.prefix(own))
        }
        return Array(room[..<((room.lastIndex { $0 != 0 } ?? room.startIndex - 1) + 1)])
    }
}
