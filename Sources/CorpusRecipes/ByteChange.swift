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
        for change in changes { try change.apply(to: &bytes, recipe: recipe) }
        try write(bytes, to: file, recipe: recipe)
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
        case .superblockFlags(let flags):
            // Version 3: signature 8, version, sizes of offsets and lengths, flags, four addresses, checksum.
            guard bytes.count >= 48, bytes[8] == 3, bytes[9] == 8 else {
                throw RecipeFault(
                    recipe, "superblockFlags: the file has no superblock of version 3; state format latest")
            }
            bytes[11] = flags
            let sum = bytes[0..<44].withUnsafeBytes { lookup3($0) }
            for byte in 0..<4 { bytes[44 + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * byte)) }
        }
    }

    private static func write(_ bytes: [UInt8], to file: String, recipe: String) throws(RecipeFault) {
        guard let stream = fopen(file, "wb") else { throw RecipeFault(recipe, "cannot write '\(file)'") }
        let written = fwrite(bytes, 1, bytes.count, stream)
        let isClosed = fclose(stream) == 0
        guard written == bytes.count, isClosed else { throw RecipeFault(recipe, "cannot write '\(file)'") }
    }
}
