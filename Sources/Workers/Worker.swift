// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CProcess
import Glibc

/// A process of this program that answers requests on one task, one after the other, and may die over one of them.
struct Worker: ~Copyable {
    let process: pid_t
    let task: [UInt8]
    private var channel: Channel
    private let limits: WorkerLimits
    /// Layers that hold the process; nil before it greeted.
    private(set) var layers: Layers?
    private var requests: UInt32 = 0

    /// Starts a process.
    static func start(task: [UInt8], limits: WorkerLimits, launch: Launch) throws(End) -> Worker {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw .notStarted(errno)
        }
        var process: pid_t = 0
        let code = launch.start(ends[1], &process)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw .notStarted(code)
        }
        return Worker(process, socket: ends[0], task: task, limits: limits)
    }

    private init(_ process: pid_t, socket: Int32, task: [UInt8], limits: WorkerLimits) {
        self.process = process
        self.task = task
        self.limits = limits
        channel = Channel(socket: socket)
        channel.give(Frame.bytes(.task, 0, task))
    }

    deinit {
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Sends a request and waits for the answer.
    ///
    /// - Parameter reply: Answers what the worker asks meanwhile; nil: it may not.
    mutating func ask(_ request: Request, reply: ((Question) -> Reply?)?) throws(End) -> [UInt8] {
        requests &+= 1
        channel.give(
            Frame.bytes(.request, requests, request.body, descriptors: request.descriptors.count),
            descriptors: request.descriptors)
        let deadline = Clock.seconds() + Double(limits.seconds)
        var answer: [UInt8] = []
        while true {
            let frame = try receive(until: deadline)
            defer { for descriptor in frame.descriptors { close(descriptor) } }
            switch frame.kind {
            case .greeting where layers == nil && answer.isEmpty:
                guard let layers = Layers(greeting: frame.body, version: Launch.version) else { throw .nonsense }
                self.layers = layers
            case .question where layers != nil && frame.number == requests && !frame.hasMore:
                guard let given = reply?(Question(body: frame.body, descriptors: frame.descriptors)) else {
                    throw .nonsense
                }
                channel.give(
                    Frame.bytes(.reply, requests, given.body, descriptors: given.descriptors.count),
                    descriptors: given.descriptors, closing: true)
            case .answer where layers != nil && frame.number == requests:
                guard answer.count + frame.body.count <= Frame.mostAnswer else { throw .tooLong }
                answer += frame.body
                if !frame.hasMore { return answer }
            default: throw .nonsense
            }
        }
    }

    private mutating func receive(until deadline: Double) throws(End) -> Frame {
        do throws(Channel.Loss) {
            return try channel.receive(until: deadline)
        } catch {
            switch error {
            case .timeout: throw .time(limits.seconds)
            case .nonsense: throw .nonsense
            case .end: throw Interruption.asked == nil ? lastWords() : .cancelled
            }
        }
    }

    /// How the process ended; one that only closed its side is given a moment to follow.
    private func lastWords() -> End {
        let deadline = Clock.seconds() + 2
        while true {
            var information = siginfo_t()
            let code = waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG)
            guard code == 0 || errno == EINTR else { return .gone }
            if code == 0, information.si_signo == SIGCHLD {
                let status = information._sifields._sigchld.si_status
                if information.si_code == CLD_EXITED { return .exit(status) }
                return status == SIGXCPU ? .processorTime(limits.processorSeconds) : .signal(status)
            }
            if Clock.seconds() > deadline { return .gone }
            usleep(1000)
        }
    }
}
