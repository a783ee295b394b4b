// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport
import Workers

/// What a run leaves behind: lines and bytes for the standard streams, files, and in the end the exit code.
///
/// While files are read in this process it is gathered, since the process may have to start again and must have printed
/// nothing; what is gathered holds nothing but bytes.
struct Leavings {
    private enum Piece {
        case output([UInt8])
        case complaint([UInt8])
    }

    private let isGathered: Bool
    private var pieces: [Piece] = []
    private var isBroken = false

    /// - Parameter isGathered: Nothing is printed before `leave`; else everything at once.
    init(isGathered: Bool) { self.isGathered = isGathered }

    mutating func report(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        if isGathered { pieces.append(.output(bytes)) } else { write(.output(bytes)) }
    }

    mutating func report(_ text: String) { report(Array(text.utf8)) }

    /// One line on standard error, after the name of the program.
    mutating func complain(_ line: String) {
        let piece = Piece.complaint(StandardStream.complaint(line))
        if isGathered { pieces.append(piece) } else { write(piece) }
    }

    /// Ends the guard, writes files, then what was gathered, and ends the process; nothing is taken apart before.
    consuming func leave(_ code: ExitCode, files: [(path: String, bytes: [UInt8])] = []) -> Never {
        CrashGuard.remove()
        var codes = [code]
        for file in files {
            do {
                try OutputFile.write(file.bytes, to: file.path)
            } catch {
                pieces.append(.complaint(StandardStream.complaint(error.line)))
                codes.append(.unreadable)
            }
        }
        for piece in pieces { write(piece) }
        if isBroken {
            StandardStream.complain("cannot write the report to standard output")
            codes.append(.unreadable)
        }
        _exit(ExitCode.combined(codes).rawValue)
    }

    private mutating func write(_ piece: Piece) {
        switch piece {
        case .output(let bytes): if !StandardStream.write(bytes, to: STDOUT_FILENO) { isBroken = true }
        case .complaint(let bytes): StandardStream.write(bytes, to: STDERR_FILENO)
        }
    }
}
