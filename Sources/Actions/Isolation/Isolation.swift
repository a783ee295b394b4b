// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Asks for one file after the other in a process that may die.
public struct Isolation: ~Copyable {
    private let limits: WorkerLimits
    private var worker: Worker?

    public init(limits: WorkerLimits = WorkerLimits()) {
        self.limits = limits
    }

    /// How a request ends.
    public enum Outcome: Sendable {
        case answer([UInt8])
        /// The process died over the file, twice; in words.
        case ended(String)
    }

    /// Has a worker do something with a file.
    ///
    /// A file that ends a worker gets a fresh one, so that what an earlier file broke is not laid at its door.
    /// - Parameter answer: What the worker does; the same for every request of this value.
    public mutating func ask(_ path: String, _ answer: (String) -> [UInt8]) -> Outcome {
        var end = "no process could be started"
        for _ in 0..<2 {
            let current = worker ?? Worker(limits: limits) { answer(String(decoding: $0, as: UTF8.self)) }
            worker = current
            guard let current else { break }
            switch current.ask(Array(path.utf8)) {
            case .answer(let bytes): return .answer(bytes)
            case .ended(let words): end = words
            }
            worker = nil
        }
        return .ended(end)
    }
}
