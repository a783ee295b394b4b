// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a worker is asked: what to do, once for its life, and with what.
public struct Request: Sendable {
    /// What the worker does with each request; a worker has one task.
    public let task: [UInt8]
    public let body: [UInt8]
    /// Files that the program opened for the worker; they stay open and belong to the caller.
    public let descriptors: [Int32]
    /// The worker ends with this request, whatever the answer.
    public let isLast: Bool

    public init(task: [UInt8], body: [UInt8], descriptors: [Int32] = [], isLast: Bool = false) {
        self.task = task
        self.body = body
        self.descriptors = descriptors
        self.isLast = isLast
    }
}

/// What a worker asks while it answers.
public struct Question: Sendable {
    public let body: [UInt8]
    /// Files that the worker holds open; closed when the question is answered.
    public let descriptors: [Int32]

    public init(body: [UInt8], descriptors: [Int32]) {
        self.body = body
        self.descriptors = descriptors
    }
}

/// What a worker is told on its question.
public struct Reply: Sendable {
    public let body: [UInt8]
    /// Files for the worker, which are closed here when they have gone.
    public let descriptors: [Int32]

    public init(_ body: [UInt8], descriptors: [Int32] = []) {
        self.body = body
        self.descriptors = descriptors
    }
}

/// How a request ends.
public enum Outcome: Sendable, Hashable {
    case answer([UInt8])
    case ended(End)
}
