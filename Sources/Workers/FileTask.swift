// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A value that goes from one process to another.
public protocol WireValue {
    var wire: [UInt8] { get }
    /// Nil for bytes that make no sense.
    init?(wire: [UInt8])
}

/// Something that is done with files, in this process or in one that may die.
public protocol FileTask {
    associatedtype Answer: WireValue

    /// Reads files and says what came of it; never fails.
    func answer(on names: [String]) -> Answer

    /// What is said of files whose reader ended.
    func answer(on names: [String], endedBy end: End) -> Answer
}

/// What the program does for a worker while that has a portion of the inputs.
public protocol Attendant: Sendable {
    /// What goes with some of the groups: words for the worker, and files that were opened for it.
    func ahead(of groups: [[String]]) -> Reply

    /// Answers what the worker asks; nil for what a sound one does not.
    func answer(_ question: Question) -> Reply?
}

/// Where files are read.
public enum ReadingPlace: Sendable {
    case here
    /// In workers of the pool that have this task, which says the same as the task of the program.
    case workers(WorkerPool, task: [UInt8], attend: @Sendable (_ groups: [[String]]) -> any Attendant)
}

extension FileTask {
    /// Reads groups of files that belong together, one group after the other, here or there.
    public func read(_ groups: some Sequence<[String]>, at place: ReadingPlace, each: ([String], Answer) -> Void) {
        switch place {
        case .here: for names in groups { each(names, answer(on: names)) }
        case .workers(let pool, let task, let attend):
            // The first answers come at once, later ones in portions.
            var most = 1
            var waiting: [[String]] = []
            for names in groups {
                waiting.append(names)
                guard waiting.count >= most else { continue }
                readTogether(waiting, in: pool, task: task, by: attend(waiting), each: each)
                waiting = []
                most = min(most * 2, Portion.most)
            }
            if !waiting.isEmpty { readTogether(waiting, in: pool, task: task, by: attend(waiting), each: each) }
        }
    }

    /// Reads groups of files in one worker; where one of them ends its reader, each is read alone.
    ///
    /// - Parameter groups: As many as one message carries, `WorkerPool.mostGroups`.
    public func readTogether(
        _ groups: [[String]], in pool: WorkerPool, task: [UInt8], by attendant: any Attendant,
        each: ([String], Answer) -> Void
    ) {
        var rest = groups[...]
        while let first = rest.first {
            let ahead = attendant.ahead(of: Array(rest))
            defer { for descriptor in ahead.descriptors { close(descriptor) } }
            let body = Portion(Array(rest), ahead: ahead.body).bytes
            let outcome = pool.ask(Request(task: task, body: body, descriptors: ahead.descriptors)) {
                attendant.answer($0)
            }
            switch outcome {
            case .answer(let bytes):
                guard let answers = Portion.answers(bytes), !answers.isEmpty, answers.count <= rest.count else {
                    each(first, answer(on: first, endedBy: .nonsense))
                    rest = rest.dropFirst()
                    continue
                }
                for bytes in answers {
                    let names = rest.removeFirst()
                    each(names, Answer(wire: bytes) ?? answer(on: names, endedBy: .nonsense))
                }
            case .ended(let end) where rest.count == 1:
                each(first, answer(on: first, endedBy: end))
                return
            case .ended:
                for names in rest { readTogether([names], in: pool, task: task, by: attendant, each: each) }
                return
            }
        }
    }

    /// What a worker of this task does.
    ///
    /// - Parameter receive: Takes what the program opened ahead; the descriptors are closed after the portion is read.
    public func duty(
        readable: [String], limits: WorkerLimits = WorkerLimits(),
        receive: @escaping (_ ahead: [UInt8], _ groups: [[String]], _ descriptors: [Int32]) -> Void
    ) -> Serving.Duty {
        Serving.Duty(readable: readable, loadsLibraries: true) { request, descriptors in
            guard let portion = Portion(request) else { return [] }
            receive(portion.ahead, portion.groups, descriptors)
            let start = Clock.seconds()
            var message: [UInt8] = []
            for (index, names) in portion.groups.enumerated() {
                if index > 0 {
                    if Clock.seconds() - start > Portion.patience || message.count > Portion.mostBytes { break }
                    WorkerLimits.boundProcessorTime(limits.processorSeconds)
                }
                Portion.join(answer(on: names).wire, to: &message)
            }
            return message
        }
    }
}
