// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// We could not look: what was tried, on what, why it did not work and what helps.
///
/// The one failure of the program: whoever has to decide something asks the code, and nobody reads a sentence back.
public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was tried, a verb with its object: "open", "read the object".
    public let attempt: String
    /// File or object as it was named.
    public let subject: String
    /// What kind of cause it is, for decisions; words are for people.
    public let code: Code
    /// The cause in the words of system or library, without subject and remedy.
    public let words: String
    /// What a person can do; empty if nothing is known.
    public let remedy: String
    /// What stands behind the cause, outermost first; mostly nothing.
    public let causes: [Failure]

    /// What kind of cause it is.
    public enum Code: Sendable, Hashable {
        /// There is no such file.
        case absent
        case permission
        /// A folder, pipe, socket or device.
        case notRegular
        /// The content is not on this machine: on tape, or behind a pointer.
        case offline
        /// Its writer holds it.
        case locked
        /// It changed while it was read.
        case changed
        case empty
        /// The bytes are of another format.
        case foreign
        /// The file ends before what it announces.
        case cut
        case damaged
        case disordered
        /// A form of the format that this program does not know; says which.
        case form(String)
        /// A filter that this program lacks, by its number.
        case filter(Int)
        /// A library could not do it, or is not there.
        case library(String)
        /// Our policy does not let us look.
        case refused(String)
        /// A limit of ours.
        case limit(String)
        /// The process that looked has ended.
        case ended(String)
        /// The command line asks for something that cannot be.
        case usage
        /// There is no room to write.
        case full
        case network
        /// Another error of the system, by its number.
        case system(Int32)
    }

    public init(
        attempt: String, subject: String, code: Code, words: String, remedy: String = "", causes: [Failure] = []
    ) {
        self.attempt = attempt
        self.subject = subject
        self.code = code
        self.words = words
        self.remedy = remedy
        self.causes = causes
    }

    /// Wrong usage in a sentence of its own.
    public init(usage sentence: String, remedy: String = "") {
        self.init(attempt: "", subject: "", code: .usage, words: sentence, remedy: remedy)
    }

    /// The same with another code, such as that of wrong usage when it is an option that names the file.
    public func with(code: Code) -> Failure {
        Failure(attempt: attempt, subject: subject, code: code, words: words, remedy: remedy, causes: causes)
    }

    /// The same about a file as others name it.
    func of(_ name: Name) -> Failure {
        Failure(attempt: attempt, subject: name.text, code: code, words: words, remedy: remedy, causes: causes)
    }

    /// The cause with those behind it.
    public var cause: String {
        causes.isEmpty ? words : ([words] + causes.map(\.cause)).filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// The innermost cause.
    public var innermost: String { causes.last?.innermost ?? words }

    /// One sentence: "cannot open 'x.nxs': Permission denied".
    public var line: String {
        guard !attempt.isEmpty else { return cause }
        return "cannot \(attempt) '\(subject)'" + (cause.isEmpty ? "" : ": \(cause)")
    }

    /// "cannot open the file: No such file", with the subject where it is not the file that is spoken of.
    public func line(in path: String) -> String {
        guard !attempt.isEmpty else { return cause }
        return "cannot \(attempt)" + (subject == path ? "" : " '\(subject)'") + (cause.isEmpty ? "" : ": \(cause)")
    }

    /// The sentence, and the remedy in brackets.
    public var description: String { remedy.isEmpty ? line : "\(line) (\(remedy))" }
}
