// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Transport

/// A facts file in memory: its head, and where each class stands; classes are parsed when they are asked for.
public struct FactsFile: Sendable {
    public let provenance: Provenance
    private let bytes: [UInt8]
    private let places: [String: Range<Int>]
    /// Names of application definitions.
    let applications: Set<String>

    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - path: Its name in failures.
    /// - Throws: When the heading is another one or a record of the head is broken.
    public init(_ bytes: [UInt8], path: String) throws(Failure) {
        let heading = Array((FactsWriter.heading + "\n").utf8)
        guard bytes.starts(with: heading) else {
            throw Failure(
                attempt: "read definitions", subject: path, code: .foreign, words: "it is no facts file of version 1",
                remedy: "write it again with 'imprimatur definitions import'")
        }
        self.bytes = bytes
        (places, applications, provenance) = Self.index(bytes, from: heading.count)
    }

    /// Names of all classes, sorted.
    public var names: [String] { places.keys.sorted() }

    /// The definition of this name as its records state it.
    public func definition(_ name: String) -> Definition? {
        guard let range = places[name] else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            guard buffer.indices.contains(range.lowerBound), range.upperBound <= buffer.count else { return nil }
            return FactsParser(UnsafeBufferPointer(rebasing: buffer[range]), isLegacy: provenance.isLegacy).definition()
        }
    }

    func holds(_ name: String) -> Bool { places[name] != nil }

    /// What a class extends, by the heading of its records; nil for none.
    func parent(of name: String) -> String? {
        let heading = record(name).prefix { $0 != 10 }
        let fields = heading.split(separator: 9, maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count > 3, fields[3] != [UInt8(ascii: "-")] else { return nil }
        return String(decoding: fields[3], as: UTF8.self)
    }

    /// The records of a class as they stand in the file; empty when there are none.
    func record(_ name: String) -> ArraySlice<UInt8> {
        guard let range = places[name], bytes.indices.contains(range.lowerBound), range.upperBound <= bytes.count else {
            return []
        }
        return bytes[range]
    }

    private static func index(_ bytes: [UInt8], from start: Int) -> ([String: Range<Int>], Set<String>, Provenance) {
        var applications: Set<String> = []
        var places: [String: Range<Int>] = [:]
        places.reserveCapacity(512)
        let provenance = bytes.withUnsafeBytes { buffer -> Provenance in
            let mark = Array("\nclass\t".utf8)
            var at = buffer.firstOffset(of: mark, from: 0)
            let provenance = head(buffer, start..<(at.map { $0 + 1 } ?? buffer.count))
            while let begin = at {
                at = buffer.firstOffset(of: mark, from: begin + 1)
                let first = begin + mark.count
                let end = buffer[first...].firstIndex { $0 == 9 || $0 == 10 } ?? buffer.count
                let name = String(decoding: buffer[first..<end], as: UTF8.self)
                places[name] = (begin + 1)..<(at.map { $0 + 1 } ?? buffer.count)
                if end + 1 < buffer.count, buffer[end + 1] == UInt8(ascii: "a") { applications.insert(name) }
            }
            return provenance
        }
        return (places, applications, provenance)
    }

    private static func head(_ buffer: UnsafeRawBufferPointer, _ range: Range<Int>) -> Provenance {
        var result = Provenance(source: "", isLegacy: false, files: [])
        var next = range.lowerBound
        while next < range.upperBound {
            let start = next
            let end = buffer.firstOffset(of: [10], from: start) ?? range.upperBound
            next = end + 1
            // Paths and digests of the files stand last, and are read only when they are asked for: there are hundreds.
            if start < end, buffer[start] == UInt8(ascii: "f") { break }
            let fields = buffer[start..<end].split(separator: 9, omittingEmptySubsequences: false)
            guard fields.count > 1 else { continue }
            let value = String(decoding: fields[1], as: UTF8.self)
            switch String(decoding: fields[0], as: UTF8.self) {
            case "release": result.release = value == "-" ? nil : value
            case "commit": result.commit = value == "-" ? nil : value
            case "date": result.date = value == "-" ? nil : value
            case "source": result.source = value
            case "names": result.isLegacy = value == "legacy"
            default: break
            }
        }
        return result
    }

    /// SHA-256 and path of every file the facts were taken from.
    public var files: [(path: String, sha256: String)] {
        var result: [(path: String, sha256: String)] = []
        for line in bytes.split(separator: 10) {
            if line.starts(with: Array("class\t".utf8)) { break }
            let fields = line.split(separator: 9).map { String(decoding: $0, as: UTF8.self) }
            if fields.count == 3, fields[0] == "file" { result.append((path: fields[2], sha256: fields[1])) }
        }
        return result
    }
}

extension UnsafeRawBufferPointer {
    /// Where these bytes begin, at an offset or behind it.
    func firstOffset(of mark: [UInt8], from start: Int) -> Int? {
        guard let base = baseAddress, let first = mark.first else { return nil }
        var at = start
        while at + mark.count <= count, let found = memchr(base + at, Int32(first), count - at) {
            at = UnsafeRawPointer(found) - base
            guard at + mark.count <= count else { return nil }
            if memcmp(base + at, mark, mark.count) == 0 { return at }
            at += 1
        }
        return nil
    }
}
