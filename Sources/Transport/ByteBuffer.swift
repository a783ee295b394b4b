// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Bytes of a file that never change: memory-mapped or owned, kept alive by reference.
///
/// A file that another program shortens while it is mapped ends the process with SIGBUS; `audit` therefore reads
/// untrusted folders in worker processes.
public struct ByteBuffer: Sendable {
    private let owner: Owner

    /// Maps a regular file; files below 64 KiB are read whole, which is faster.
    ///
    /// - Parameter path: Path of a regular file.
    /// - Throws: `Failure` when the file is absent, not readable or not a regular file.
    public init(mapping path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure.system("open", path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure.system("look at", path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let code = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL
            throw Failure.system("open", path, code)
        }
        let size = Int(status.st_size)
        if size < Self.smallest {
            owner = try Owner(reading: descriptor, size: size, path: path)
        } else {
            guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
                throw Failure.system("map", path, errno)
            }
            owner = Owner(base: address, count: size, isMapped: true)
        }
    }

    /// Copies bytes into a buffer of their own.
    public init(_ bytes: [UInt8]) {
        let base = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        base.copyMemory(from: bytes, byteCount: bytes.count)
        owner = Owner(base: base, count: bytes.count, isMapped: false)
    }

    /// Number of bytes.
    public var count: Int { owner.count }

    /// Lends the bytes; the pointer does not move while this value or a copy of it lives.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try withExtendedLifetime(owner) {
            try body(UnsafeRawBufferPointer(start: owner.base, count: owner.count))
        }
    }

    /// A copy of the bytes of a range, cut to the bytes that exist.
    public subscript(_ range: Range<Int>) -> [UInt8] {
        let bounded = range.clamped(to: 0..<count)
        return withUnsafeBytes { Array($0[bounded]) }
    }

    private static let smallest = 65_536
}

/// Owns the memory of a buffer.
///
/// `@unchecked Sendable`: base and count are set once, the bytes are only read, and the memory is released when the
/// last reference goes.
private final class Owner: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let count: Int
    private let isMapped: Bool

    init(base: UnsafeMutableRawPointer, count: Int, isMapped: Bool) {
        self.base = base
        self.count = count
        self.isMapped = isMapped
    }

    /// Reads at most `size` bytes; a file that became shorter gives what is there.
    convenience init(reading descriptor: Int32, size: Int, path: String) throws(Failure) {
        let base = UnsafeMutableRawPointer.allocate(byteCount: max(size, 1), alignment: 16)
        var filled = 0
        while filled < size {
            let got = read(descriptor, base + filled, size - filled)
            if got == 0 { break }
            if got < 0 {
                let code = errno
                if code == EINTR { continue }
                base.deallocate()
                throw Failure.system("read", path, code)
            }
            filled += got
        }
        self.init(base: base, count: filled, isMapped: false)
    }

    deinit {
        if isMapped { munmap(base, count) } else { base.deallocate() }
    }
}
