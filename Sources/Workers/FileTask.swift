// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

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

/// Where files are read.
public enum ReadingPlace: Sendable {
    case here
    /// In workers of the pool that have this task, which says the same as the task of the program.
    ///
    /// `reply` answers what they ask while they have a group of files.
    case workers(WorkerPool, task: [UInt8], reply: @Sendable ([String]) -> (@Sendable (Question) -> Reply?)?)
}

extension FileTask {
    /// Reads groups of files that belong together, one group after the other, here or there.
    public func read(_ groups: some Sequence<[String]>, at place: ReadingPlace, each: ([String], Answer) -> Void) {
        for names in groups {
            switch place {
            case .here: each(names, answer(on: names))
            case .workers(let pool, let task, let reply):
                switch pool.ask(Request(task: task, body: FileNames.wire(names)), reply: reply(names)) {
                case .answer(let bytes):
                    each(names, Answer(wire: bytes) ?? answer(on: names, endedBy: .nonsense))
                case .ended(let end): each(names, answer(on: names, endedBy: end))
                }
            }
        }
    }

    /// What a worker of this task does.
    public func duty(readable: [String]) -> Serving.Duty {
        Serving.Duty(readable: readable, loadsLibraries: true) { request, _ in answer(on: FileNames.read(request)).wire
        }
    }
}

/// Names in a request, which hold every byte but zero.
private enum FileNames {
    static func wire(_ names: [String]) -> [UInt8] { Array(names.joined(separator: "\0").utf8) }

    static func read(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
