// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// The SHA-256 of one file and, if wanted, its MD5, taken in one pass over its bytes.
public struct FileDigests: Sendable, Hashable {
    /// Lower case hexadecimal, 64 digits.
    public let sha256: String
    /// Lower case hexadecimal, 32 digits; nil unless asked for.
    public let md5: String?
    /// Number of bytes read.
    public let byteCount: Int

    private init(_ digests: Digests) {
        sha256 = digests[.sha256] ?? ""
        md5 = digests[.md5]
        byteCount = digests.byteCount
    }

    private static func algorithms(_ wantsMD5: Bool) -> Set<DigestAlgorithm> { wantsMD5 ? [.md5, .sha256] : [.sha256] }

    /// Opens a file and digests it.
    ///
    /// - Throws: When the file cannot be opened or read.
    public static func read(_ path: String, wantsMD5: Bool = false) throws(Failure) -> FileDigests {
        try Source.open(Name(path)).digests(wantsMD5: wantsMD5)
    }

    /// Digests bytes in memory.
    public static func of(_ bytes: [UInt8], wantsMD5: Bool = false) -> FileDigests {
        FileDigests(Digests.of(bytes, algorithms(wantsMD5)))
    }

    /// The digests of what a source holds, see `Source.digests(wantsMD5:)`.
    fileprivate static func of(_ source: Source, wantsMD5: Bool) throws(Failure) -> FileDigests {
        FileDigests(try source.digests(algorithms(wantsMD5)))
    }
}

extension Source {
    /// The digests of the bytes that others read from this source, in the same state of the file.
    ///
    /// - Parameter wantsMD5: MD5 beside SHA-256; repositories speak it.
    /// - Throws: When the file cannot be read, or is not what it was when it was opened.
    /// - Source: SHA256_Update, MD5_Update of libcrypto.
    public func digests(wantsMD5: Bool = false) throws(Failure) -> FileDigests {
        try FileDigests.of(self, wantsMD5: wantsMD5)
    }

    /// The digests of the bytes of this source in one read, in the same state of the file.
    ///
    /// - Throws: When the file cannot be read, or is not what it was when it was opened.
    public func digests(_ algorithms: Set<DigestAlgorithm>) throws(Failure) -> Digests {
        try checkUnchanged()
        if let followed = try endFollowing() as? FollowingDigests, followed.algorithms == algorithms {
            try checkUnchanged()
            return followed.stream.finish()
        }
        let stream = DigestStream(algorithms)
        if let known {
            stream.update(known.lent)
        } else {
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: DigestRun.bufferSize, alignment: 64)
            defer { room.deallocate() }
            var offset = 0
            while true {
                let count = try read(into: room, at: offset)
                stream.update(UnsafeRawBufferPointer(rebasing: room[0..<count]))
                offset += count
                if count < room.count { break }
            }
        }
        try checkUnchanged()
        return stream.finish()
    }
}

extension Source {
    /// Takes digests of the bytes that are read from now on, so that `digests(_:)` reads only what nobody has read.
    ///
    /// - Parameter most: Bytes that are read ahead of those who read, and kept for them.
    public func digestWhileRead(_ algorithms: Set<DigestAlgorithm>, most: Int = 24 << 20) {
        follow(by: FollowingDigests(algorithms), most: most)
    }
}

/// Digests of a source that others read.
///
/// `@unchecked Sendable`: the source calls it behind its lock, and whoever ends the following has it alone.
private final class FollowingDigests: ByteFollower, @unchecked Sendable {
    let algorithms: Set<DigestAlgorithm>
    let stream: DigestStream

    init(_ algorithms: Set<DigestAlgorithm>) {
        self.algorithms = algorithms
        stream = DigestStream(algorithms)
    }

    func take(_ bytes: UnsafeRawBufferPointer) { stream.update(bytes) }
}
