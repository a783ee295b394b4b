// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5
internal import TestSupport

/// A sound file, where its structures begin, and which of its bytes stand under a checksum.
struct DamagedFile {
    private let bytes: [UInt8]
    private let marks: [Int]
    private let blocks: [ChecksumBlock]
    /// Addresses that stand in the file, so that one is put in the place of another.
    private let addresses: [UInt64]

    /// Signatures of blocks; a message of an object header begins with a small number and a null.
    private static let signatures =
        ChecksumBlock.signatures
        + ["TREE", "HEAP", "SNOD", "GCOL", "\u{1}\u{0}", "\u{3}\u{0}", "\u{8}\u{0}", "\u{B}\u{0}", "\u{C}\u{0}"]

    init?(_ path: String) {
        guard let bytes = FuzzCases.bytes(of: path), bytes.count > 64 else { return nil }
        self.bytes = bytes
        blocks = ChecksumBlock.all(in: bytes)
        marks =
            blocks.map(\.start)
            + Self.signatures.flatMap { signature in
                bytes.indices.lazy.filter { bytes[$0...].starts(with: signature.utf8) }.prefix(64)
            }
        addresses = marks.map { UInt64($0) } + [0, .max, UInt64(bytes.count)]
    }

    /// The file with a few bytes changed, most of them in its structures, and now and then cut.
    ///
    /// In three cases of four the checksums of what was changed are made right again, as a stranger would.
    func damaged(_ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        var changed: [Int] = []
        for _ in 0..<([1, 1, 1, 2, 2, 4, 16].randomElement(using: &numbers) ?? 1) {
            let isNear = !marks.isEmpty && Int.random(in: 0..<8, using: &numbers) > 0
            let mark = marks.randomElement(using: &numbers) ?? 0
            let reach = [16, 64, 64, 512].randomElement(using: &numbers) ?? 64
            let place =
                isNear
                ? mark + Int.random(in: 0..<reach, using: &numbers) : Int.random(in: 0..<bytes.count, using: &numbers)
            change(&bytes, at: min(place, bytes.count - 1), &changed, &numbers)
        }
        if Int.random(in: 0..<4, using: &numbers) > 0 {
            for block in blocks where changed.contains(where: block.holds) { block.renew(&bytes) }
        }
        if Int.random(in: 0..<40, using: &numbers) == 0 {
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers))
        }
        return bytes
    }

    private func change(
        _ bytes: inout [UInt8], at place: Int, _ changed: inout [Int], _ numbers: inout SeededNumbers
    ) {
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0:
            // A record in the place of its neighbour.
            let size = [7, 8, 11, 16, 17, 24, 32, 40].randomElement(using: &numbers) ?? 8
            guard place + 2 * size <= bytes.count else { return }
            for index in place..<place + size { bytes.swapAt(index, index + size) }
            changed += [place, place + size]
        case 1:
            // What stands elsewhere.
            let size = Int.random(in: 1...40, using: &numbers)
            let source = Int.random(in: 0..<bytes.count, using: &numbers)
            guard max(place, source) + size <= bytes.count else { return }
            bytes.replaceSubrange(place..<place + size, with: Array(bytes[source..<source + size]))
            changed += [place, place + size - 1]
        case 2:
            guard place + 8 <= bytes.count, let address = addresses.randomElement(using: &numbers) else { return }
            for index in 0..<8 { bytes[place + index] = UInt8(truncatingIfNeeded: address >> UInt64(8 * index)) }
            changed += [place, place + 7]
        default:
            let old = bytes[place]
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &numbers)
            let random = UInt8.random(in: 0...255, using: &numbers)
            bytes[place] = [0, 1, 0xFF, old ^ bit, old &+ 1, old &- 1, random].randomElement(using: &numbers) ?? 0
            changed.append(place)
        }
    }
}

/// Bytes of a sound file with the checksum that stands for them.
struct ChecksumBlock {
    /// Signatures of blocks that have one, and of the superblock.
    static let signatures = [
        "OHDR", "OCHK", "FRHP", "FHDB", "FHIB", "BTHD", "BTLF", "BTIN", "FAHD", "FADB", "EAHD", "EAIB", "EADB", "EASB",
        "SMTB", "SMLI",
    ]
    /// Bytes of a block that are tried; longer ones are not known.
    private static let longest = 4096

    let start: Int
    /// Bytes that the checksum is of.
    let count: Int
    /// Where it stands.
    private let place: Int

    func holds(_ changed: Int) -> Bool { changed >= start && changed < start + count && !isSum(changed) }

    private func isSum(_ byte: Int) -> Bool { byte >= place && byte < place + 4 }

    func renew(_ bytes: inout [UInt8]) {
        guard start + max(count, place + 4 - start) <= bytes.count else { return }
        Self.put(Self.sum(bytes, start, count, without: place), at: place, &bytes)
    }

    /// The blocks of a file: whatever bytes behind a signature are followed by their checksum.
    static func all(in bytes: [UInt8]) -> [ChecksumBlock] {
        var blocks: [ChecksumBlock] = []
        if bytes.count >= 48, bytes[8] >= 2, let one = found(bytes, at: 0, [44]) { blocks.append(one) }
        for signature in signatures {
            let places = bytes.indices.lazy.filter { bytes[$0...].starts(with: signature.utf8) }
            for start in places.prefix(512) {
                let block = signature == "FHDB" ? direct(bytes, at: start) : found(bytes, at: start, 10..<longest)
                if let block { blocks.append(block) }
            }
        }
        return blocks + lists(bytes)
    }

    private static func found(_ bytes: [UInt8], at start: Int, _ counts: some Sequence<Int>) -> ChecksumBlock? {
        for count in counts {
            guard start + count + 4 <= bytes.count else { return nil }
            let place = start + count
            if number(bytes, place) == sum(bytes, start, count, without: place) {
                return ChecksumBlock(start: start, count: count, place: place)
            }
        }
        return nil
    }

    /// A block of a heap, whose checksum stands behind its head and is of the whole, itself taken as zero.
    private static func direct(_ bytes: [UInt8], at start: Int) -> ChecksumBlock? {
        for size in (9...16).map({ 1 << $0 }) where start + size <= bytes.count {
            for place in (start + 14)...(start + 21)
            where number(bytes, place) == sum(bytes, start, size, without: place) {
                return ChecksumBlock(start: start, count: size, place: place)
            }
        }
        return nil
    }

    /// Lists of virtual sources, which are objects of a heap and end with their checksum.
    private static func lists(_ bytes: [UInt8]) -> [ChecksumBlock] {
        bytes.indices.filter { bytes[$0...].starts(with: "GCOL".utf8) }.compactMap { heap in
            found(bytes, at: heap + 32, 10..<longest)
        }
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
    }

    private static func put(_ number: UInt32, at place: Int, _ bytes: inout [UInt8]) {
        for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * index)) }
    }

    private static func sum(_ bytes: [UInt8], _ start: Int, _ count: Int, without place: Int) -> UInt32 {
        bytes.withUnsafeBytes { whole in
            let block = UnsafeRawBufferPointer(rebasing: whole[start..<start + count])
            guard place >= start, place < start + count else { return lookup3(block) }
            var plain = Array(block)
            plain.replaceSubrange((place - start)..<(place - start + 4), with: [0, 0, 0, 0])
            return plain.withUnsafeBytes { lookup3($0) }
        }
    }
}
