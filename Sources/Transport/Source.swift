// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// Bytes that are read by place, from somewhere else than a file of this machine.
public protocol RangeReader: Sendable {
    var size: Int { get }
    /// Reads bytes from a place on; fewer only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int
    /// Each read is a journey: whoever can do with fewer bytes reads fewer.
    var isFar: Bool { get }
    /// Takes notice of bytes that are about to be read piece by piece, where each read is a journey.
    func expect(_ range: Range<Int>) throws(Failure)
    /// All bytes behind a descriptor, for a library that reads from one; nil where there is none.
    func lend() -> Descriptor?
}

extension RangeReader {
    /// The bytes are near.
    public var isFar: Bool { false }

    /// Takes no notice: the bytes are near.
    public func expect(_ range: Range<Int>) {}

    /// No descriptor.
    public func lend() -> Descriptor? { nil }
}

/// An input: opened once, then read by whoever needs it; never written, locked or waited for.
public final class Source: Sendable {
    private enum Bytes: Sendable {
        /// A descriptor that this source closes.
        case file(Int32)
        case memory(ByteBuffer)
        case ranges(any RangeReader)
    }

    /// The name it was opened by.
    public let name: Name
    /// Bytes when it was opened.
    public let size: Int
    /// nil for what is no file of this machine.
    public let identity: Identity?
    /// Who opened it, when this process did not.
    public let opening: Opening?
    private let bytes: Bytes
    /// All bytes, once somebody has asked for them: whoever asks later gets the same.
    private let kept = Mutex<ByteBuffer?>(nil)
    /// They were read, not mapped: what is asked for later is not read again.
    private let isKept = Atomic(false)
    /// Who takes all bytes while others read some, see `follow(by:)`.
    let following = Mutex<Following?>(nil)
    let isFollowed = Atomic(false)

    /// Takes a file that is open already.
    ///
    /// - Parameters:
    ///   - opening: Who opens the files that it names; nil: this process.
    ///   - isInput: No output of this process may take its place.
    /// - Throws: When it is no regular file, or its content is not on this machine.
    public init(
        descriptor: consuming Descriptor, name: Name, opening: Opening? = nil, isInput: Bool = true
    ) throws(Failure) {
        var facts = stat()
        guard fstat(descriptor.number, &facts) == 0 else { throw Failure.system("look at", name.text, errno) }
        try Self.check(facts, name)
        let identity = Identity(facts)
        if isInput { Self.inputs.withLock { _ = $0.insert(identity.key) } }
        if Self.isElsewhere(identity, descriptor.number) { throw Self.offline(name) }
        HeldInputs.keep(descriptor.number, identity.key)
        self.name = name
        self.opening = opening
        self.identity = identity
        size = Int(facts.st_size)
        bytes = .file(descriptor.release())
    }

    /// - Parameter opening: Who opens the files that it names; nil: this process.
    public init(memory: ByteBuffer, name: Name, opening: Opening? = nil) {
        self.name = name
        size = memory.count
        identity = nil
        self.opening = opening
        bytes = .memory(memory)
    }

    /// - Parameter opening: Who opens the files that it names; nil: this process.
    public init(ranges: any RangeReader, name: Name, opening: Opening? = nil) {
        self.name = name
        size = ranges.size
        identity = nil
        self.opening = opening
        bytes = .ranges(ranges)
    }

    /// Every file that this process has opened to read, for itself or for others: what no output may take the place of.
    private static let inputs = Mutex<Set<Identity.Key>>([])

    /// The file was opened by this process to be read.
    static func isInput(_ key: Identity.Key) -> Bool { inputs.withLock { $0.contains(key) } }

    deinit {
        if case .file(let descriptor) = bytes { close(descriptor) }
    }

    /// The descriptor, for a library that reads from one; it stays open as long as the source lives.
    public var descriptor: Int32? { if case .file(let descriptor) = bytes { descriptor } else { nil } }

    /// All bytes behind a descriptor of the caller's own, where another process has them; nil where there is none.
    public func lend() -> Descriptor? { if case .ranges(let reader) = bytes { reader.lend() } else { nil } }

    /// Reads bytes from a place on; fewer come only at the end. A call that a signal interrupts is tried again.
    ///
    /// - SeeAlso: pread(2).
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        guard offset >= 0 else { return 0 }
        if isKept.load(ordering: .acquiring), let known {
            return known.withUnsafeBytes { all in
                let piece = all.dropFirst(offset).prefix(buffer.count)
                buffer.copyBytes(from: piece)
                return piece.count
            }
        }
        return isFollowed.load(ordering: .acquiring)
            ? try readFollowed(into: buffer, at: offset) : try readPlainly(into: buffer, at: offset)
    }

    func readPlainly(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        switch bytes {
        case .file(let descriptor):
            var filled = 0
            while filled < buffer.count {
                let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                let got = pread(descriptor, piece.baseAddress, piece.count, offset &+ filled)
                if got == 0 { break }
                if got < 0 {
                    if errno == EINTR { continue }
                    throw Failure.system("read", name.text, errno)
                }
                filled &+= got
            }
            return filled
        case .memory(let memory):
            return memory.withUnsafeBytes { all in
                let piece = all.dropFirst(offset).prefix(buffer.count)
                buffer.copyBytes(from: piece)
                return piece.count
            }
        case .ranges(let reader): return try reader.read(into: buffer, at: offset)
        }
    }

    /// Each read is a journey.
    public var isFar: Bool { if case .ranges(let reader) = bytes { reader.isFar } else { false } }

    /// Says that these bytes are about to be read piece by piece, so that what lies far away is fetched at once.
    public func expect(_ range: Range<Int>) throws(Failure) {
        if case .ranges(let reader) = bytes { try reader.expect(range) }
    }

    /// The same bytes, whose other files somebody else opens.
    public func opened(by opening: Opening) -> Source {
        switch bytes {
        case .memory(let memory): Source(memory: memory, name: name, opening: opening)
        case .ranges(let reader): Source(ranges: reader, name: name, opening: opening)
        // A descriptor has one owner.
        case .file: self
        }
    }

    /// A copy of the bytes of a range, cut to those that are there.
    public func bytes(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            do throws(Failure) {
                filled = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads the bytes of a range, cut to those that are there, into memory that is used again.
    public func read(into bytes: inout [UInt8], at offset: Int, count: Int) throws(Failure) {
        bytes.removeAll(keepingCapacity: true)
        var failure: Failure?
        bytes.append(addingCapacity: max(0, count)) { output in
            output.withUnsafeMutableBufferPointer { place, filled in
                do throws(Failure) {
                    filled = try read(into: UnsafeMutableRawBufferPointer(place), at: offset)
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
    }

    /// All bytes in memory, read once; nil when there are more than so many.
    public func whole(most: Int) throws(Failure) -> ByteBuffer? {
        if case .memory(let memory) = bytes { return memory.count <= most ? memory : nil }
        if let known = kept.withLock({ $0 }) { return known.count <= most ? known : nil }
        guard size <= most else { return nil }
        return try keepAll()
    }

    /// All bytes: small files are read, large ones are mapped.
    public func mapped() throws(Failure) -> ByteBuffer {
        if let known = kept.withLock({ $0 }) { return known }
        switch bytes {
        case .memory(let memory): return memory
        case .file(let descriptor) where size >= ByteBuffer.smallestMapped:
            guard let mapped = ByteBuffer(mapping: descriptor, count: size) else {
                throw Failure.system("map", name.text, errno)
            }
            return keep(mapped)
        default: return try keepAll()
        }
    }

    /// The bytes that somebody has asked for as a whole; nil when nobody did.
    public var known: ByteBuffer? {
        if case .memory(let memory) = bytes { return memory }
        return kept.withLock { $0 }
    }

    /// Gives back the memory of all bytes; whoever asks for them again has them read again.
    public func forget() {
        isKept.store(false, ordering: .releasing)
        kept.withLock { $0 = nil }
    }

    private func keepAll() throws(Failure) -> ByteBuffer {
        let buffer = keep(try readAll())
        isKept.store(true, ordering: .releasing)
        return buffer
    }

    private func keep(_ buffer: ByteBuffer) -> ByteBuffer {
        kept.withLock { $0 = buffer }
        return buffer
    }

    private func readAll() throws(Failure) -> ByteBuffer {
        try ByteBuffer(count: size) { (room) throws(Failure) -> Int in try read(into: room, at: 0) }
    }

    /// Fails if the file is not in the state in which it was opened.
    public func checkUnchanged() throws(Failure) {
        guard case .file(let descriptor) = bytes else { return }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw Failure.system("read", name.text, errno) }
        let now = Identity(facts)
        guard now.size == identity?.size, now.modified == identity?.modified else {
            throw Failure(
                attempt: "read", subject: name.text, code: .changed, words: "the file changed while it was read",
                remedy: "run again when its writer has closed it")
        }
    }
}
