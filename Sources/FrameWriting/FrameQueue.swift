// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// Frames on their way from threads to the one that writes them in order, no more than a window of them at once.
///
/// Whoever delivers the frame that is next writes it, and all that wait behind it; so no thread only waits, and any number
/// of them, one included, comes to the end.
///
/// `@unchecked Sendable`: everything is touched under the lock alone.
final class FrameQueue<Item: Sendable>: @unchecked Sendable {
    private let count: Int
    private let window: Int
    private let hands: Int
    /// Hands that have taken frames and not come back.
    private var busy = 0
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let change: UnsafeMutablePointer<pthread_cond_t>
    private var next = 0
    private var written = 0
    private var ready: [Int: Item] = [:]
    private var isWriting = false
    private var fault: PixelFault?

    /// - Parameters:
    ///   - window: Frames under way at once, 1 at least.
    ///   - hands: Threads that take frames.
    init(count: Int, window: Int, hands: Int = 1) {
        self.count = count
        self.hands = hands
        self.window = max(1, window)
        lock = .allocate(capacity: 1)
        change = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(change, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(change)
        lock.deallocate()
        change.deallocate()
    }

    /// The fault that ended the writing: that of the first frame that has one.
    var ended: PixelFault? { locked { fault } }

    /// Ends the writing.
    func end(_ fault: PixelFault) {
        locked {
            if self.fault == nil { self.fault = fault }
            pthread_cond_broadcast(change)
        }
    }

    /// The number of the next frame, once there is room for it; nil when there is none or the writing has ended.
    func take() -> Int? { takeSome(most: 1)?.lowerBound }

    /// The numbers of the next frames, more than one only where none is left without: room of the window, and frames, are
    /// for every other hand too.
    ///
    /// Whoever takes says `putBack` before taking again.
    func takeSome(most: Int) -> Range<Int>? {
        locked {
            while true {
                if fault != nil || next >= count { return nil }
                let room = window - (next - written)
                if room > 0 {
                    busy += 1
                    let idle = max(0, hands - busy)
                    let fair = min(room - idle, (count - next) / max(1, hands))
                    let some = max(1, min(most, fair))
                    next += some
                    return (next - some)..<next
                }
                pthread_cond_wait(change, lock)
            }
        }
    }

    /// A hand has done with what it took.
    func putBack() { locked { busy -= 1 } }

    /// Hands a frame over, and writes what can be written.
    func deliver(_ number: Int, _ item: Item, write: (Int, Item) throws(PixelFault) -> Void) {
        let writes = locked {
            ready[number] = item
            if isWriting { return false }
            isWriting = true
            return true
        }
        guard writes else { return }
        while let (frame, item) = locked({ nextReady() }) {
            var failed: PixelFault?
            do throws(PixelFault) { try write(frame, item) } catch { failed = error }
            locked {
                written += 1
                if let failed { fault = failed }
                pthread_cond_broadcast(change)
            }
        }
    }

    private func nextReady() -> (Int, Item)? {
        guard fault == nil, let item = ready.removeValue(forKey: written) else {
            isWriting = false
            return nil
        }
        return (written, item)
    }

    private func locked<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }
}
