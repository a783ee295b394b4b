// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Something of a file that was not read, while the rest was.
public struct Fault: Sendable, Hashable {
    /// What keeps an object from being read.
    public enum Kind: Sendable, Hashable {
        /// The library could not read it.
        case unreadable
        /// The bytes contradict the format.
        case damaged
        /// It is of a form that is not read.
        case form
        /// Groups lie deeper than `Limits.depth`.
        case depthLimit
        /// The file has more objects than `Limits.objects`.
        case objectLimit
        /// A name, a value or a count is larger than a limit, or larger than the file can hold.
        case sizeLimit
    }

    /// What keeps it from being read.
    public let kind: Kind
    /// Path of the object, with `@name` for an attribute.
    public let place: String
    /// What was tried and why it did not work.
    public let failure: Failure

    /// Something that could not be read.
    init(place: String, _ failure: Failure) {
        kind =
            switch failure.code {
            case .damaged: .damaged
            case .form: .form
            case .limit: .sizeLimit
            default: .unreadable
            }
        self.place = place
        self.failure = failure
    }

    /// Something that our own reader stopped at.
    init(place: String, _ stop: Stop) {
        kind =
            switch stop {
            case .damaged: .damaged
            case .unread(.limit): .sizeLimit
            case .unread: .form
            }
        self.place = place
        failure = Failure(attempt: "read", subject: place, stop)
    }

    /// Something that was not read, in words of ours.
    init(kind: Kind, place: String, text: String) {
        self.kind = kind
        self.place = place
        failure = Failure(
            attempt: "read", subject: place, code: kind == .unreadable ? .damaged : .limit(text), words: text)
    }
}

extension Failure {
    init(attempt: String, subject: String, _ stop: Stop) {
        let code: Code =
            switch stop {
            case .damaged: .damaged
            case .unread(.limit): .limit(stop.sentence)
            case .unread(let form): .form(form.words)
            }
        self.init(attempt: attempt, subject: subject, code: code, words: stop.sentence)
    }

    /// A call of the library, or what we do in its place, that did not succeed.
    ///
    /// - Parameters:
    ///   - outermost: What the library says it was doing; empty if the fault is ours to tell.
    ///   - innermost: Why it did not work.
    init(
        attempt: String, subject: String, outermost: String = "", innermost: String, code: Code? = nil,
        remedy: String = ""
    ) {
        let code = code ?? .library("libhdf5")
        guard !outermost.isEmpty, outermost != innermost else {
            self.init(attempt: attempt, subject: subject, code: code, words: innermost, remedy: remedy)
            return
        }
        let inner = Failure(attempt: attempt, subject: subject, code: code, words: innermost)
        self.init(
            attempt: attempt, subject: subject, code: code, words: outermost, remedy: remedy,
            causes: innermost.isEmpty ? [] : [inner])
    }
}
