// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Digest
public import Transport

/// What a list says of files: names, sizes, digests, and the digests of their stored parts.
public struct Manifest: Sendable, Hashable {
    /// One file.
    public struct Entry: Sendable, Hashable {
        public var name: Name
        /// Bytes; nil where the list does not say.
        public var size: Int?
        /// In the order of the list; a list may state two of one algorithm.
        public var digests: [Stated]
        /// Chunks and sections in the order of the list; nil where none are listed.
        public var pieces: [Piece]?

        public init(_ name: Name, size: Int? = nil, digests: [Stated], pieces: [Piece]? = nil) {
            self.name = name
            self.size = size
            self.digests = digests
            self.pieces = pieces
        }
    }

    /// A digest that a list states.
    public struct Stated: Sendable, Hashable {
        public let algorithm: DigestAlgorithm
        /// Lower case hexadecimal.
        public let digest: String

        public init(_ algorithm: DigestAlgorithm, _ digest: String) {
            self.algorithm = algorithm
            self.digest = digest
        }
    }

    /// A stored part of a file with a digest of its own.
    public struct Piece: Sendable, Hashable {
        public let kind: Kind
        /// Where it lies in the file, in bytes; for people, since files are rewritten.
        public let address: Int
        /// Bytes as they are stored.
        public let size: Int
        /// Frames that it holds from its first one on; 1 for sections and for parts of one image.
        public let frames: Int
        /// XXH3; nil where the file ends before the part does.
        public var digest: String?

        public enum Kind: Sendable, Hashable {
            /// A binary section of a CBF, from 1.
            case section(Int)
            /// A chunk of an HDF5 dataset, by the indices of its first element; [slow … fast].
            case chunk(dataset: String, first: [Int])
        }

        public init(_ kind: Kind, address: Int, size: Int, frames: Int = 1, digest: String? = nil) {
            self.kind = kind
            self.frames = frames
            self.address = address
            self.size = size
            self.digest = digest
        }
    }

    /// A line or member that is no entry, and why.
    public struct Fault: Sendable, Hashable {
        /// From 1; nil for what has no line.
        public let line: Int?
        public let words: String

        public init(_ line: Int?, _ words: String) {
            self.line = line
            self.words = words
        }
    }

    public var entries: [Entry]
    public var faults: [Fault] = []

    public init(_ entries: [Entry]) { self.entries = entries }

    /// Reads a list of either form; JSON is told by its first byte.
    public static func read(_ bytes: [UInt8]) -> Manifest {
        let first = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        return first == UInt8(ascii: "{") ? ManifestJSON.read(bytes) : SumLines.read(bytes)
    }
}

/// The forms in which a manifest is written.
public enum ManifestForm: Sendable, Hashable {
    /// `DIGEST  NAME`, as sha256sum and its kin write and read it.
    case lines(DigestAlgorithm)
    /// `SHA256 (NAME) = DIGEST`, in any number of algorithms.
    case tagged
    /// With sizes, and with the parts of files.
    case json

    /// The form that a name asks for; nil for a name that says nothing.
    public static func of(_ path: String) -> ManifestForm? {
        let name = Name(path).last.text.lowercased()
        if name.hasSuffix(".json") { return .json }
        let algorithm = DigestAlgorithm.allCases.first { one in
            name == one.rawValue + "sums" || name.hasSuffix("." + one.rawValue)
                || name.hasPrefix(one.rawValue + "sums.")
                || name == "manifest-\(one.rawValue).txt"
        }
        return algorithm.map { .lines($0) }
    }

    /// The manifest in this form.
    public func bytes(_ manifest: Manifest, program: String) -> [UInt8] {
        switch self {
        case .lines(let algorithm): SumLines.bytes(manifest, [algorithm], isTagged: false)
        case .tagged: SumLines.bytes(manifest, DigestAlgorithm.allCases, isTagged: true)
        case .json: ManifestJSON.bytes(manifest, program: program)
        }
    }
}
