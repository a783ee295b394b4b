// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCrypto
internal import CDigest

/// The running state of several digests of one stream of bytes.
///
/// MD5 and SHA-256 go through libcrypto, or through our kernels where the processor has the instructions: both keep
/// their state in the structures of libcrypto, so that one can go on where the other stopped, at whole blocks.
public final class DigestStream {
    private let md5: UnsafeMutablePointer<MD5_CTX>?
    private let sha256: UnsafeMutablePointer<SHA256_CTX>?
    private let sha512: UnsafeMutablePointer<SHA512_CTX>?
    private let rarer: RarerDigests?
    private var crc32c: UInt32?
    private let xxh3: UnsafeMutableRawPointer?
    private let usesKernels: Bool
    private var byteCount = 0

    /// The processor has what the kernels need.
    static let hasKernels = imprimatur_digest_has_kernels() != 0

    public convenience init(_ algorithms: Set<DigestAlgorithm>) {
        self.init(algorithms, usesKernels: Self.hasKernels)
    }

    init(_ algorithms: Set<DigestAlgorithm>, usesKernels: Bool) {
        md5 = algorithms.contains(.md5) ? .allocate(capacity: 1) : nil
        sha256 = algorithms.contains(.sha256) ? .allocate(capacity: 1) : nil
        sha512 = algorithms.contains(.sha512) ? .allocate(capacity: 1) : nil
        rarer = RarerDigests(algorithms)
        crc32c = algorithms.contains(.crc32c) ? 0 : nil
        xxh3 = algorithms.contains(.xxh3) ? imprimatur_digest_xxh3_new() : nil
        precondition(xxh3 != nil || !algorithms.contains(.xxh3), "there is no memory for a digest")
        self.usesKernels = usesKernels
        if let md5 { MD5_Init(md5) }
        if let sha256 { SHA256_Init(sha256) }
        if let sha512 { SHA512_Init(sha512) }
    }

    deinit {
        md5?.deallocate()
        sha256?.deallocate()
        sha512?.deallocate()
        imprimatur_digest_xxh3_free(xxh3)
    }

    /// Takes the next bytes into every digest.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        updateOthers(bytes)
        updateBlocks(bytes)
    }

    /// Takes bytes into all but MD5 and SHA-256.
    func updateOthers(_ bytes: UnsafeRawBufferPointer) {
        if let sha512 { SHA512_Update(sha512, bytes.baseAddress, bytes.count) }
        rarer?.update(bytes)
        if let sum = crc32c { crc32c = CRC32C.sum(sum, bytes) }
        if let xxh3, let base = bytes.baseAddress {
            imprimatur_digest_xxh3_update(xxh3, base.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
    }

    /// Takes bytes into MD5 and SHA-256.
    func updateBlocks(_ bytes: UnsafeRawBufferPointer) {
        byteCount &+= bytes.count
        var rest = bytes
        if usesKernels, let md5, let sha256 {
            // What was begun is ended first.
            let begun = Int(md5.pointee.num)
            if begun > 0 { rest = plainly(rest, first: Self.blockSize - begun) }
            let blocks = rest.count / Self.blockSize
            if blocks > 0, let base = rest.baseAddress {
                imprimatur_digest_pair(
                    Self.words(md5), Self.words(sha256), base.assumingMemoryBound(to: UInt8.self), blocks)
                count(blocks)
                rest = UnsafeRawBufferPointer(rebasing: rest[(blocks * Self.blockSize)...])
            }
        }
        _ = plainly(rest, first: rest.count)
    }

    /// Takes the next bytes, and a part of them into a stream of SHA-256 alone.
    ///
    /// Where the kernels are, the part costs nothing: it runs in the gaps of MD5.
    func update(_ bytes: UnsafeRawBufferPointer, and other: DigestStream, of part: Range<Int>) {
        let part = part.clamped(to: 0..<bytes.count)
        let inner = UnsafeRawBufferPointer(rebasing: bytes[part])
        guard usesKernels, let md5, let sha256, other.md5 == nil, let chain = other.sha256, chain.pointee.num == 0
        else {
            update(bytes)
            other.update(inner)
            return
        }
        updateOthers(bytes)
        updateBlocks(UnsafeRawBufferPointer(rebasing: bytes[..<part.lowerBound]))
        // Both go by whole blocks, each from where its own begin.
        let begun = Int(md5.pointee.num)
        let first = begun > 0 ? min(Self.blockSize - begun, inner.count) : 0
        updateBlocks(UnsafeRawBufferPointer(rebasing: inner[..<first]))
        let blocks = (inner.count - first) / Self.blockSize
        if blocks > 0, let base = inner.baseAddress {
            imprimatur_digest_triple(
                Self.words(md5), Self.words(sha256), Self.words(chain),
                (base + first).assumingMemoryBound(to: UInt8.self), base.assumingMemoryBound(to: UInt8.self), blocks)
            for stream in [self, other] {
                stream.count(blocks)
                stream.byteCount &+= blocks &* Self.blockSize
            }
        }
        let done = blocks * Self.blockSize
        updateBlocks(UnsafeRawBufferPointer(rebasing: bytes[(part.lowerBound + first + done)...]))
        other.update(UnsafeRawBufferPointer(rebasing: inner[done...]))
    }

    /// Takes the first bytes with libcrypto; those that are left.
    private func plainly(_ bytes: UnsafeRawBufferPointer, first count: Int) -> UnsafeRawBufferPointer {
        let some = UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
        if let md5 { MD5_Update(md5, some.baseAddress, some.count) }
        if let sha256 { SHA256_Update(sha256, some.baseAddress, some.count) }
        return UnsafeRawBufferPointer(rebasing: bytes.dropFirst(count))
    }

    /// The digests of all that was taken; nothing can be taken afterwards.
    public func finish() -> Digests {
        var values: [DigestAlgorithm: String] = [:]
        if let md5 {
            values[.md5] = Self.hexadecimal(Int(MD5_DIGEST_LENGTH)) { MD5_Final($0, md5) }
        }
        if let sha256 {
            values[.sha256] = Self.hexadecimal(Int(SHA256_DIGEST_LENGTH)) { SHA256_Final($0, sha256) }
        }
        if let sha512 {
            values[.sha512] = Self.hexadecimal(Int(SHA512_DIGEST_LENGTH)) { SHA512_Final($0, sha512) }
        }
        rarer?.finish(&values)
        if let crc32c { values[.crc32c] = Self.hexadecimal(UInt64(crc32c), digits: 8) }
        if let xxh3 { values[.xxh3] = Self.hexadecimal(imprimatur_digest_xxh3_value(xxh3), digits: 16) }
        return Digests(values, byteCount: byteCount)
    }

    static func hexadecimal(
        _ count: Int, _ fill: (UnsafeMutablePointer<UInt8>?) -> Int32
    ) -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBufferPointer { _ = fill($0.baseAddress) }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    // MARK: Blocks

    static let blockSize = 64

    /// The words of the state, which stand first in the structures of libcrypto.
    private static func words<Context>(_ context: UnsafeMutablePointer<Context>) -> UnsafeMutablePointer<UInt32> {
        UnsafeMutableRawPointer(context).assumingMemoryBound(to: UInt32.self)
    }

    /// Counts blocks that a kernel has taken, as bits.
    private func count(_ blocks: Int) {
        let bits = UInt64(blocks &* Self.blockSize) &* 8
        if let md5 {
            let sum = (UInt64(md5.pointee.Nh) << 32 | UInt64(md5.pointee.Nl)) &+ bits
            (md5.pointee.Nl, md5.pointee.Nh) = (UInt32(truncatingIfNeeded: sum), UInt32(sum >> 32))
        }
        if let sha256 {
            let sum = (UInt64(sha256.pointee.Nh) << 32 | UInt64(sha256.pointee.Nl)) &+ bits
            (sha256.pointee.Nl, sha256.pointee.Nh) = (UInt32(truncatingIfNeeded: sum), UInt32(sum >> 32))
        }
    }

    /// The pointers of four streams for one call of the kernel, made once.
    final class Lanes {
        private let states: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>?>
        private let bytes: UnsafeMutablePointer<UnsafePointer<UInt8>?>

        static let count = Int(IMPRIMATUR_DIGEST_LANES)

        init() {
            states = .allocate(capacity: 2 * Self.count)
            bytes = .allocate(capacity: Self.count)
        }

        deinit {
            states.deallocate()
            bytes.deallocate()
        }

        /// Takes so many blocks into MD5 and SHA-256 of four streams, all of them between blocks.
        func update(_ streams: [DigestStream], from places: [UnsafeRawPointer], blocks: Int) {
            precondition(streams.count == Self.count && places.count == Self.count, "four lanes")
            for (lane, stream) in streams.enumerated() {
                states[lane] = stream.md5.map(DigestStream.words)
                states[Self.count + lane] = stream.sha256.map(DigestStream.words)
                bytes[lane] = places[lane].assumingMemoryBound(to: UInt8.self)
            }
            imprimatur_digest_lanes(states, states + Self.count, bytes, blocks)
            for stream in streams {
                stream.count(blocks)
                stream.byteCount &+= blocks &* DigestStream.blockSize
            }
        }
    }
}
