// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Deposit
import Diffraction
import Digest
import Transport

/// Many records written anew, one after the other: a list of author files with a journal beside it.
///
/// A line of the journal names a file, its SHA-256 and its DOI, and is on the disk before the next record is sent. A run that
/// was stopped goes on where it was; a file that changed since is sent again.
struct MintList {
    private let path: String
    private let files: [String]

    /// - Parameter path: One author file a line, relative to the working directory.
    init(_ path: String) throws(DepositStop) {
        guard let bytes = FileBytes.read(path) else {
            throw DepositStop(.refusal, "the list '\(path)' cannot be read", remedy: "check the spelling of the path")
        }
        self.path = path
        files = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        guard !files.isEmpty else {
            throw DepositStop(.refusal, "the list '\(path)' names no file", remedy: "write one author file a line")
        }
    }

    func callAsFunction(_ call: Invocation, _ run: MintRun) throws(DepositStop) -> ExitCode {
        guard call.operands.isEmpty, !call.has(.reservedDOI) else {
            throw DepositStop(
                .refusal, "--list goes without FILE and --doi", remedy: "write the DOI into each author file")
        }
        let journal: JournalFile
        do throws(Failure) { journal = try JournalFile(Name(path + ".journal")) } catch { throw DepositStop(error) }
        let lines = String(decoding: journal.found, as: UTF8.self).split(separator: "\n")
        let known = Set(lines.map(Self.key))
        if let last = journal.found.last, last != 0x0A { try Self.note("\n", in: journal) }
        var codes: [ExitCode] = []
        var (written, earlier) = (0, 0)
        for file in files {
            guard let bytes = FileBytes.read(file), let digest = Digests.of(bytes, [.sha256])[.sha256] else {
                StandardStream.complain("'\(file)' cannot be read")
                codes.append(.unreadable)
                continue
            }
            guard !known.contains("\(digest)\t\(file)") else {
                earlier += 1
                continue
            }
            do throws(DepositStop) {
                let state = try run.update(try MintRecord(call, file).record)
                codes.append(MintVerb.told(state))
                try Self.note("\(digest)\t\(file)\t\(state.doi)\n", in: journal)
                written += 1
            } catch {
                // What is wrong with one record is told, and the others are sent; a network that fails stops all.
                guard error.kind == .difference else { throw error }
                StandardStream.complain("\(file): \(error.words)")
                if !error.remedy.isEmpty { StandardStream.complain(error.remedy) }
                codes.append(.findings)
            }
        }
        StandardStream.complain(
            "\(written) of \(files.count) records written" + (earlier > 0 ? ", \(earlier) by an earlier run" : ""))
        return ExitCode.combined(codes)
    }

    /// Digest and name of a whole line of the journal; a line that was cut names no file of the list.
    private static func key(_ line: Substring) -> String {
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
        return cells.count == 3 ? cells.prefix(2).joined(separator: "\t") : ""
    }

    private static func note(_ line: String, in journal: JournalFile) throws(DepositStop) {
        do throws(Failure) {
            try journal.add(Array(line.utf8))
            try journal.sync()
        } catch {
            throw DepositStop(error)
        }
    }
}
