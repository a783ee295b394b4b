// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import JSON
internal import Remote
internal import Synchronization

// Files of the draft: announced together, then sent two at a time.

extension DepositRun {
    /// Brings every file of ours to the draft, and nothing twice without need.
    func upload(_ id: String) throws(DepositStop) {
        var entries = try list(id)
        let ours = Set(contents.files.map(\.key))
        let parts = PartPolicy(partSize, isTaken: target.takesParts)
        let deletion = FileUpload(self, id, parts)
        for entry in entries where !ours.contains(entry.key) && journal.facts.imported.contains(entry.key) {
            try deletion.delete(entry.key)
        }
        entries.removeAll { !ours.contains($0.key) && journal.facts.imported.contains($0.key) }
        if let stranger = entries.first(where: { !ours.contains($0.key) }) {
            throw DepositStop(
                .difference, "the draft holds a file '\(repository.clean(stranger.key))' that is none of this package",
                remedy: "somebody works on this draft; delete the file in the browser, and 'imprimatur deposit resume'")
        }
        let there = Set(entries.map(\.key))
        let missing = contents.files.filter { !there.contains($0.key) }
        // Files in parts are announced one by one, with their parts.
        let announced = missing.filter { !deletion.usesParts($0) }
        if !announced.isEmpty { try announce(announced.map(\.key), id) }
        let isAnnounced = Set(announced.map(\.key))
        let known = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        let files = contents.files
        let state = Mutex((next: 0, stop: DepositStop?.none))
        let uploads = (0..<2).map { _ in FileUpload(self, id, parts) }
        PlainThreads.run(min(2, files.count)) { thread in
            while true {
                let number = state.withLock { state -> Int? in
                    guard state.stop == nil, state.next < files.count else { return nil }
                    state.next += 1
                    return state.next - 1
                }
                guard let number else { return }
                do throws(DepositStop) {
                    // What was announced just now is pending: nobody has to ask for it.
                    let file = files[number]
                    try uploads[thread].settle(file, known[file.key], isAnnounced: isAnnounced.contains(file.key))
                } catch {
                    state.withLock { $0.stop = $0.stop ?? error }
                }
            }
        }
        if let stop = state.withLock({ $0.stop }) { throw stop }
    }

    /// The files of the draft as the server has them.
    func list(_ id: String) throws(DepositStop) -> [FileEntry] {
        let answer = try repository.get(["records", id, "draft", "files"])
        if answer.status == 404 { throw gone(id) }
        guard answer.status == 200, let entries = FileEntry.list(answer.body) else {
            throw repository.refusal(answer, "list the files of the draft")
        }
        return entries
    }

    /// Announces files in one call; never with a checksum, which a server may store unverified.
    private func announce(_ keys: [String], _ id: String) throws(DepositStop) {
        var missing = keys
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before("announce", [("keys", .array(missing.map { .string($0) }))])
            let body = JSONValue.array(missing.map { .object([JSONMember("key", .string($0))]) })
            switch try repository.change(.post, ["records", id, "draft", "files"], json: body) {
            case .lost(let words): why = words
            case .answered(let answer):
                if answer.status == 201, !answer.hasErrors, let entries = FileEntry.list(answer.body) {
                    let there = Set(entries.map(\.key))
                    if missing.allSatisfy(there.contains) {
                        try journal.after("announce")
                        return
                    }
                    why = "the answer does not name the files"
                } else if answer.status == 400 || answer.status == 201 {
                    // Some may be there already; too many are told by the plan.
                    why = answer.message
                    if attempt > 1 { throw repository.refusal(answer, "take the names of the files") }
                } else {
                    throw repository.refusal(answer, "take the names of the files")
                }
            }
            let there = Set(try list(id).map(\.key))
            missing.removeAll(where: there.contains)
            if missing.isEmpty {
                try journal.after("announce")
                return
            }
        }
        throw DepositStop(
            .interruption, "the names of the files were not taken: \(repository.clean(why))",
            remedy: "'imprimatur deposit resume' goes on from here")
    }
}
