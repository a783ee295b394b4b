// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto
import Glibc
public import Transport

/// Digests of one file, taken in one pass over its bytes.
public struct FileDigests: Sendable, Hashable {
    /// Lower case hexadecimal, 64 digits.
    public let sha256: String
    /// Lower case hexadecimal, 32 digits; nil unless asked for.
    public let md5: String?
    /// Number of bytes read.
    public let byteCount: Int

    /// Reads a file and digests it.
    ///
    /// - Parameters:
    ///   - path: A regular file, or anything else that can be read to its end.
    ///   - wantsMD5: MD5 beside SHA-256; repositories speak it.
    /// - Throws: ``Failure`` when the file cannot be opened or read.
    /// - Source: SHA256_Update, MD5_Update of libcrypto.
    public static func read(_ path: String, wantsMD5: Bool = false) throws(Failure) -> FileDigests {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.system("open", path, errno) }
        defer { close(descriptor) }
        var streams = DigestStreams(wantsMD5: wantsMD5)
        let fault = withUnsafeTemporaryAllocation(byteCount: bufferSize, alignment: 64) { buffer -> Int32 in
            while true {
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count < 0 { return errno }
                if count == 0 { return 0 }
                streams.update(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
            }
        }
        guard fault == 0 else { throw Failure.system("read", path, fault) }
        return streams.finish()
    }

    /// Digests bytes in memory.
    public static func of(_ bytes: [UInt8], wantsMD5: Bool = false) -> FileDigests {
        var streams = DigestStreams(wantsMD5: wantsMD5)
        bytes.withUnsafeBytes { streams.update($0) }
        return streams.finish()
    }

    private static let bufferSize = 256 * 1024
}

/// The running state of the digests.
private struct DigestStreams {
    private var sha256 = SHA256_CTX()
    private var md5 = MD5_CTX()
    private let wantsMD5: Bool
    private var byteCount = 0

    init(wantsMD5: Bool) {
        self.wantsMD5 = wantsMD5
        SHA256_Init(&sha256)
        MD5_Init(&md5)
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        SHA256_Update(&sha256, bytes.baseAddress, bytes.count)
        if wantsMD5 { MD5_Update(&md5, bytes.baseAddress, bytes.count) }
        byteCount += bytes.count
    }

    mutating func finish() -> FileDigests {
        var long = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256_Final(&long, &sha256)
        var short = [UInt8](repeating: 0, count: Int(MD5_DIGEST_LENGTH))
        MD5_Final(&short, &md5)
        return FileDigests(
            sha256: hexadecimal(long), md5: wantsMD5 ? hexadecimal(short) : nil, byteCount: byteCount)
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
