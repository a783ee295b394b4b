// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Transport

/// The entries of a TAR, one after the other.
///
/// - Source: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
struct TarReader {
    /// One entry; the stream stands at its data.
    struct Entry {
        let member: ArchiveMember
        /// Where the data begin.
        let start: Int
        /// Why the data are not what a reader of the name expects.
        let unread: String?
    }

    /// What stands at a place of the stream.
    enum Step {
        case entry(Entry)
        case end
        /// Nothing more can be told.
        case lost
    }

    private let stream: any ByteStream
    private(set) var faults: [ArchiveListing.Fault] = []
    /// Names and sizes that the next entry has instead of its own.
    private var nextName: [UInt8]?
    private var nextSize: Int?
    private var isSparse = false
    /// A header that was found where another one was damaged.
    private var pending: [UInt8]?
    private var last: String?

    private static let block = 512
    /// Bytes of a name or of a pax header.
    private static let mostHeader = 1 << 20

    init(_ stream: any ByteStream) { self.stream = stream }

    /// The next entry. Its data are read or passed over before the next call, with the padding behind them.
    mutating func next() throws(Failure) -> Step {
        while true {
            let block: [UInt8]
            if let found = pending { block = found } else { block = try stream.read(Self.block) }
            pending = nil
            if block.isEmpty {
                faults.append(ArchiveListing.Fault(.unended, nil, "has no end marker behind its last member"))
                return .end
            }
            guard block.count == Self.block else {
                faults.append(ArchiveListing.Fault(.damaged, nil, "is cut inside the header of a member\(after)"))
                return .lost
            }
            if block.allSatisfy({ $0 == 0 }) { return .end }
            guard Self.hasSum(block) else {
                faults.append(
                    ArchiveListing.Fault(.damaged, nil, "has a header that does not fit its checksum\(after)"))
                guard try resume() else { return .lost }
                continue
            }
            guard let size = nextSize ?? Self.number(block[124..<136]) else {
                faults.append(ArchiveListing.Fault(.damaged, nil, "has a header without a size\(after)"))
                return .lost
            }
            let type = block[156]
            switch type {
            case UInt8(ascii: "L"), UInt8(ascii: "K"), UInt8(ascii: "x"), UInt8(ascii: "g"):
                guard let text = try header(size) else { return .lost }
                if type == UInt8(ascii: "L") { nextName = Array(text.prefix { $0 != 0 }) }
                if type == UInt8(ascii: "x") { takePax(text) }
                continue
            default: break
            }
            let name = Name(bytes: nextName ?? Self.name(block)).text
            let (kind, unread) = kind(type, name)
            // Links have no data, whatever size they state.
            let isEmpty = kind == .link || kind == .device || kind == .folder
            let entry = Entry(
                member: ArchiveMember(name: name, kind: kind, size: isEmpty ? 0 : size), start: stream.position,
                unread: unread)
            (nextName, nextSize, isSparse) = (nil, nil, false)
            last = name
            return .entry(entry)
        }
    }

    /// Bytes behind the data of an entry up to the next header.
    static func padding(_ size: Int) -> Int { (block - size % block) % block }

    private var after: String { last.map { " after '\($0)'" } ?? "" }

    private func kind(_ type: UInt8, _ name: String) -> (ArchiveMember.Kind, unread: String?) {
        switch type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
            if isSparse { return (.file, "is stored with holes, which are not filled here") }
            return (name.hasSuffix("/") ? .folder : .file, nil)
        case UInt8(ascii: "5"): return (.folder, nil)
        case UInt8(ascii: "1"), UInt8(ascii: "2"): return (.link, nil)
        case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): return (.device, nil)
        case UInt8(ascii: "S"): return (.file, "is stored with holes, which are not filled here")
        default: return (.file, "is an entry of an unknown type")
        }
    }

    /// Passes on to the next header that fits its checksum; false at the end.
    private mutating func resume() throws(Failure) -> Bool {
        while true {
            let block = try stream.read(Self.block)
            guard block.count == Self.block else { return false }
            if block[257..<262].elementsEqual("ustar".utf8), Self.hasSum(block) {
                pending = block
                return true
            }
        }
    }

    private mutating func header(_ size: Int) throws(Failure) -> [UInt8]? {
        guard size <= Self.mostHeader else {
            faults.append(ArchiveListing.Fault(.damaged, nil, "has a name of \(size) bytes\(after)"))
            return nil
        }
        let text = try stream.read(size)
        let padding = Self.padding(size)
        guard text.count == size, try stream.skip(padding) == padding else {
            faults.append(ArchiveListing.Fault(.damaged, nil, "is cut inside the header of a member\(after)"))
            return nil
        }
        nextSize = nil
        return text
    }

    /// Records "LENGTH KEYWORD=VALUE\n".
    private mutating func takePax(_ text: [UInt8]) {
        var rest = text[...]
        while let blank = rest.firstIndex(of: 0x20), let length = Int(String(decoding: rest[..<blank], as: UTF8.self)),
            length > blank - rest.startIndex, length <= rest.count
        {
            let record = rest[(blank + 1)..<(rest.startIndex + length)]
            rest = rest[(rest.startIndex + length)...]
            guard let sign = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            var value = record[(sign + 1)...]
            if value.last == 0x0A { value = value.dropLast() }
            switch String(decoding: record[..<sign], as: UTF8.self) {
            case "path": nextName = Array(value)
            case "size": nextSize = Int(String(decoding: value, as: UTF8.self)).flatMap { $0 >= 0 ? $0 : nil }
            case "GNU.sparse.name": nextName = Array(value)
            case let word where word.hasPrefix("GNU.sparse."): isSparse = true
            default: break
            }
        }
    }

    // MARK: Fields

    private static func name(_ block: [UInt8]) -> [UInt8] {
        let name = Array(block[0..<100].prefix { $0 != 0 })
        let isUstar = block[257..<262].elementsEqual("ustar".utf8) && block[262] == 0
        let prefix = isUstar ? Array(block[345..<500].prefix { $0 != 0 }) : []
        return prefix.isEmpty ? name : prefix + [0x2F] + name
    }

    /// The sum of the bytes of a header, those of the sum itself counted as blanks; some old programs sum signed bytes.
    static func hasSum(_ block: [UInt8]) -> Bool {
        guard block.count == Self.block, let stated = number(block[148..<156]) else { return false }
        var plain = 0
        var signed = 0
        for (index, byte) in block.enumerated() {
            let value = (148..<156).contains(index) ? 0x20 : byte
            plain += Int(value)
            signed += Int(Int8(bitPattern: value))
        }
        return stated == plain || stated == signed
    }

    /// Octal digits, or with the first bit set a binary number; nil for anything else.
    static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            // Negative numbers are none here.
            guard first & 0x40 == 0 else { return nil }
            var value = Int(first & 0x3F)
            for byte in field.dropFirst() {
                let (shifted, overflow) = value.multipliedReportingOverflow(by: 256)
                guard !overflow, shifted <= Int.max - 255 else { return nil }
                value = shifted + Int(byte)
            }
            return value
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        var value = 0
        for digit in digits {
            guard (0x30...0x37).contains(digit) else { return nil }
            value = value * 8 + Int(digit - 0x30)
        }
        return value
    }
}
