// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Bytes could not be looked at: what was tried, on what, why it did not work and what helps.
public struct TransportFailure: Error, Sendable, Hashable {
    /// The attempt as a verb: "open", "read", "map".
    public let attempt: String
    /// Path or URL.
    public let subject: String
    /// The cause in the words of the system.
    public let cause: String
    /// What a person can do.
    public let remedy: String
    /// The error number of the system; 0 when there is none.
    public let errno: Int32

    public init(attempt: String, subject: String, cause: String, remedy: String, errno: Int32) {
        self.attempt = attempt
        self.subject = subject
        self.cause = cause
        self.remedy = remedy
        self.errno = errno
    }

    /// A failure from an error number of the system.
    static func of(_ attempt: String, _ subject: String, _ code: Int32) -> TransportFailure {
        let remedy =
            switch code {
            case ENOENT, ENOTDIR: "check the spelling of the path"
            case EACCES, EPERM: "ask the owner of the file for permission to read it"
            case EISDIR: "name a file inside this folder"
            case EINVAL: "name a regular file; pipes and devices are not read"
            case EMFILE, ENFILE: "close other files or raise the limit with `ulimit -n`"
            default: "try a copy of the file on a local disk"
            }
        let cause = code == EINVAL ? "not a regular file" : String(cString: strerror(code))
        return TransportFailure(attempt: attempt, subject: subject, cause: cause, remedy: remedy, errno: code)
    }
}
