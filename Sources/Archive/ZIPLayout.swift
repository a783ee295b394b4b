// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// A ZIP archive with stored members, laid out before a byte of them is read: names and sizes say where everything lies.
///
/// The same members give the same bytes: no time of a clock, no user, no order but that of the members. Headers of 64 bits
/// stand only where a number needs them, for there are readers that know none.
/// - Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
public struct ZIPLayout: Sendable {
    /// A file that is to lie in the archive.
    public struct Member: Sendable, Hashable {
        /// Path of the member.
        public let name: Name
        /// Bytes.
        public let size: Int

        public init(_ name: Name, size: Int) {
            self.name = name
            self.size = size
        }
    }

    /// In the order of the archive.
    public let members: [Member]
    /// Where the header of each member begins.
    public let offsets: [Int]
    /// Where the central directory begins.
    public let directoryOffset: Int
    /// Bytes of the whole archive.
    public let size: Int
    /// Some header has numbers of 64 bits.
    public let isZIP64: Bool

    /// The longest name that a header has room for, in bytes.
    public static let longestName = 0xFFFF

    /// Lays out the members in this order.
    ///
    /// - Parameter members: With names of at most `longestName` bytes, and sizes that are not negative.
    public init(_ members: [Member]) {
        self.members = members
        var offsets: [Int] = []
        offsets.reserveCapacity(members.count)
        var at = 0
        var directory = 0
        var isWide = members.count >= 0xFFFF
        for member in members {
            precondition(
                member.size >= 0 && member.name.bytes.count <= Self.longestName, "a member that a ZIP can hold")
            offsets.append(at)
            directory += 46 + member.name.bytes.count + Self.extraOfDirectory(member, at: at)
            isWide = isWide || Self.extraOfDirectory(member, at: at) > 0
            at += Self.headerSize(member) + member.size
        }
        self.offsets = offsets
        directoryOffset = at
        isWide = isWide || at >= Self.wide || directory >= Self.wide
        isZIP64 = isWide
        let isEndWide = members.count >= 0xFFFF || at >= Self.wide || directory >= Self.wide
        size = at + directory + 22 + (isEndWide ? 56 + 20 : 0)
    }

    /// Bytes that a member takes in an archive beside its own, as long as no number is of 64 bits.
    public static func cost(of name: Name) -> Int { 30 + 46 + 2 * name.bytes.count }

    /// Bytes of an archive without members.
    public static let emptySize = 22

    /// Where the bytes of a member begin.
    public func dataOffset(of index: Int) -> Int { offsets[index] + Self.headerSize(members[index]) }

    /// What stands before the bytes of a member.
    ///
    /// - Parameter sum: CRC-32 of its bytes.
    public func header(of index: Int, sum: UInt32) -> [UInt8] {
        let member = members[index]
        let isWide = member.size >= Self.wide
        var out = Bytes()
        out.put(0x0403_4B50, 4)
        out.put(isWide ? 45 : 10, 2)
        common(member, sum, &out)
        out.put(isWide ? 20 : 0, 2)
        out.bytes += member.name.bytes
        if isWide {
            out.put(1, 2)
            out.put(16, 2)
            out.put(member.size, 8)
            out.put(member.size, 8)
        }
        return out.bytes
    }

    /// The central directory and the end of the archive.
    ///
    /// - Parameter sums: CRC-32 of each member.
    public func directory(sums: [UInt32]) -> [UInt8] {
        precondition(sums.count == members.count, "one sum for each member")
        var out = Bytes()
        for (index, member) in members.enumerated() {
            let offset = offsets[index]
            let extra = Self.extraOfDirectory(member, at: offset)
            out.put(0x0201_4B50, 4)
            // Made by UNIX.
            out.put(3 << 8 | (extra > 0 ? 45 : 20), 2)
            out.put(extra > 0 ? 45 : 10, 2)
            common(member, sums[index], &out)
            out.put(extra, 2)
            out.put(0, 2)
            out.put(0, 2)
            out.put(0, 2)
            out.put(0o100644 << 16, 4)
            out.put(min(offset, Self.wide), 4)
            out.bytes += member.name.bytes
            if extra > 0 {
                out.put(1, 2)
                out.put(extra - 4, 2)
                if member.size >= Self.wide {
                    out.put(member.size, 8)
                    out.put(member.size, 8)
                }
                if offset >= Self.wide { out.put(offset, 8) }
            }
        }
        let length = out.bytes.count
        if members.count >= 0xFFFF || directoryOffset >= Self.wide || length >= Self.wide {
            out.put(0x0606_4B50, 4)
            out.put(44, 8)
            out.put(3 << 8 | 45, 2)
            out.put(45, 2)
            out.put(0, 4)
            out.put(0, 4)
            out.put(members.count, 8)
            out.put(members.count, 8)
            out.put(length, 8)
            out.put(directoryOffset, 8)
            out.put(0x0706_4B50, 4)
            out.put(0, 4)
            out.put(directoryOffset + length, 8)
            out.put(1, 4)
        }
        out.put(0x0605_4B50, 4)
        out.put(0, 2)
        out.put(0, 2)
        out.put(min(members.count, 0xFFFF), 2)
        out.put(min(members.count, 0xFFFF), 2)
        out.put(min(length, Self.wide), 4)
        out.put(min(directoryOffset, Self.wide), 4)
        out.put(0, 2)
        return out.bytes
    }

    // MARK: Parts

    /// From here on a number of 32 bits does not hold it.
    private static let wide = 0xFFFF_FFFF
    /// 1980-01-01, the first day that a ZIP can state; at 00:00:00.
    private static let day = 1 << 5 | 1

    /// Flags, method, time, sum, sizes and the length of the name, which both headers have in this order.
    private func common(_ member: Member, _ sum: UInt32, _ out: inout Bytes) {
        out.put(Self.flags(member.name), 2)
        out.put(0, 2)
        out.put(0, 2)
        out.put(Self.day, 2)
        out.put(Int(sum), 4)
        out.put(min(member.size, Self.wide), 4)
        out.put(min(member.size, Self.wide), 4)
        out.put(member.name.bytes.count, 2)
    }

    /// Bit 11 says that the name is UTF-8; ASCII needs no word, and bytes that are no UTF-8 get none.
    private static func flags(_ name: Name) -> Int {
        guard name.bytes.contains(where: { $0 >= 0x80 }) else { return 0 }
        return String(validating: name.bytes, as: UTF8.self) == nil ? 0 : 1 << 11
    }

    private static func headerSize(_ member: Member) -> Int {
        30 + member.name.bytes.count + (member.size >= wide ? 20 : 0)
    }

    private static func extraOfDirectory(_ member: Member, at offset: Int) -> Int {
        let numbers = (member.size >= wide ? 16 : 0) + (offset >= wide ? 8 : 0)
        return numbers == 0 ? 0 : 4 + numbers
    }

    /// Numbers, the lowest byte first.
    private struct Bytes {
        var bytes: [UInt8] = []

        mutating func put(_ number: Int, _ count: Int) {
            for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
        }
    }
}
