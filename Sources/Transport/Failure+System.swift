// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension Failure {
    /// A failure from an error number of the system.
    public static func system(_ attempt: String, _ subject: String, _ number: Int32) -> Failure {
        Failure(
            attempt: attempt, subject: subject, code: Code(system: number), words: systemWords(number),
            remedy: systemRemedy(number))
    }

    /// What the system calls an error.
    public static func systemWords(_ number: Int32, isWriting: Bool = false) -> String {
        number == EINVAL && !isWriting ? "not a regular file" : String(cString: strerror(number))
    }

    private static func systemRemedy(_ number: Int32) -> String {
        switch number {
        case ENOENT, ENOTDIR: "check the spelling of the path"
        case EACCES, EPERM: "ask the owner of the file for permission to read it"
        case EISDIR: "name a file inside this folder"
        case EINVAL: "name a regular file; pipes and devices are not read"
        case EMFILE, ENFILE: "close other files or raise the limit with `ulimit -n`"
        default: "try a copy of the file on a local disk"
        }
    }
}

extension Failure.Code {
    public init(system number: Int32) {
        switch number {
        case ENOENT, ENOTDIR: self = .absent
        case EACCES, EPERM: self = .permission
        case EISDIR, EINVAL: self = .notRegular
        case ENOSPC, EDQUOT, EFBIG: self = .full
        case EAGAIN: self = .locked
        default: self = .system(number)
        }
    }
}
