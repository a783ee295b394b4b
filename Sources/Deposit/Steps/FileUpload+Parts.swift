// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import Remote
internal import Synchronization
internal import Transport

/// Whether files are sent in parts: until one is refused.
final class PartPolicy: Sendable {
    /// Larger files are sent in parts of so many bytes.
    let size: Int
    private let state: Mutex<Bool>

    init(_ size: Int, isTaken: Bool) {
        self.size = size
        state = Mutex(isTaken)
    }

    /// The repository takes parts, as far as is known.
    var isTaken: Bool { state.withLock { $0 } }

    /// A part was refused: none is tried again.
    func refuse() { state.withLock { $0 = false } }
}

// Large files in parts, where the repository takes them.

extension FileUpload {
    /// The file is sent in parts.
    func usesParts(_ file: DepositFile) -> Bool {
        parts.isTaken && file.size > parts.size
    }

    /// The places of the parts: at most ten thousand, none below the size that was asked for but the last.
    private func ranges(_ file: DepositFile) -> [Range<Int>] {
        let size = max(parts.size, (file.size + 9_999) / 10_000)
        return stride(from: 0, to: file.size, by: size).map { $0..<min(file.size, $0 + size) }
    }

    /// The announcement; never with a checksum, which a server would store unverified.
    func announcement(of file: DepositFile) -> JSONValue {
        let ranges = ranges(file)
        return .object([
            JSONMember("key", .string(file.key)), JSONMember("size", .integer(file.size)),
            JSONMember(
                "transfer",
                .object([
                    JSONMember("type", .string("M")), JSONMember("parts", .integer(ranges.count)),
                    JSONMember("part_size", .integer(ranges.first?.count ?? file.size)),
                ])),
        ])
    }

    /// All parts and the commit; a part that was lost is sent again, and none is left out.
    func sendParts(_ file: DepositFile) throws(DepositStop) -> (State, String) {
        let source: Source
        do throws(Failure) {
            source = try file.open()
        } catch {
            throw DepositStop(error)
        }
        let stream = OutgoingFile(source, sent)
        var isWholeDigest = true
        for (index, range) in ranges(file).enumerated() {
            var why = ""
            var isDone = false
            for attempt in 1...max(1, repository.patience.tries) where !isDone {
                if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
                if !stream.begin(range) { isWholeDigest = false }
                try journal.before("part", [("key", .string(file.key)), ("part", .integer(index + 1))])
                let outcome = try repository.change(
                    .put, path(file.key) + ["content", "\(index + 1)"], .stream(size: range.count, stream.read))
                switch outcome {
                case .lost(let words): why = words
                case .answered(let answer):
                    switch answer.status {
                    case 200 where !answer.hasErrors: isDone = true
                    // Announced and refused: this repository takes no parts, whatever was said of it.
                    case 403:
                        parts.refuse()
                        repository.note("parts are refused: '\(file.key)' is sent whole")
                        try delete(file.key)
                        return (.absent, "parts are refused")
                    case 200, 400, 404, 409: return (try read(file.key), "part \(index + 1): \(answer.message)")
                    default: throw repository.refusal(answer, "take a part of '\(file.key)'")
                    }
                }
            }
            guard isDone else { throw stop(file.key, why) }
        }
        do throws(Failure) {
            try source.checkUnchanged()
            // With a part that went twice the digest is taken from the disk.
            if isWholeDigest { try digests.keep(stream.md5(), of: file) }
        } catch {
            throw DepositStop(error)
        }
        return try commit(file)
    }
}
