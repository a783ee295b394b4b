// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Digest
public import Frames

/// What was written of the pixels of a scan, and what was learnt on the way.
public struct WrittenPixels: Sendable {
    /// One frame, in the order of the scan.
    public struct Frame: Sendable {
        /// How it came into the file.
        public enum Way: Sendable, Hashable {
            case packed
            /// Its chunk was copied without decoding; its digest is not known.
            case copied
            /// It is missing, or could not be read: says why.
            case filled(String)

            /// There are pixels of the input behind it.
            public var hasPixels: Bool { if case .filled = self { false } else { true } }
        }

        public let way: Way
        /// The digest of its elements as they are stored, little endian; nil for a chunk that was copied.
        public let digest: String?
        /// Digests of the input file in which it lies.
        public let input: Digests?
        /// A checksum that does not fit and that is let pass.
        public let checksum: ChecksumFault?
        /// Bytes of its chunk.
        public let bytes: Int
        /// Bytes of its input that were read.
        public let bytesRead: Int
    }

    public let frames: [Frame]
    /// One number a pixel of a frame, bits 0 (gap) and 1 (dead): what holds no count in any frame. Chunks are copied without
    /// looking only where no pixel can hold less than a count.
    public let mask: [UInt8]
    /// SHA-256 over the digests of the frames, one a line; nil where one of them is not known.
    public let digest: String?
    /// Names of the data files, in their order; empty where the frames lie in the one file.
    public internal(set) var files: [String]

    /// Bytes of all chunks.
    public var bytes: Int { frames.reduce(0) { $0 + $1.bytes } }
    /// Bytes of input that were read.
    public var bytesRead: Int { frames.reduce(0) { $0 + $1.bytesRead } }
}
