// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A call that did not succeed: what was tried on what, and what the library said.
public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was tried, as a verb with its object: "read the value".
    public let attempt: String
    /// The file, or the path inside the file.
    public let subject: String
    /// What the library says it was doing; empty if the fault is ours to tell.
    public let outermost: String
    /// Why it did not work.
    public let innermost: String
    /// What the reader can do; empty if nothing is known.
    public let remedy: String

    public init(attempt: String, subject: String, outermost: String = "", innermost: String, remedy: String = "") {
        self.attempt = attempt
        self.subject = subject
        self.outermost = outermost
        self.innermost = innermost
        self.remedy = remedy
    }

    public var description: String {
        var text = "cannot \(attempt) '\(subject)'"
        if !outermost.isEmpty, outermost != innermost { text += ": \(outermost)" }
        if !innermost.isEmpty { text += ": \(innermost)" }
        if !remedy.isEmpty { text += " (\(remedy))" }
        return text
    }
}

/// Something of a file that was not read, while the rest was.
public struct Fault: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The library could not read it.
        case unreadable
        /// Groups lie deeper than `Limits.depth`.
        case depthLimit
        /// The file has more objects than `Limits.objects`.
        case objectLimit
        /// A name, a value or a count is larger than a limit, or larger than the file can hold.
        case sizeLimit
    }

    public let kind: Kind
    /// Path of the object, with `@name` for an attribute.
    public let place: String
    public let text: String
}
