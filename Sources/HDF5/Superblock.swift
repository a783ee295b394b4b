// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What the first block of an HDF5 file says; read by ourselves, so that it is known of files libhdf5 refuses.
public struct Superblock: Sendable, Hashable {
    /// Version of the superblock, 0 to 3.
    public let version: Int
    /// Byte of the signature in the file.
    public let offset: Int
    /// Bytes before the base address, which belong to somebody else.
    public let userBlock: Int
    /// Where the file ends, in bytes from its start; nil if the superblock is cut off or says "undefined".
    public let statedEnd: UInt64?
    /// Bit 0 of the consistency flags of version 3.
    public let isOpenForWriting: Bool
    /// Bit 2 of the consistency flags of version 3.
    public let isOpenForSWMR: Bool
    /// Bytes of an address.
    let addressBytes: Int
    /// Address 0 of the file, in bytes from its start.
    let base: UInt64
    /// How much the stated end of the file is larger than the true count of bytes from its start.
    let endShift: UInt64
    /// Bytes of a length.
    let lengthBytes: Int
    /// Address of the header of the root group; nil if it is cut off or says "undefined".
    let root: UInt64?
    /// The versions of parts that versions 0 and 1 state are 0, as all are, and what they keep of the root is known.
    let hasSoundVersions: Bool
    /// The consistency flags are of those that were ever written, bits 0 to 2.
    let hasSoundFlags: Bool
    /// Bounds of version 1 B-trees and symbol table nodes; the extension of the superblock can state others.
    let treeSizes: TreeSizes
    /// Address of the driver information or of the extension of the superblock, if there is one.
    let annex: UInt64?
    /// What wrote the file, when it is one of several that only together are an HDF5 file.
    public private(set) var driver: Driver?

    /// A driver that spreads an HDF5 file over several.
    public enum Driver: Sendable, Hashable {
        /// Members of one size, one after the other.
        case family
        /// Kinds of data apart, such as metadata and raw data; the split driver writes the same.
        case multi

        /// The name that the driver has in a file.
        static let names: [(name: [UInt8], driver: Driver)] = [
            (Array("NCSAfami".utf8), .family), (Array("NCSAmult".utf8), .multi),
        ]

        /// The driver that is named in some bytes.
        init?(namedIn bytes: UnsafeRawBufferPointer) {
            for start in bytes.indices {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
                for (name, driver) in Self.names where rest.starts(with: name) {
                    self = driver
                    return
                }
            }
            return nil
        }
    }

    /// Bytes of the driver information, or of the extension of the superblock, that are searched for the name of a driver.
    private static let annexBytes = 256

    /// Half the children that nodes have, at most ("K").
    struct TreeSizes: Sendable, Hashable {
        var symbolNode = 4
        var group = 16
        var chunks = 32
    }

    static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Enough for every version with addresses of 8 bytes.
    static let longest = 128

    /// Looks for the signature at 0, 512, 1024, 2048 ... and reads what follows.
    ///
    /// - Source: HDF5 File Format Specification, superblock.
    public static func locate(_ bytes: UnsafeRawBufferPointer) -> Superblock? {
        var offset = 0
        while let end = sum(offset, signature.count), end <= bytes.count {
            if var found = Superblock(bytes, at: offset) {
                if let place = found.annexPlace, place < bytes.count {
                    let piece = UnsafeRawBufferPointer(rebasing: bytes[place...].prefix(annexBytes))
                    found.driver = Driver(namedIn: piece)
                }
                return found
            }
            offset = next(offset)
        }
        return nil
    }

    /// The superblock of a file, found with a few short reads; nil if there is no signature.
    public static func locate(in file: Source) throws(Failure) -> Superblock? {
        var offset = 0
        while let end = sum(offset, signature.count), end <= file.size {
            let piece = try file.bytes(at: offset, count: min(longest, file.size &- offset))
            let found = piece.withUnsafeBytes { Superblock($0, at: 0, shiftedBy: offset) }
            if var found {
                if let place = found.annexPlace, place < file.size {
                    let piece = try file.bytes(at: place, count: min(annexBytes, file.size &- place))
                    found.driver = piece.withUnsafeBytes { Driver(namedIn: $0) }
                }
                return found
            }
            offset = next(offset)
        }
        return nil
    }

    /// Where in the file the driver information or the extension stands.
    private var annexPlace: Int? { annex.flatMap { Int(exactly: $0) }.flatMap { Self.sum(offset, $0) } }

    private static func next(_ offset: Int) -> Int { offset == 0 ? 512 : offset &* 2 }

    private static func sum(_ a: Int, _ b: Int) -> Int? {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow || sum < 0 ? nil : sum
    }

    /// Reads the superblock whose signature stands at a byte of the buffer, which itself starts in the file at `shift`.
    private init?(_ bytes: UnsafeRawBufferPointer, at start: Int, shiftedBy shift: Int = 0) {
        let here = UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(Self.longest))
        guard here.starts(with: Self.signature) else { return nil }
        func byte(_ index: Int) -> Int { index < here.count ? Int(here[index]) : 0 }
        func address(_ index: Int, _ width: Int) -> UInt64? {
            guard width > 0, width <= 8, index &+ width <= here.count else { return nil }
            var value: UInt64 = 0
            for step in 0..<width { value |= UInt64(here[index &+ step]) << UInt64(8 &* step) }
            return value == UInt64.max >> UInt64(64 &- 8 &* width) ? nil : value
        }
        version = byte(8)
        var sizes = TreeSizes()
        if version < 2 {
            sizes.symbolNode = byte(16) | byte(17) << 8
            sizes.group = byte(18) | byte(19) << 8
            if version == 1 { sizes.chunks = byte(24) | byte(25) << 8 }
        }
        treeSizes = sizes
        hasSoundFlags =
            version >= 2 ? byte(11) <= 7 : byte(20) <= 7 && byte(21) == 0 && byte(22) == 0 && byte(23) == 0
        let flags: Int
        let first: Int
        let end: Int
        if version < 2 {
            addressBytes = byte(13)
            lengthBytes = byte(14)
            first = version == 0 ? 24 : 28
            end = first &+ 2 &* addressBytes
            flags = 0
            annex = address(first &+ 3 &* addressBytes, addressBytes)
            // After a place in a heap of names, which the root has none in.
            root = address(first &+ 5 &* addressBytes, addressBytes)
            // What is kept beside the root: nothing, a symbol table, or the value of a link.
            let kept = first &+ 6 &* addressBytes
            let isKnown = byte(kept) <= 2 && byte(kept &+ 1) == 0 && byte(kept &+ 2) == 0 && byte(kept &+ 3) == 0
            // Space that is free was never listed there.
            hasSoundVersions =
                byte(9) == 0 && byte(10) == 0 && byte(12) == 0 && isKnown
                && address(first &+ addressBytes, addressBytes) == nil
        } else {
            hasSoundVersions = true
            addressBytes = byte(9)
            lengthBytes = byte(10)
            first = 12
            end = first &+ 2 &* addressBytes
            flags = version >= 3 ? byte(11) : 0
            annex = address(first &+ addressBytes, addressBytes)
            root = address(first &+ 3 &* addressBytes, addressBytes)
        }
        offset = start &+ shift
        // libhdf5 believes the place of the signature more than the stated base address, and moves the end with it.
        endShift = (address(first, addressBytes) ?? 0) &- UInt64(offset)
        base = UInt64(offset)
        userBlock = offset
        let shift = endShift
        statedEnd = address(end, addressBytes).map { $0 &- shift }
        isOpenForWriting = flags & 1 != 0
        isOpenForSWMR = flags & 4 != 0
    }

    /// Where the stated end stands, from the signature.
    var endPlace: Int { (version == 0 ? 24 : version == 1 ? 28 : 12) &+ 2 &* addressBytes }

    /// Bytes up to the stated end or, where there is one, the checksum.
    var byteCount: Int { version < 2 ? endPlace &+ addressBytes : 16 &+ 4 &* addressBytes }
}
