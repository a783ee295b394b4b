// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A digest that this program can take of a file.
public enum DigestAlgorithm: String, Sendable, Hashable, CaseIterable, Comparable {
    case md5, sha1, sha224, sha256, sha384, sha512
    /// CRC-32C, the polynomial of Castagnoli.
    case crc32c
    /// XXH3 of 64 bits, seed 0.
    case xxh3

    /// Those that lists are made with; the others are read in lists of bags that were made elsewhere.
    public static let offered: [DigestAlgorithm] = [.md5, .sha256, .sha512, .crc32c, .xxh3]

    /// Number of hexadecimal digits.
    public var digits: Int {
        switch self {
        case .md5: 32
        case .sha1: 40
        case .sha224: 56
        case .sha256: 64
        case .sha384: 96
        case .sha512: 128
        case .crc32c: 8
        case .xxh3: 16
        }
    }

    /// The word before the name in lines of the form `SHA256 (name) = …`.
    ///
    /// - Source: GNU coreutils, sha256sum --tag; xxhsum --tag.
    public var tag: String { rawValue.uppercased() }

    public static func < (a: DigestAlgorithm, b: DigestAlgorithm) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .md5: 0
        case .sha1: 1
        case .sha224: 2
        case .sha256: 3
        case .sha384: 4
        case .sha512: 5
        case .crc32c: 6
        case .xxh3: 7
        }
    }
}

/// Digests of the same bytes in several algorithms.
public struct Digests: Sendable, Hashable {
    /// Lower case hexadecimal by algorithm; numbers begin with their highest digit.
    public private(set) var values: [DigestAlgorithm: String]
    /// Number of bytes that they are of.
    public let byteCount: Int

    public init(_ values: [DigestAlgorithm: String], byteCount: Int) {
        self.values = values
        self.byteCount = byteCount
    }

    /// The digest in one algorithm; nil where it was not asked for.
    public subscript(_ algorithm: DigestAlgorithm) -> String? { values[algorithm] }

    /// The algorithms, in their order.
    public var algorithms: [DigestAlgorithm] { values.keys.sorted() }

    /// Digests bytes in memory.
    public static func of(_ bytes: [UInt8], _ algorithms: Set<DigestAlgorithm>) -> Digests {
        let stream = DigestStream(algorithms)
        bytes.withUnsafeBytes { stream.update($0) }
        return stream.finish()
    }
}
