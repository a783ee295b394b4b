// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Transport

/// Standard output and standard error, written without buffers of the C library.
///
/// A write that fails is remembered, and whoever ends the program asks for it: no verb can forget to.
enum StandardStream {
    /// The first error of writing to standard output; 0 when there was none.
    private static let fault = Mutex<Int32>(0)
    /// Nobody took what was written to standard error when the end was asked for.
    private static let isDeaf = Mutex(false)
    /// Seconds for which nobody may take anything once the end was asked for.
    private static let patience = 5
    /// What a pipe takes at once that has room at all: PIPE_BUF of POSIX.
    private static let piece = 4_096

    /// Makes the streams safe to use: one that is closed must not become the next file that is opened, and a reader that
    /// goes away must not end the program before its files are written.
    static func prepare() {
        for (number, flags) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(number, F_GETFD) < 0 {
            // Open for reading only: what is written there fails as it would have.
            _ = open("/dev/null", flags)
        }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes to standard output, unless that has failed before.
    static func report(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        fault.withLock { fault in
            if fault == 0 { fault = send(bytes[...], to: STDOUT_FILENO) }
        }
    }

    /// Nobody takes what is written to standard output any more.
    static var hasFailed: Bool { fault.withLock { $0 != 0 } }

    static func report(_ text: String) { report(Array(text.utf8)) }

    /// One line on standard error, after the name of the program.
    static func complain(_ line: String) {
        complain(complaint(line))
    }

    /// Lines that were made before.
    static func complain(_ bytes: [UInt8]) {
        isDeaf.withLock { isDeaf in
            if !isDeaf { isDeaf = send(bytes[...], to: STDERR_FILENO) == ETIMEDOUT }
        }
    }

    /// Writes all of it; where a signal may ask for the end, a reader that takes nothing does not keep the program from it.
    ///
    /// - Returns: The error number of the system, else 0.
    private static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32 {
        guard StopSignal.isAwaited else { return OutputFile.write(Array(bytes), to: descriptor) }
        var rest = bytes
        while !rest.isEmpty {
            guard hasRoom(descriptor) else { return ETIMEDOUT }
            let error = OutputFile.write(Array(rest.prefix(piece)), to: descriptor)
            guard error == 0 else { return error }
            rest = rest.dropFirst(piece)
        }
        return 0
    }

    /// Waits until a descriptor takes something, or tells why not; false when the end was asked for and nobody reads.
    private static func hasRoom(_ descriptor: Int32) -> Bool {
        var waited = 0
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let count = poll(&waiting, 1, 100)
            if count > 0 || count < 0 && errno != EINTR { return true }
            guard StopSignal.number != 0 else { continue }
            waited += count == 0 ? 1 : 0
            if waited >= patience * 10 { return false }
        }
    }

    static func complaint(_ line: String) -> [UInt8] { Array("imprimatur: \(Escaping.line(line))\n".utf8) }

    /// Says a failure and its remedy on standard error; the code that it ends with.
    static func tell(_ failure: Failure) -> ExitCode {
        complain(failure.line)
        if !failure.remedy.isEmpty { complain(failure.remedy) }
        return ExitCode(failure)
    }

    /// Says what is wrong with the command line.
    static func refuse(_ problem: String, _ remedy: String) -> ExitCode {
        tell(Failure(usage: problem, remedy: remedy))
    }

    /// The code of a run, once its report has arrived or has not.
    static func ended(_ code: ExitCode) -> ExitCode {
        let number = fault.withLock { $0 }
        guard number != 0 else { return code }
        let failure = Failure(
            attempt: "write", subject: "standard output", code: .init(system: number),
            words: Failure.systemWords(number, isWriting: true))
        return ExitCode.combined([code, tell(failure)])
    }
}
