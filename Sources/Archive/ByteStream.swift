// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CArchive
internal import Transport

/// Bytes that come one after the other.
protocol ByteStream: AnyObject {
    /// The next bytes; fewer only at the end.
    func read(_ count: Int) throws(Failure) -> [UInt8]
    /// Passes over bytes; the number of those that were there.
    func skip(_ count: Int) throws(Failure) -> Int
    /// Bytes that were read or passed over.
    var position: Int { get }
}

/// The bytes of a source in their order; what is passed over is not read.
final class SourceStream: ByteStream {
    private let source: Source
    private(set) var position = 0

    init(_ source: Source) { self.source = source }

    func read(_ count: Int) throws(Failure) -> [UInt8] {
        let bytes = try source.bytes(at: position, count: min(count, max(0, source.size - position)))
        position += bytes.count
        return bytes
    }

    func skip(_ count: Int) throws(Failure) -> Int {
        let there = min(count, max(0, source.size - position))
        position += there
        return there
    }
}

/// What comes out of a compressed source.
final class UnpackedStream: ByteStream {
    private let source: Source
    private let limits: ArchiveLimits
    private let well: Well
    private let stream: OpaquePointer?
    private(set) var position = 0

    /// - Parameter wrapper: That of the source.
    init(_ source: Source, _ wrapper: Wrapper, limits: ArchiveLimits) {
        self.source = source
        self.limits = limits
        well = Well(source)
        stream = carchive_stream_open(
            { context, buffer, count in
                guard let context, let buffer else { return -1 }
                return Unmanaged<Well>.fromOpaque(context).takeUnretainedValue()
                    .give(UnsafeMutableRawBufferPointer(start: buffer, count: count))
            }, Unmanaged.passUnretained(well).toOpaque(), wrapper == .gzip ? CARCHIVE_GZIP : CARCHIVE_OTHER)
    }

    deinit { carchive_stream_close(stream) }

    func read(_ count: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        // What is announced may not be there: room is only touched by what comes.
        bytes.reserveCapacity(min(count, limits.memberBytes))
        while bytes.count < count {
            let piece = try next(min(count - bytes.count, max(1 << 16, min(bytes.count, 1 << 24))))
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }

    func skip(_ count: Int) throws(Failure) -> Int {
        var rest = count
        while rest > 0 {
            let piece = try next(min(rest, 1 << 18))
            if piece.isEmpty { break }
            rest -= piece.count
        }
        return count - rest
    }

    private func next(_ count: Int) throws(Failure) -> [UInt8] {
        guard let stream else {
            throw Failure(
                attempt: "decompress", subject: source.name.text, code: .limit("memory"), words: "there is no memory")
        }
        var reason = [CChar](repeating: 0, count: 256)
        let room = reason.count
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            got = carchive_stream_read(stream, buffer.baseAddress, count, &reason, room)
            filled = max(0, got)
        }
        if let failure = well.failure { throw failure }
        if got == -2 {
            throw Failure(
                attempt: "decompress", subject: source.name.text, code: .library("libarchive"),
                words: "libarchive.so.13 is not on this machine",
                remedy: "install libarchive13, or unpack the archive and name the folder with --sub")
        }
        if got < 0 {
            throw Failure(
                attempt: "decompress", subject: source.name.text, code: .damaged,
                words: StreamWords.words(reason),
                remedy: "fetch the archive again; it is damaged or was cut")
        }
        position += bytes.count
        guard position <= limits.free || position / max(limits.ratio, 1) <= well.given else {
            throw Failure(
                attempt: "decompress", subject: source.name.text, code: .limit("ratio"),
                words: "more than \(limits.ratio) bytes come out of each byte",
                remedy: "unpack the archive and name the folder with --sub, if it is meant so")
        }
        return bytes
    }
}

/// Gives the bytes of a source to a library.
private final class Well {
    private let source: Source
    private(set) var given = 0
    private(set) var failure: Failure?

    init(_ source: Source) { self.source = source }

    /// The number of bytes given; 0 at the end, -1 when they cannot be read.
    func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        do throws(Failure) {
            let count = try source.read(into: buffer, at: given)
            given += count
            return count
        } catch {
            failure = error
            return -1
        }
    }
}
