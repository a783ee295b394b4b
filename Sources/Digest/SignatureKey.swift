// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCrypto
public import Transport

/// An Ed25519 key: the private one signs, the public one tells whether a signature is of it.
///
/// - Source: RFC 8032; PEM as `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write it.
public struct SignatureKey: ~Copyable {
    private let key: OpaquePointer
    /// It can sign.
    public let isPrivate: Bool
    /// SHA-256 of the public key in DER, hexadecimal: what tells one key from another.
    public let id: String

    /// Reads a key that is not protected by a pass phrase.
    ///
    /// - Parameters:
    ///   - pem: Bytes of the file.
    ///   - path: For what is wrong with it.
    /// - Source: PEM_read_bio_PrivateKey, PEM_read_bio_PUBKEY.
    public init(pem: [UInt8], path: String) throws(Failure) {
        let text = String(decoding: pem, as: UTF8.self)
        let isPrivate = text.contains("PRIVATE KEY-----")
        let found: OpaquePointer? = pem.withUnsafeBytes { bytes in
            guard let stream = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(stream) }
            // Nobody is asked for a pass phrase.
            return isPrivate
                ? PEM_read_bio_PrivateKey(stream, nil, { _, _, _, _ in 0 }, nil)
                : PEM_read_bio_PUBKEY(stream, nil, { _, _, _, _ in 0 }, nil)
        }
        guard let found else {
            throw Self.failure(path, "it holds no key in PEM that can be read without a pass phrase")
        }
        guard EVP_PKEY_get_base_id(found) == EVP_PKEY_ED25519 else {
            EVP_PKEY_free(found)
            throw Self.failure(path, "its key is none of Ed25519")
        }
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(found, &encoded)
        guard count > 0, let start = encoded else {
            EVP_PKEY_free(found)
            throw Self.failure(path, "its public key cannot be written")
        }
        let bytes = Array(UnsafeBufferPointer(start: start, count: Int(count)))
        CRYPTO_free(start, #file, 0)
        id = Digests.of(bytes, [.sha256])[.sha256] ?? ""
        key = found
        self.isPrivate = isPrivate
    }

    deinit { EVP_PKEY_free(key) }

    /// The signature of bytes, 64 bytes.
    ///
    /// - Throws: For a public key.
    /// - Source: EVP_DigestSign.
    public func signature(of bytes: [UInt8]) throws(Failure) -> [UInt8] {
        guard isPrivate, let context = EVP_MD_CTX_new() else { throw Self.failure(id, "the key is no private one") }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1, count == signature.count
        else { throw Self.failure(id, "libcrypto does not sign with it") }
        return signature
    }

    /// A signature is of these bytes and this key.
    ///
    /// - Source: EVP_DigestVerify.
    public func confirms(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }

    private static func failure(_ subject: String, _ words: String) -> Failure {
        Failure(
            attempt: "use the key", subject: subject, code: .usage, words: words,
            remedy: "make one with 'openssl genpkey -algorithm ed25519 -out KEY.pem'")
    }
}
