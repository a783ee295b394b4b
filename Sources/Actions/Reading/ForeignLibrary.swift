// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import HDF5
import Transport
public import Workers

/// libhdf5 in a process of its own: started when a value first needs it, with one file, no name, no environment and no
/// rights, and ended with the request.
///
/// - Source: docs/decisions/0145-libhdf5-in-a-worker.md.
public enum ForeignLibrary {
    /// What such a worker is told to do.
    public static let task = Array("libhdf5".utf8)

    /// What such a worker does.
    public static var duty: Serving.Duty {
        Serving.Duty(readable: []) { request, descriptors in
            descriptors.first.map { ForeignServing.answer(request, descriptor: $0) } ?? []
        }
    }

    /// The library behind a pool of this process.
    public static func reader(in pool: WorkerPool) -> ForeignReader {
        ForeignReader { request, descriptor in answer(request, descriptor, pool) }
    }

    /// The library behind the program that started this worker, which may start no process itself.
    public static func reader(behind program: Serving.Asking) -> ForeignReader {
        ForeignReader { request, descriptor in
            let (body, descriptors) = program.ask(Asked.valueFront + request, descriptors: [descriptor])
            for descriptor in descriptors { _ = Descriptor(owning: descriptor) }
            switch body.first {
            case 0: return .bytes(Array(body.dropFirst()))
            default: return .ended(String(decoding: body.dropFirst(), as: UTF8.self))
            }
        }
    }

    /// Answers a worker that stands before a value it cannot read: its request and its file go on as they are.
    public static func reply(in pool: WorkerPool) -> @Sendable (Question) -> Reply? {
        { question in
            guard let descriptor = question.descriptors.first else { return nil }
            switch answer(question.body, descriptor, pool) {
            case .bytes(let bytes): return Reply([0] + bytes)
            case .ended(let words): return Reply([1] + Array(words.utf8))
            }
        }
    }

    private static func answer(_ request: [UInt8], _ descriptor: Int32, _ pool: WorkerPool) -> ForeignReader.Answer {
        switch pool.ask(Request(task: task, body: request, descriptors: [descriptor], isLast: true)) {
        case .answer(let bytes): .bytes(bytes)
        case .ended(let end): .ended(end.words)
        }
    }
}
