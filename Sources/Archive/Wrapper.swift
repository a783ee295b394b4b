// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CArchive
public import Transport

/// A compression around one whole file.
public enum Wrapper: String, Sendable, Hashable {
    case gzip, bzip2, xz

    /// The wrapper that the first bytes announce; six bytes are enough.
    ///
    /// - Source: RFC 1952; bzip2 and xz file formats; imgcif.md 8.2.
    public static func of(_ head: [UInt8]) -> Wrapper? {
        if head.starts(with: [0x1F, 0x8B]) { return .gzip }
        if head.starts(with: "BZh".utf8) { return .bzip2 }
        if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .xz }
        return nil
    }

    /// How much may come out of a wrapper.
    ///
    /// - Source: audit.md section 4.
    public struct Limits: Sendable {
        /// Bytes in all.
        public var size = 1 << 30
        /// Bytes out for each byte in, looked at once `free` bytes are out.
        public var ratio = 200
        /// Bytes out that are never compared with the bytes in.
        public var free = 64 << 20

        public init() {}
    }

    /// The bytes inside, read as a stream into memory.
    ///
    /// - Parameter source: A file that begins with the bytes of a wrapper.
    /// - Throws: `Failure` when the stream is damaged or larger than the limits, is followed by other bytes, or libarchive is absent.
    public static func contents(of source: Source, limits: Limits = Limits()) throws(Failure) -> ByteBuffer {
        let path = source.name.text
        let size = source.size
        // The sink is lent to C for the time of one call, which `withExtendedLifetime` makes plain.
        let sink = Sink(source, limit: limits.allowed(size))
        defer { withExtendedLifetime(sink) {} }
        var reason = [CChar](repeating: 0, count: 256)
        let room = reason.count
        var used: UInt64 = 0
        let unpack = Wrapper.of(try source.bytes(at: 0, count: 6)) == .gzip ? carchive_gunzip : carchive_unwrap
        let outcome = unpack(
            { context, buffer, count in
                guard let context, let buffer else { return -1 }
                let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
                return sink.give(UnsafeMutableRawBufferPointer(start: buffer, count: count))
            },
            { context, bytes, count in
                guard let context, let bytes else { return 1 }
                let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
                return sink.take(UnsafeBufferPointer(start: bytes, count: count)) ? 0 : 1
            }, Unmanaged.passUnretained(sink).toOpaque(), &used, &reason, room)
        if let failure = sink.failure { throw failure }
        switch outcome {
        case CARCHIVE_READ:
            try checkPadding(of: source, from: Int(clamping: used))
            return ByteBuffer(sink.bytes)
        case CARCHIVE_ABSENT:
            throw Failure(
                attempt: "decompress", subject: path, code: .library("libarchive"),
                words: "libarchive.so.13 is not on this machine",
                remedy: "install libarchive13, or decompress the file first")
        case CARCHIVE_STOPPED:
            throw Failure(
                attempt: "decompress", subject: path, code: .limit("size"),
                words: "more than \(sink.limit) bytes come out of \(size)",
                remedy: "decompress the file first if it is meant so")
        default:
            throw Failure(
                attempt: "decompress", subject: path, code: .damaged, words: StreamWords.words(reason),
                remedy: "fetch the file again; it is damaged or was cut")
        }
    }
}

extension Wrapper.Limits {
    /// The most that may come out of so many bytes.
    func allowed(_ stored: Int) -> Int {
        let (product, overflow) = max(stored, 0).multipliedReportingOverflow(by: max(ratio, 1))
        return min(size, max(free, overflow ? Int.max : product))
    }
}

extension Wrapper {
    /// Fails for what stands behind the end of the compressed data and is no padding by zeros: tools leave it out, some
    /// with a warning.
    private static func checkPadding(of source: Source, from end: Int) throws(Failure) {
        var place = end
        while place < source.size {
            let piece = try source.bytes(at: place, count: 1 << 16)
            if piece.isEmpty { break }
            guard piece.allSatisfy({ $0 == 0 }) else {
                let count = source.size - end
                throw Failure(
                    attempt: "decompress", subject: source.name.text, code: .damaged,
                    words:
                        "\(count) \(count == 1 ? "byte stands" : "bytes stand") behind the end of the compressed data",
                    remedy: "fetch the file again, or compress it again without them")
            }
            place += piece.count
        }
    }
}

/// Gives what goes in, and gathers what comes out, up to a limit.
private final class Sink {
    private(set) var bytes: [UInt8] = []
    let limit: Int
    private let source: Source
    private var offset = 0
    /// Why the source could not be read.
    private(set) var failure: Failure?

    init(_ source: Source, limit: Int) {
        self.source = source
        self.limit = limit
    }

    /// The number of bytes given; 0 at the end, -1 when they cannot be read.
    func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        do throws(Failure) {
            let count = try source.read(into: buffer, at: offset)
            offset += count
            return count
        } catch {
            failure = error
            return -1
        }
    }

    /// False when it would be too much.
    func take(_ more: UnsafeBufferPointer<UInt8>) -> Bool {
        guard more.count <= limit - bytes.count else { return false }
        bytes.append(contentsOf: more)
        return true
    }
}
