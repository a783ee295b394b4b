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
    consuming func leave(_ code: ExitCode, files: [(output: Output, bytes: [UInt8])] = []) -> Never {
        CrashGuard.remove()
        Interruption.ignore()
        var codes = [code]
        for file in files {
            do {
                try file.output.write(file.bytes)
                try file.output.end()
            } catch {
                for line in [error.line, error.remedy] where !line.isEmpty {
                    pieces.append(.complaint(StandardStream.complaint(line)))
                }
                codes.append(ExitCode(error))
            }
        }
        for piece in pieces { write(piece) }
        _exit(StandardStream.ended(ExitCode.combined(codes)).rawValue)
    }

    private func write(_ piece: Piece) {
        switch piece {
        case .output(let bytes): StandardStream.report(bytes)
        case .complaint(let bytes): StandardStream.complain(bytes)
        }
    }
}
