// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCrypto

/// The digests that others still state and this program states no more: SHA-1, and the shorter ones of SHA-2.
///
/// - Source: RFC 8493, section 2.4: manifests of bags; FIPS 180-4.
final class RarerDigests {
    private let sha1: UnsafeMutablePointer<SHA_CTX>?
    private let sha224: UnsafeMutablePointer<SHA256_CTX>?
    private let sha384: UnsafeMutablePointer<SHA512_CTX>?

    /// Nil where none of them is asked for.
    init?(_ algorithms: Set<DigestAlgorithm>) {
        guard !algorithms.isDisjoint(with: [.sha1, .sha224, .sha384]) else { return nil }
        sha1 = algorithms.contains(.sha1) ? .allocate(capacity: 1) : nil
        sha224 = algorithms.contains(.sha224) ? .allocate(capacity: 1) : nil
        sha384 = algorithms.contains(.sha384) ? .allocate(capacity: 1) : nil
        if let sha1 { SHA1_Init(sha1) }
        if let sha224 { SHA224_Init(sha224) }
        if let sha384 { SHA384_Init(sha384) }
    }

    deinit {
        sha1?.deallocate()
        sha224?.deallocate()
        sha384?.deallocate()
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        if let sha1 { SHA1_Update(sha1, bytes.baseAddress, bytes.count) }
        if let sha224 { SHA224_Update(sha224, bytes.baseAddress, bytes.count) }
        if let sha384 { SHA384_Update(sha384, bytes.baseAddress, bytes.count) }
    }

    func finish(_ values: inout [DigestAlgorithm: String]) {
        if let sha1 { values[.sha1] = DigestStream.hexadecimal(Int(SHA_DIGEST_LENGTH)) { SHA1_Final($0, sha1) } }
        if let sha224 {
            values[.sha224] = DigestStream.hexadecimal(Int(SHA224_DIGEST_LENGTH)) { SHA224_Final($0, sha224) }
        }
        if let sha384 {
            values[.sha384] = DigestStream.hexadecimal(Int(SHA384_DIGEST_LENGTH)) { SHA384_Final($0, sha384) }
        }
    }
}
