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
        self = try Source.open(Name(path)).mapped()
    }

    /// Maps a file that is open; nil with the reason in errno.
    init?(mapping descriptor: Int32, count: Int) {
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            return nil
        }
        owner = Owner(base: address, count: count, keeping: .mapped)
    }

    /// Room that is filled once.
    ///
    /// - Parameters:
    ///   - count: Bytes of room.
    ///   - fill: Gives the number of bytes that it has filled.
    public init(count: Int, filling fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int) throws(Failure) {
        let base = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
        do throws(Failure) {
            let filled = try fill(UnsafeMutableRawBufferPointer(start: base, count: count))
            owner = Owner(base: base, count: min(filled, count), keeping: .owned)
        } catch {
            base.deallocate()
            throw error
        }
    }

    /// Copies bytes into a buffer of their own.
    public init(_ bytes: [UInt8]) {
        let base = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        base.copyMemory(from: bytes, byteCount: bytes.count)
        owner = Owner(base: base, count: bytes.count, keeping: .owned)
    }

    /// Bytes in memory of somebody else, who keeps them unchanged as long as this value or a copy of it lives.
    package init(lending bytes: UnsafeRawBufferPointer) {
        let base = UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(Self.nowhere))
        owner = Owner(base: base, count: bytes.count, keeping: .lent)
    }

    /// The address of no bytes; never read nor written.
    nonisolated(unsafe) private static let nowhere = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 16)

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
        return withUnsafeBytes { Array(UnsafeRawBufferPointer(rebasing: $0[bounded])) }
    }

    /// The bytes, which stay where they are as long as this value or a copy of it lives.
    public var lent: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: owner.base, count: owner.count) }

    static let smallestMapped = 65_536
}

/// Owns the memory of a buffer.
///
/// `@unchecked Sendable`: base and count are set once, the bytes are only read, and the memory is released when the
/// last reference goes.
private final class Owner: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let count: Int
    private let keeping: Keeping

    /// Who gives the memory back, and how.
    enum Keeping { case mapped, owned, lent }

    init(base: UnsafeMutableRawPointer, count: Int, keeping: Keeping) {
        self.base = base
        self.count = count
        self.keeping = keeping
    }

    deinit {
        switch keeping {
        case .mapped: munmap(base, count)
        case .owned: base.deallocate()
        case .lent: break
        }
    }
}
