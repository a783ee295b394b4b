// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import HDF5
internal import Transport

extension ByteChange {
    /// Changes the bytes of a finished file in order.
    static func apply(_ changes: [ByteChange], to file: String, recipe: String) throws(RecipeFault) {
        var bytes: [UInt8]
        do {
            let buffer = try ByteBuffer(mapping: file)
            bytes = buffer[0..<buffer.count]
        } catch {
            throw RecipeFault(recipe, "cannot read '\(file)' again: \(error.cause)")
        }
        for change in changes {
            if case .damageChunk(let path, let number, let byte) = change {
                let place = try place(ofChunk: number, byte, of: path, in: file, recipe)
                bytes[place] = ~bytes[place]
            } else {
                try change.apply(to: &bytes, recipe: recipe)
            }
        }
        try write(bytes, to: file, recipe: recipe)
    }

    /// A byte of a stored chunk of a dataset of the finished file, or that in its middle.
    private static func place(
        ofChunk number: Int, _ byte: Int?, of path: String, in file: String, _ recipe: String
    ) throws(RecipeFault) -> Int {
        do throws(Failure) {
            let source = try Source.open(Name(file), isInput: false)
            let snapshot = try Snapshot.read(source)
            if case .object(let id, _) = snapshot.resolve(path, from: "/"),
                case .chunks(_, let table) = try StoredElements.read(source, at: snapshot[id].address).form,
                number < table.count, case let piece = table[number].piece, (0..<piece.bytes).contains(byte ?? 0)
            {
                return piece.offset + (byte ?? piece.bytes / 2)
            }
        } catch {
            throw RecipeFault(recipe, error.description)
        }
        throw RecipeFault(recipe, "damageChunk: '\(path)' has no stored chunk \(number)")
    }

    private func apply(to bytes: inout [UInt8], recipe: String) throws(RecipeFault) {
        switch self {
        case .truncate(let count):
            let kept = count < 0 ? bytes.count + count : count
            guard (0...bytes.count).contains(kept) else {
                throw RecipeFault(recipe, "truncate \(count): the file has \(bytes.count) bytes")
            }
            bytes.removeLast(bytes.count - kept)
        case .patch(let offset, let patch):
            guard offset + patch.count <= bytes.count else {
                throw RecipeFault(recipe, "patch at \(offset): the file has \(bytes.count) bytes")
            }
            bytes.replaceSubrange(offset..<offset + patch.count, with: patch)
        case .damageChunk: return
        case .swapLinks(let number): try Self.swapLinks(number, in: &bytes, recipe)
        case .typeVersion(let version): try Self.setTypeVersion(version, in: &bytes, recipe)
        case .superblockFlags(let flags):
            // Version 3: signature 8, version, sizes of offsets and lengths, flags, four addresses, checksum.
            guard bytes.count >= 48, bytes[8] == 3, bytes[9] == 8 else {
                throw RecipeFault(
                    recipe, "superblockFlags: the file has no superblock of version 3; state format latest")
            }
            bytes[11] = flags
            Self.renewSum(&bytes, from: 0, to: 44)
        }
    }

    /// Places of a signature.
    private static func places(of signature: String, in bytes: [UInt8]) -> [Int] {
        let wanted = Array(signature.utf8)
        return bytes.indices.dropLast(wanted.count).filter { bytes[$0...].starts(with: wanted) }
    }

    private static func number(_ bytes: [UInt8], at place: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    private static func renewSum(_ bytes: inout [UInt8], from start: Int, to end: Int) {
        let sum = bytes[start..<end].withUnsafeBytes { lookup3($0) }
        for byte in 0..<4 { bytes[end + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * byte)) }
    }

    /// The head of a tree: signature 4, version, kind, sizes of node 4 and record 2, depth 2, percents 2, root 8, records 2.
    private static func swapLinks(_ number: Int, in bytes: inout [UInt8], _ recipe: String) throws(RecipeFault) {
        let heads = places(of: "BTHD", in: bytes).filter { $0 + 38 <= bytes.count && bytes[$0 + 5] == 5 }
        guard heads.indices.contains(number), Self.number(bytes, at: heads[number] + 12, 2) == 0 else {
            throw RecipeFault(recipe, "swapLinks \(number): the file has \(heads.count) such indices")
        }
        let root = Self.number(bytes, at: heads[number] + 16, 8)
        let size = Self.number(bytes, at: heads[number] + 10, 2)
        let count = Self.number(bytes, at: heads[number] + 24, 2)
        // A node: signature 4, version, kind, records, checksum.
        let end = root + 6 + count * size
        guard count > 1, root >= 0, end + 4 <= bytes.count else {
            throw RecipeFault(recipe, "swapLinks \(number): the index has \(count) records")
        }
        for index in root + 6..<root + 6 + size { bytes.swapAt(index, index + size) }
        renewSum(&bytes, from: root, to: end)
    }

    /// A header: signature 4, version, flags, times and bounds as flags say, size, messages, checksum.
    private static func setTypeVersion(
        _ version: UInt8, in bytes: inout [UInt8], _ recipe: String
    ) throws(RecipeFault) {
        var count = 0
        for start in places(of: "OHDR", in: bytes) where bytes.count - start > 16 && bytes[start + 4] == 2 {
            let flags = bytes[start + 5]
            let width = 1 << Int(flags & 3)
            var place = start + 6 + (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0)
            let size = number(bytes, at: place, width)
            place += width
            let end = place + size
            let head = flags & 4 != 0 ? 6 : 4
            while end - place >= head {
                let length = Int(bytes[place + 1]) | Int(bytes[place + 2]) << 8
                let body = place + head
                if bytes[place] == 3, bytes[body] >> 4 == 3, [6, 8, 10].contains(bytes[body] & 15) {
                    bytes[body] = version << 4 | bytes[body] & 15
                    count += 1
                }
                place = body + length
            }
            renewSum(&bytes, from: start, to: end)
        }
        guard count > 0 else { throw RecipeFault(recipe, "typeVersion: there is no such type; state format latest") }
    }

    private static func write(_ bytes: [UInt8], to file: String, recipe: String) throws(RecipeFault) {
        guard let stream = fopen(file, "wb") else { throw RecipeFault(recipe, "cannot write '\(file)'") }
        let written = fwrite(bytes, 1, bytes.count, stream)
        let isClosed = fclose(stream) == 0
        guard written == bytes.count, isClosed else { throw RecipeFault(recipe, "cannot write '\(file)'") }
    }
}
