// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// The side of the worker: takes its task, gives its rights away, answers until the program has no more requests.
public enum Serving {
    /// What a worker does with its requests.
    public struct Duty {
        /// Files and folders that are still opened by name.
        let readable: [String]
        /// Libraries are loaded when a file needs them.
        let loadsLibraries: Bool
        let answer: (_ request: [UInt8], _ descriptors: [Int32]) -> [UInt8]

        public init(
            readable: [String], loadsLibraries: Bool = false,
            answer: @escaping (_ request: [UInt8], _ descriptors: [Int32]) -> [UInt8]
        ) {
            self.readable = readable
            self.loadsLibraries = loadsLibraries
            self.answer = answer
        }
    }

    /// The way from a worker back to the program.
    ///
    /// `@unchecked Sendable`: a worker answers one request at a time, and questions of several threads take turns.
    public final class Asking: @unchecked Sendable {
        fileprivate var channel: Channel
        fileprivate var number: UInt32 = 0
        /// One question at a time: frames are read by several threads.
        private let turn = Mutex<Void>(())

        fileprivate init(socket: Int32) { channel = Channel(socket: socket) }

        /// Asks the program for something; a program that is gone ends the worker.
        ///
        /// - Parameter descriptors: Files that the program may read for it.
        public func ask(_ body: [UInt8], descriptors: [Int32] = []) -> (body: [UInt8], descriptors: [Int32]) {
            turn.withLock { _ in
                channel.give(
                    Frame.bytes(.question, number, body, descriptors: descriptors.count), descriptors: descriptors)
                let frame = Serving.message(.reply, &channel)
                guard frame.number == number else { _exit(ending) }
                return (frame.body, frame.descriptors)
            }
        }
    }

    /// Descriptor 3 leads to a program that started this process to serve it.
    public static var isCalled: Bool {
        var kind: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socketPlace, SOL_SOCKET, SO_DOMAIN, &kind, &size) == 0 && kind == AF_UNIX
    }

    /// Serves; never returns.
    ///
    /// - Parameter duty: Makes ready for a task; nil for one that nobody knows.
    public static func run(limits: WorkerLimits = WorkerLimits(), duty: ([UInt8], Asking) -> Duty?) -> Never {
        _ = fcntl(socketPlace, F_SETFD, FD_CLOEXEC)
        let program = Asking(socket: socketPlace)
        let task = message(.task, &program.channel)
        guard let duty = duty(task.body, program) else { _exit(ending) }
        let layers = Layers.restrict(
            to: duty.readable, loadsLibraries: duty.loadsLibraries, memoryBytes: limits.memoryBytes)
        program.channel.give(Frame.bytes(.greeting, 0, layers.greeting(version: Launch.version)))
        while true {
            let request = message(.request, &program.channel)
            WorkerLimits.boundProcessorTime(limits.processorSeconds)
            program.number = request.number
            let answer = duty.answer(request.body, request.descriptors)
            for descriptor in request.descriptors { close(descriptor) }
            program.channel.give(Frame.bytes(.answer, request.number, answer))
        }
    }

    /// The next message, of all its pieces; a program that is gone, or talks nonsense, ends the worker.
    private static func message(_ kind: Frame.Kind, _ channel: inout Channel) -> Frame {
        var body: [UInt8] = []
        var descriptors: [Int32] = []
        do throws(Channel.Loss) {
            while true {
                let frame = try channel.receive(until: nil)
                guard frame.kind == kind, body.count + frame.body.count <= Frame.mostAnswer else { _exit(ending) }
                body += frame.body
                descriptors += frame.descriptors
                guard frame.hasMore else {
                    return Frame(
                        kind: kind, hasMore: false, number: frame.number, body: body, descriptors: descriptors)
                }
            }
        } catch {
            _exit(ending)
        }
    }

    private static let socketPlace: Int32 = 3
    /// Exit code of a worker that is no longer spoken to.
    private static let ending: Int32 = 0
}
