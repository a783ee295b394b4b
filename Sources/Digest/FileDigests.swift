// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto
public import Transport

/// Digests of one file, taken in one pass over its bytes.
public struct FileDigests: Sendable, Hashable {
    /// Lower case hexadecimal, 64 digits.
    public let sha256: String
    /// Lower case hexadecimal, 32 digits; nil unless asked for.
    public let md5: String?
    /// Number of bytes read.
    public let byteCount: Int

    /// Opens a file and digests it.
    ///
    /// - Throws: When the file cannot be opened or read.
    public static func read(_ path: String, wantsMD5: Bool = false) throws(Failure) -> FileDigests {
        try Source.open(Name(path)).digests(wantsMD5: wantsMD5)
    }

    /// Digests bytes in memory.
    public static func of(_ bytes: [UInt8], wantsMD5: Bool = false) -> FileDigests {
        var streams = DigestStreams(wantsMD5: wantsMD5)
        bytes.withUnsafeBytes { streams.update($0) }
        return streams.finish()
    }

    fileprivate static let bufferSize = 256 * 1024
}

extension Source {
    /// The digests of the bytes that others read from this source, in the same state of the file.
    ///
    /// - Parameter wantsMD5: MD5 beside SHA-256; repositories speak it.
    /// - Throws: When the file cannot be read, or is not what it was when it was opened.
    /// - Source: SHA256_Update, MD5_Update of libcrypto.
    public func digests(wantsMD5: Bool = false) throws(Failure) -> FileDigests {
        var streams = DigestStreams(wantsMD5: wantsMD5)
        try checkUnchanged()
        if let known {
            streams.update(known.lent)
        } else {
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: FileDigests.bufferSize, alignment: 64)
            defer { room.deallocate() }
            var offset = 0
            while true {
                let count = try read(into: room, at: offset)
                streams.update(UnsafeRawBufferPointer(rebasing: room[0..<count]))
                offset += count
                if count < room.count { break }
            }
        }
        try checkUnchanged()
        return streams.finish()
    }
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
