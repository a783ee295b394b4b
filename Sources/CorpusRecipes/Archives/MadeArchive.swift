// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Archives made of members, as tests and corpora need them: also such as no sound program writes.
public enum MadeArchive {
    /// One member.
    public struct Member: Sendable {
        /// What a member is to be.
        public enum Kind: Sendable { case file, folder, link }

        public var name: String
        public var bytes: [UInt8]
        public var kind = Kind.file

        public init(_ name: String, _ bytes: [UInt8], kind: Kind = .file) {
            self.name = name
            self.bytes = bytes
            self.kind = kind
        }
    }

    // MARK: ZIP

    /// How a ZIP is written.
    public struct ZIPForm: Sendable {
        /// Members are packed by deflate, in blocks that hold the bytes as they are.
        public var isPacked = false
        /// Places and sizes are of 64 bits.
        public var isWide = false
        /// Members are said to be encrypted.
        public var isEncrypted = false

        public init() {}
    }

    /// A ZIP archive.
    ///
    /// - Source: PKWARE APPNOTE 6.3.10, section 4.3.
    public static func zip(_ members: [Member], _ form: ZIPForm = ZIPForm()) -> [UInt8] {
        var all: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            let stored = form.isPacked ? deflated(member.bytes) : member.bytes
            let place = all.count
            let name = Array((member.name + (member.kind == .folder ? "/" : "")).utf8)
            let common =
                little(form.isWide ? 45 : 20, 2) + little(form.isEncrypted ? 1 : 0, 2)
                + little(form.isPacked ? 8 : 0, 2)
                + little(0, 2) + little(0x5C21, 2) + little(Int(sum(member.bytes)), 4)
            let sizes = [stored.count, member.bytes.count]
            let narrow = form.isWide ? little(0xFFFF_FFFF, 4) + little(0xFFFF_FFFF, 4) : sizes.flatMap { little($0, 4) }
            let wide = form.isWide ? little(1, 2) + little(16, 2) + little(sizes[1], 8) + little(sizes[0], 8) : []
            all +=
                little(0x0403_4B50, 4) + common + narrow + little(name.count, 2) + little(wide.count, 2) + name + wide
            all += stored
            let far = form.isWide ? little(1, 2) + little(24, 2) + wide.dropFirst(4) + little(place, 8) : []
            let mode = member.kind == .link ? 0o120777 : member.kind == .folder ? 0o040755 : 0o100644
            directory += little(0x0201_4B50, 4) + little(0x31E, 2) + common + narrow + little(name.count, 2)
            directory += little(far.count, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(mode << 16, 4)
            directory += little(form.isWide ? 0xFFFF_FFFF : place, 4) + name + far
        }
        let start = all.count
        all += directory
        let end = all.count
        if form.isWide {
            all += little(0x0606_4B50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 4) + little(0, 4)
            all += little(members.count, 8) + little(members.count, 8) + little(end - start, 8) + little(start, 8)
            all += little(0x0706_4B50, 4) + little(0, 4) + little(end, 8) + little(1, 4)
        }
        let count = form.isWide ? 0xFFFF : members.count
        all += little(0x0605_4B50, 4) + little(0, 4) + little(count, 2) + little(count, 2)
        all += little(form.isWide ? 0xFFFF_FFFF : end - start, 4) + little(form.isWide ? 0xFFFF_FFFF : start, 4)
        return all + little(0, 2)
    }

    /// The CRC-32 of ISO 3309, bit by bit.
    public static func sum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xEDB8_8320 }
        }
        return ~sum
    }

    /// A deflate stream of blocks that are not packed.
    ///
    /// - Source: RFC 1951 section 3.2.4.
    public static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = []
        var rest = bytes[...]
        repeat {
            let piece = rest.prefix(0xFFFF)
            rest = rest.dropFirst(piece.count)
            stream += [rest.isEmpty ? 1 : 0] + little(piece.count, 2) + little(~piece.count & 0xFFFF, 2) + piece
        } while !rest.isEmpty
        return stream
    }

    /// A gzip file.
    ///
    /// - Source: RFC 1952 section 2.3.
    public static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + deflated(bytes) + little(Int(sum(bytes)), 4)
            + little(bytes.count & 0xFFFF_FFFF, 4)
    }

    // MARK: TAR

    /// How names of more than 100 bytes are written.
    public enum LongNames: Sendable { case pax, gnu }

    /// A TAR archive.
    ///
    /// - Source: POSIX.1-2017 pax; GNU tar manual, "Basic Tar Format".
    public static func tar(_ members: [Member], longNames: LongNames = .pax) -> [UInt8] {
        var all: [UInt8] = []
        for member in members {
            let name = Array(member.name.utf8)
            if name.count > 100 {
                switch longNames {
                case .pax:
                    let text = " path=" + member.name + "\n"
                    var length = text.utf8.count
                    while String(length).utf8.count + text.utf8.count != length {
                        length = String(length).utf8.count + text.utf8.count
                    }
                    all += entry(Array("PaxHeaders/a".utf8), "x", Array((String(length) + text).utf8))
                case .gnu: all += entry(Array("././@LongLink".utf8), "L", name + [0])
                }
            }
            let type: Character = member.kind == .link ? "2" : member.kind == .folder ? "5" : "0"
            all += entry(Array(name.prefix(100)), type, member.kind == .file ? member.bytes : [], link: member.bytes)
        }
        return all + [UInt8](repeating: 0, count: 1024)
    }

    private static func entry(_ name: [UInt8], _ type: Character, _ bytes: [UInt8], link: [UInt8] = []) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: [UInt8], at place: Int) {
            header.replaceSubrange(place..<(place + text.count), with: text)
        }
        put(name, at: 0)
        put(Array("0000644\0".utf8), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(bytes.count, 11), at: 124)
        put(octal(0, 11), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        put([type.asciiValue ?? 0x30], at: 156)
        if type == "2" { put(Array(link.prefix(100)), at: 157) }
        put(Array("ustar\u{0}00".utf8), at: 257)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + [0x20], at: 148)
        return header + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    /// Octal digits and a byte of zero.
    private static func octal(_ number: Int, _ digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8) + [0]
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
