// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Transport

/// The talk with a page that holds files: whoever reads asks for bytes, the page comes for what is asked and brings them.
///
/// One range is asked for at a time.
/// `@unchecked Sendable`: every member below is touched behind the lock of the C library alone.
public final class PageDialogue: @unchecked Sendable {
    /// What may move, and how long it may take.
    public struct Limits: Sendable {
        /// Bytes of files in all.
        public var bytes = 256 << 20
        /// Seconds without a word of the page.
        public var silence = 30.0
        /// Seconds in all.
        public var seconds = 900.0

        public init() {}
    }

    /// A range that is wanted of a file.
    public struct Wanted: Sendable, Hashable {
        /// Counts the ranges, from 1.
        public let number: Int
        public let file: Int
        public let range: Range<Int>
    }

    /// What a page that comes is told.
    public enum Told: Sendable, Hashable {
        case read(Wanted)
        /// Nothing is wanted yet: come again.
        case wait
        /// The report is there, or nothing more will be wanted.
        case done
    }

    /// What a page brings.
    public enum Brought: Sendable {
        case nothing
        case bytes([UInt8], number: Int)
        /// The file is not there any more, or cannot be read.
        case gone(number: Int)
    }

    private let limits: Limits
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let signal = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let end: Double
    private var wanted: Wanted?
    private var brought: Result<[UInt8], Failure>?
    private var last = 0
    private var seen = WatchClock.steady
    private var moved = 0
    private var isOver = false

    public init(_ limits: Limits) {
        self.limits = limits
        end = WatchClock.steady + limits.seconds
        pthread_mutex_init(lock, nil)
        pthread_cond_init(signal, nil)
    }

    deinit {
        pthread_cond_destroy(signal)
        pthread_mutex_destroy(lock)
        signal.deallocate()
        lock.deallocate()
    }

    /// Bytes that the page brought.
    public var bytesMoved: Int { locked { moved } }
    /// Seconds since the page came last.
    public var silence: Double { locked { WatchClock.steady - seen } }

    /// Nothing more is wanted.
    public func finish() {
        locked {
            isOver = true
            pthread_cond_broadcast(signal)
        }
    }

    /// Whether a page still waits for what is read elsewhere on its behalf.
    ///
    /// - Throws: When the page is gone, or it takes too long.
    func attend(_ name: Name) throws(Failure) {
        let failure: Failure? = locked {
            let now = WatchClock.steady
            if isOver || now - seen > limits.silence {
                isOver = true
                return gone(name)
            }
            return now > end ? late(name) : nil
        }
        if let failure { throw failure }
    }

    private func gone(_ name: Name) -> Failure {
        Failure(
            attempt: "read", subject: name.text, code: .ended("page"), words: "the page is gone",
            remedy: "try again, and keep the page open")
    }

    private func late(_ name: Name) -> Failure {
        Failure(
            attempt: "read", subject: name.text, code: .limit("time"),
            words: "it takes more than \(Int(limits.seconds)) s", remedy: "check the file with the program itself")
    }

    /// Asks the page for bytes and waits for them.
    ///
    /// - Throws: When the page is gone, brings something else, or a limit is met.
    func fetch(_ range: Range<Int>, of file: Int, named name: Name) throws(Failure) -> [UInt8] {
        let result: Result<[UInt8], Failure> = locked {
            guard !isOver else { return .failure(gone(name)) }
            guard range.count <= limits.bytes - moved else {
                return .failure(
                    Failure(
                        attempt: "read", subject: name.text, code: .limit("bytes"),
                        words: "more than \(limits.bytes >> 20) MiB would have to be read through the page",
                        remedy: "check the file with the program itself"))
            }
            last += 1
            wanted = Wanted(number: last, file: file, range: range)
            brought = nil
            pthread_cond_broadcast(signal)
            while brought == nil {
                let now = WatchClock.steady
                if isOver || now - seen > limits.silence {
                    wanted = nil
                    isOver = true
                    return .failure(gone(name))
                }
                if now > end {
                    wanted = nil
                    return .failure(late(name))
                }
                wait(0.5)
            }
            wanted = nil
            return brought ?? .success([])
        }
        return try result.get()
    }

    /// The page comes: takes what it brings, and waits a while for what is wanted next.
    public func come(with given: Brought, waiting seconds: Double, named name: (Int) -> Name) -> Told {
        locked {
            seen = WatchClock.steady
            switch given {
            case .nothing: break
            case .bytes(let bytes, let number):
                // What nobody asked for, or asked for before, is dropped.
                guard let wanted, wanted.number == number, brought == nil else { break }
                moved += bytes.count
                if bytes.count == wanted.range.count {
                    brought = .success(bytes)
                } else {
                    brought = .failure(
                        Failure(
                            attempt: "read", subject: name(wanted.file).text, code: .changed,
                            words: "the page sent \(bytes.count) bytes in the place of \(wanted.range.count)",
                            remedy: "try again when nothing writes the file any more"))
                }
                pthread_cond_broadcast(signal)
            case .gone(let number):
                guard let wanted, wanted.number == number, brought == nil else { break }
                brought = .failure(
                    Failure(
                        attempt: "read", subject: name(wanted.file).text, code: .changed,
                        words: "the browser cannot read the file any more",
                        remedy: "try again when nothing writes the file any more"))
                pthread_cond_broadcast(signal)
            }
            let until = WatchClock.steady + seconds
            while true {
                if let wanted, brought == nil { return .read(wanted) }
                if isOver { return .done }
                let now = WatchClock.steady
                seen = now
                guard now < until else { return .wait }
                wait(min(0.5, until - now))
            }
        }
    }

    private func locked<Answer>(_ body: () -> Answer) -> Answer {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }

    /// Lets others have the lock until something happens.
    private func wait(_ seconds: Double) {
        var until = timespec()
        clock_gettime(CLOCK_REALTIME, &until)
        let nanoseconds = until.tv_nsec + Int(seconds * 1e9)
        until.tv_sec += nanoseconds / 1_000_000_000
        until.tv_nsec = nanoseconds % 1_000_000_000
        pthread_cond_timedwait(signal, lock, &until)
    }
}
