// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Digest

/// How the pixels of a scan are written.
public struct PixelSettings: Sendable {
    /// How the chunk of a frame is packed; option `--compression`.
    public enum Compression: Sendable, Hashable {
        /// Bitshuffle with LZ4 in blocks of 8192 bytes.
        case bitshuffleLZ4
        /// zlib, levels 1 to 9.
        case gzip(Int)
        case none
    }

    /// What an element becomes; option `--element-type`.
    public enum ElementChoice: Sendable, Hashable {
        /// The type that keeps every value and that readers take: see `PixelPlan`.
        case lossless
        /// Unsigned 16-bit integers: refused where a count is above 65 533; what holds no count becomes 65 535.
        case uint16
    }

    public var compression = Compression.bitshuffleLZ4
    public var elements = ElementChoice.lossless
    /// The lowest count; what is below holds none. `NXdetector/underload_value`, imgCIF `_array_intensities.underload`.
    public var lowest = 0.0
    /// The way from stored values to counts, which are written as 32-bit reals; nil: values are written as they are stored.
    public var linearisation: Linearisation?
    /// Threads; nil: as many as there are processors. The bytes that are written do not depend on it.
    public var jobs: Int?
    /// Bytes that frames under way may take; nil: no bound beyond that of their number.
    public var memory: Int?
    /// Frames a data file of its own holds; nil: all frames lie in the one file. Option `--frames-per-file`.
    public var framesPerFile: Int?
    /// A frame that cannot be read is written like a missing one, instead of ending the scan; `--missing fill`.
    public var fillsDamaged = false
    /// Content-MD5 of sections is compared.
    public var checksMD5 = true
    /// Digests of the input files, taken in the same read.
    public var inputDigests: Set<DigestAlgorithm> = [.md5, .sha256]
    /// The digest of the pixels of each frame.
    public var pixelDigest = DigestAlgorithm.xxh3
    /// Chunks that are packed as wanted are copied without being decoded; false with `--verify pixels`.
    public var copiesChunks = true

    public init() {}
}
