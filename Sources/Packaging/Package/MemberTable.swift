// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// The table of the image files of a deposit: where each lies in which volume, and its digests.
///
/// Tabs between columns, one line a file; tab, line feed and backslash in names as `\t`, `\n`, `\\`.
public struct MemberTable: Sendable, Hashable {
    /// One file of the data.
    public struct Row: Sendable, Hashable {
        public let path: Name
        /// Bytes.
        public let size: Int
        /// Hexadecimal, lower case.
        public let sha256: String
        public let crc32: UInt32
        public let md5: String?
        /// The volume that holds it, and where its first byte lies there; nil for a file that is deposited as it is.
        public let place: Place?
    }

    /// Where a member lies.
    public struct Place: Sendable, Hashable {
        public let volume: Name
        /// Of the first byte of the data.
        public let offset: Int
    }

    public static let name = Name("manifest.tsv")
    private static let head = "path\tsize\tsha256\tcrc32\tmd5\tvolume\toffset"

    /// By the bytes of their names.
    public let rows: [Row]

    public init(_ rows: [Row]) { self.rows = rows }

    /// The rows of what was planned and written.
    init(_ planned: [PlannedFile], _ written: [WrittenFile]) {
        precondition(planned.count == written.count, "every planned file was written")
        var rows: [Row] = []
        for (file, found) in zip(planned, written) {
            for (index, member) in file.members.enumerated() {
                let digests = found.members[index]
                rows.append(
                    Row(
                        path: member.path, size: member.size, sha256: digests.sha256, crc32: digests.crc32,
                        md5: digests.md5, place: file.offset(of: index).map { Place(volume: file.name, offset: $0) }))
            }
        }
        self.rows = rows.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
    }

    // MARK: Text

    var bytes: [UInt8] {
        var bytes = Array((Self.head + "\n").utf8)
        for row in rows {
            bytes += Self.escaped(row.path)
            let sum = String(row.crc32, radix: 16)
            let crc = String(repeating: "0", count: 8 - sum.utf8.count) + sum
            bytes += "\t\(row.size)\t\(row.sha256)\t\(crc)\t\(row.md5 ?? "-")\t".utf8
            bytes += row.place.map { Self.escaped($0.volume) } ?? [0x2D]
            bytes += "\t\(row.place.map { String($0.offset) } ?? "-")\n".utf8
        }
        return bytes
    }

    /// Reads a table.
    ///
    /// - Throws: When a line is none, with its number.
    public init(_ bytes: [UInt8], path: Name) throws(Failure) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.first, first.elementsEqual(Self.head.utf8) else {
            throw Self.fault(path, 1, "the first line does not name the columns")
        }
        var rows: [Row] = []
        rows.reserveCapacity(lines.count)
        for (index, line) in lines.enumerated().dropFirst() {
            let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
            guard cells.count == 7, let name = Self.name(cells[0]), let size = Self.number(cells[1]),
                let sum = UInt32(String(decoding: cells[3], as: UTF8.self), radix: 16)
            else { throw Self.fault(path, index + 1, "the line is no row of seven columns") }
            var place: Place?
            if !cells[5].elementsEqual([0x2D]) {
                guard let volume = Self.name(cells[5]), let offset = Self.number(cells[6]) else {
                    throw Self.fault(path, index + 1, "volume and offset cannot be told")
                }
                place = Place(volume: volume, offset: offset)
            }
            let md5 = String(decoding: cells[4], as: UTF8.self)
            rows.append(
                Row(
                    path: name, size: size, sha256: String(decoding: cells[2], as: UTF8.self), crc32: sum,
                    md5: md5 == "-" ? nil : md5, place: place))
        }
        self.rows = rows
    }

    private static func escaped(_ name: Name) -> [UInt8] {
        name.bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x09: Array("\\t".utf8)
            case 0x0A: Array("\\n".utf8)
            case 0x5C: Array("\\\\".utf8)
            default: [byte]
            }
        }
    }

    private static func name(_ cell: ArraySlice<UInt8>) -> Name? {
        var bytes: [UInt8] = []
        var rest = cell
        while let byte = rest.popFirst() {
            guard byte == 0x5C else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case 0x5C: bytes.append(0x5C)
            default: return nil
            }
        }
        return bytes.isEmpty || bytes.contains(0) ? nil : Name(bytes: bytes)
    }

    private static func number(_ cell: ArraySlice<UInt8>) -> Int? {
        guard !cell.isEmpty, cell.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: cell, as: UTF8.self))
    }

    private static func fault(_ path: Name, _ line: Int, _ words: String) -> Failure {
        Failure(
            attempt: "use line \(line) of", subject: path.text, code: .form("manifest"), words: words,
            remedy: "build the package again, or fetch it again")
    }
}
