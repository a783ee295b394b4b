// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Workers that are started when they are needed, kept, and replaced when they die.
///
/// May be asked from any thread; no more workers run at a time than `size`, and who comes later waits.
public final class WorkerPool: Sendable {
    private let limits: WorkerLimits
    private let launch: Launch
    private let seats: Seats
    private let state = Mutex(State())

    private struct State: ~Copyable {
        var idle: [Seated] = []
        /// Processes at work, by the number of what they do.
        var busy: [Int: pid_t] = [:]
        var cancelled: Set<Int> = []
        var last = 0
    }

    /// A worker in a box, so that an array can hold it; it is either idle, behind the lock, or in the hands of one thread.
    private final class Seated: @unchecked Sendable {
        var worker: Worker

        init(_ worker: consuming Worker) { self.worker = worker }
    }

    /// Workers that may be killed over one request.
    private static let mostKilled = 4

    /// Groups of files that one message carries.
    public static var mostGroups: Int { Portion.most }

    /// - Parameter size: Workers at a time; none is started before the first request.
    public init(size: Int = 1, limits: WorkerLimits = WorkerLimits(), launch: Launch = Launch()) {
        self.limits = limits
        self.launch = launch
        seats = Seats(max(1, size))
    }

    /// Has a worker do something.
    ///
    /// A request that ends its worker gets a fresh one, so that what an earlier request broke is not laid at its door.
    /// - Parameters:
    ///   - id: Names the request for `cancel`.
    ///   - reply: Answers what the worker asks meanwhile, on this thread.
    public func ask(_ request: Request, id: Int? = nil, reply: ((Question) -> Reply?)? = nil) -> Outcome {
        // Once the run is to end, nothing more is begun.
        if Interruption.asked != nil { return .ended(.cancelled) }
        seats.take()
        defer { seats.give() }
        var attempts = 0
        while true {
            do throws(End) {
                return .answer(try attend(to: request, id, isFresh: attempts > 0, reply))
            } catch {
                attempts += 1
                // Whoever kills a process from outside says nothing of its request.
                let most = error == .signal(SIGKILL) ? Self.mostKilled : 2
                if attempts >= most || !error.isWorthAnotherTry || Interruption.asked != nil { return .ended(error) }
            }
        }
    }

    /// Ends the worker that has this request, if one has it.
    public func cancel(_ id: Int) {
        state.withLock { state in
            guard let process = state.busy[id] else { return }
            state.cancelled.insert(id)
            kill(process, SIGKILL)
        }
    }

    /// Processes that are at work.
    package var processesAtWork: [Int32] { state.withLock { Array($0.busy.values) } }

    /// The layers that hold a worker of this task, which is asked for nothing; nil if none could be started.
    public func layersInForce(of task: [UInt8]) -> Layers? {
        guard case .answer = ask(Request(task: task, body: [])) else { return nil }
        return state.withLock { $0.idle.first { $0.worker.task == task }?.worker.layers }
    }

    private func attend(to request: Request, _ id: Int?, isFresh: Bool, _ reply: ((Question) -> Reply?)?)
        throws(End) -> [UInt8]
    {
        let idle = isFresh ? nil : state.withLock { state in Self.take(request.task, from: &state.idle) }
        let seated =
            if let idle { idle } else { Seated(try Worker.start(task: request.task, limits: limits, launch: launch)) }
        let process = seated.worker.process
        let number = state.withLock { state in
            state.last += 1
            let number = id ?? -state.last
            state.busy[number] = process
            return number
        }
        let result: Result<[UInt8], End>
        do throws(End) {
            result = .success(try seated.worker.ask(request, reply: reply))
        } catch {
            result = .failure(error)
        }
        let wasCancelled = state.withLock { state in
            state.busy[number] = nil
            return state.cancelled.remove(number) != nil
        }
        if wasCancelled { throw .cancelled }
        let answer = try result.get()
        if !request.isLast { state.withLock { $0.idle.append(seated) } }
        return answer
    }

    /// A worker of the task; one of another task has to go, for its seat is taken.
    private static func take(_ task: [UInt8], from idle: inout [Seated]) -> Seated? {
        if let index = idle.firstIndex(where: { $0.worker.task == task }) { return idle.remove(at: index) }
        if !idle.isEmpty { idle.removeFirst() }
        return nil
    }
}

/// Seats that are taken and given back, by a semaphore of the C library.
private final class Seats: @unchecked Sendable {
    // A semaphore is made to be used from several threads, and where it lies never changes.
    private let semaphore: UnsafeMutablePointer<sem_t>

    init(_ count: Int) {
        semaphore = .allocate(capacity: 1)
        sem_init(semaphore, 0, UInt32(clamping: count))
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func take() { while sem_wait(semaphore) != 0, errno == EINTR {} }

    func give() { sem_post(semaphore) }
}
