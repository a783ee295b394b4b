// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import JSON
internal import Remote
internal import Synchronization
internal import Transport

/// Brings single files to a draft over a connection of its own.
///
/// What the server holds of a file decides what is done next; content never goes to a committed entry, which would
/// delete it.
struct FileUpload: Sendable {
    let repository: Repository
    let journal: DepositJournal
    let digests: LocalDigests
    let sent: @Sendable (Int) -> Void
    let id: String
    let parts: PartPolicy

    init(_ run: DepositRun, _ id: String, _ parts: PartPolicy) {
        self.parts = parts
        repository = Repository(beside: run.repository)
        journal = run.journal
        digests = run.digests
        sent = run.sent
        self.id = id
    }

    func path(_ key: String) -> [String] { ["records", id, "draft", "files", key] }

    /// Takes a file to where the server holds exactly its bytes.
    ///
    /// - Parameter first: What the server has of it.
    func settle(_ file: DepositFile, _ first: State) throws(DepositStop) {
        var state = first
        var why = ""
        var looks = 0
        var sends = 0
        while true {
            // Decided once a round: another file may meanwhile find that parts are refused, and what is announced in parts is
            // not to be sent whole.
            let isInParts = usesParts(file)
            switch state {
            case .absent: try announce(file, inParts: isInParts)
            case .announced: break
            case .entry(let entry):
                if entry.isUnderWay {
                    looks += 1
                    guard looks <= 12 * repository.patience.tries else {
                        throw stop(file.key, "the server puts its parts together and does not end")
                    }
                    Moment.sleep(repository.patience.look)
                    state = try read(file.key)
                    continue
                }
                if entry.isCompleted {
                    guard let difference = entry.difference(from: file, md5: try digests.md5(of: file)) else { return }
                    why = "the server holds \(difference.there), here is \(difference.here)"
                    try delete(file.key)
                    try announce(file, inParts: isInParts)
                } else if !entry.isPending || entry.transfer != "L" {
                    try delete(file.key)
                    try announce(file, inParts: isInParts)
                }
            }
            sends += 1
            guard sends <= max(1, repository.patience.tries) else { throw stop(file.key, why) }
            if sends > 1 { repository.pause(repository.patience.pause(before: sends - 1), why) }
            (state, why) = try isInParts ? sendParts(file) : send(file)
            if case .entry(let entry) = state, entry.isCompleted, why.isEmpty { return }
        }
    }

    /// What is known of a file on the server.
    enum State {
        case absent
        case announced
        case entry(FileEntry)
    }

    func stop(_ key: String, _ why: String) -> DepositStop {
        DepositStop(
            .interruption, "'\(key)' did not arrive: \(repository.clean(why))",
            remedy: "'imprimatur deposit resume' goes on from here", mayPassLater: true)
    }

    /// Content and commit, once.
    ///
    /// - Returns: What the server holds afterwards, and why it is not the file; nothing where it is.
    private func send(_ file: DepositFile) throws(DepositStop) -> (State, String) {
        let source: Source
        do throws(Failure) {
            source = try file.open()
        } catch {
            throw DepositStop(error)
        }
        let stream = OutgoingFile(source, sent)
        try journal.before("content", [("key", .string(file.key))])
        let outcome = try repository.change(.put, path(file.key) + ["content"], .stream(size: file.size, stream.read))
        switch outcome {
        case .lost(let why): return (try read(file.key), why)
        case .answered(let answer):
            switch answer.status {
            case 200 where !answer.hasErrors && answer.body?["key"]?.string == file.key: break
            case 200: return (try read(file.key), "the server answers 200, and: \(answer.message)")
            case 404: return (try read(file.key), "the server knows nothing of the file")
            case 400, 409: return (try read(file.key), "the server refuses the content: \(answer.message)")
            default: throw repository.refusal(answer, "take the content of '\(file.key)'")
            }
        }
        // Before it counts: the bytes that went out are those of the package, and of one state of the file.
        do throws(Failure) {
            try source.checkUnchanged()
            try digests.keep(stream.md5(), of: file)
        } catch {
            throw DepositStop(error)
        }
        return try commit(file)
    }

    func commit(_ file: DepositFile) throws(DepositStop) -> (State, String) {
        try journal.before("commit", [("key", .string(file.key))])
        switch try repository.change(.post, path(file.key) + ["commit"]) {
        case .lost(let why):
            let state = try read(file.key)
            if case .entry(let entry) = state, entry.isCompleted { return try judge(file, entry) }
            return (state, why)
        case .answered(let answer):
            guard answer.status == 200, !answer.hasErrors, let body = answer.body, let entry = FileEntry(body),
                entry.key == file.key
            else {
                if answer.status == 401 || answer.status == 403 || answer.status == 413 {
                    throw repository.refusal(answer, "commit '\(file.key)'")
                }
                return (try read(file.key), "the server answers \(answer.status) to the commit: \(answer.message)")
            }
            return try judge(file, entry)
        }
    }

    private func judge(_ file: DepositFile, _ entry: FileEntry) throws(DepositStop) -> (State, String) {
        if entry.isUnderWay { return (.entry(entry), "the server has not ended") }
        guard let difference = entry.difference(from: file, md5: try digests.md5(of: file)) else {
            try journal.after("commit", [("key", .string(file.key)), ("md5", .string(entry.md5 ?? ""))])
            return (.entry(entry), "")
        }
        return (.entry(entry), "the server holds \(difference.there), here is \(difference.here)")
    }

    func read(_ key: String) throws(DepositStop) -> State {
        let answer = try repository.get(path(key))
        if answer.status == 404 { return .absent }
        guard answer.status == 200, let entry = answer.body.flatMap(FileEntry.init), entry.key == key else {
            throw repository.refusal(answer, "show the file '\(key)'")
        }
        return .entry(entry)
    }

    private func announce(_ file: DepositFile, inParts: Bool) throws(DepositStop) {
        let body = JSONValue.array([
            inParts ? announcement(of: file) : .object([JSONMember("key", .string(file.key))])
        ])
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before("announce", [("keys", .array([.string(file.key)]))])
            switch try repository.change(.post, ["records", id, "draft", "files"], json: body) {
            case .lost(let words):
                guard case .absent = try read(file.key) else { return }
                why = words
            case .answered(let answer):
                if answer.status == 201, !answer.hasErrors { return }
                if answer.status == 400, case .entry = try read(file.key) { return }
                throw repository.refusal(answer, "take the name '\(file.key)'")
            }
        }
        throw stop(file.key, why)
    }

    /// Takes an entry away, with what it holds.
    func delete(_ key: String) throws(DepositStop) {
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before("delete", [("key", .string(key))])
            switch try repository.change(.delete, path(key)) {
            case .lost(let words):
                why = words
                guard case .absent = try read(key) else { continue }
            case .answered(let answer):
                guard answer.status == 204 || answer.status == 200 || answer.status == 404 else {
                    throw repository.refusal(answer, "delete '\(key)', which it holds with other bytes")
                }
            }
            return try journal.after("delete", [("key", .string(key))])
        }
        throw stop(key, why)
    }
}

/// A file on its way out, with the digest of what has gone.
final class OutgoingFile: Sendable {
    private let source: Source
    private let sent: @Sendable (Int) -> Void
    private let state: Mutex<Box>

    /// One thread sends; the box is behind the mutex all the same.
    private final class Box: @unchecked Sendable {
        var offset = 0
        var end = Int.max
        var stream = DigestStream([.md5])
    }

    /// Lets the next bytes be those of a part, and no more.
    ///
    /// - Returns: False where what was read before is not what stands before the part: the digest would be another.
    func begin(_ part: Range<Int>) -> Bool {
        state.withLock { box in
            box.end = part.upperBound
            guard box.offset == part.lowerBound else {
                box.offset = part.lowerBound
                return false
            }
            return true
        }
    }

    init(_ source: Source, _ sent: @escaping @Sendable (Int) -> Void) {
        self.source = source
        self.sent = sent
        state = Mutex(Box())
    }

    @Sendable func read(_ room: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        try state.withLock { (box) throws(Failure) -> Int in
            let room = UnsafeMutableRawBufferPointer(rebasing: room.prefix(box.end - box.offset))
            let count = try source.read(into: room, at: box.offset)
            box.stream.update(UnsafeRawBufferPointer(rebasing: room[0..<count]))
            box.offset += count
            sent(count)
            return count
        }
    }

    func md5() -> String { state.withLock { $0.stream.finish()[.md5] ?? "" } }
}
