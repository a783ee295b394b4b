// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Memory of one chunk, used for one frame after the other.
///
/// `@unchecked Sendable`: whoever holds it is alone with it; it is handed on under the lock of the queue.
final class ChunkBuffer: @unchecked Sendable {
    private(set) var room: UnsafeMutableRawBufferPointer
    /// Bytes in use.
    var count = 0

    init(_ bytes: Int) { room = .allocate(byteCount: max(1, bytes), alignment: 64) }

    deinit { room.deallocate() }

    /// The bytes in use.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: room[0..<count]) }

    /// Makes the room at least so large; what was in it is lost.
    func grow(_ bytes: Int) {
        guard bytes > room.count else { return }
        room.deallocate()
        room = .allocate(byteCount: bytes, alignment: 64)
        count = 0
    }

    func fill(_ bytes: [UInt8]) {
        grow(bytes.count)
        room.copyBytes(from: bytes)
        count = bytes.count
    }
}

/// Buffers that no frame needs at the moment.
final class ChunkBuffers: Sendable {
    private let spare = Mutex<[ChunkBuffer]>([])

    func take() -> ChunkBuffer { spare.withLock { $0.popLast() } ?? ChunkBuffer(0) }

    func put(_ buffer: ChunkBuffer) { spare.withLock { $0.append(buffer) } }
}
