// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
public import Findings
internal import Glibc
internal import JSON
public import Remote
public import Transport

/// Brings the files of a record to a folder, each compared with what the repository states of it.
///
/// Names of files in a record are words of strangers: one that would lead out of the folder is not written.
public struct DepositFetch {
    private let repository: Repository
    private let hasSecret: Bool
    private let read: @Sendable (Int) -> Void

    public init(
        _ target: DepositTarget, secret: WebSecret?, agent: String, patience: Patience = Patience(),
        note: @escaping @Sendable (String) -> Void = { _ in }, read: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(DepositStop) {
        try target.checkAddress()
        repository = Repository(target, secret: secret, agent: agent, patience: patience, note: note)
        hasSecret = secret != nil
        self.read = read
    }

    /// Fetches all files of a record.
    ///
    /// - Parameters:
    ///   - id: The number of the record.
    ///   - folder: Made when it is not there; a file that is there is compared, and never replaced.
    public func callAsFunction(_ id: String, into folder: Name) throws(DepositStop) -> DepositReport {
        let record = try get(["records", id], "show the record '\(id)'")
        var report = DepositReport(
            target: repository.target.name, isProduction: repository.target.isProduction, state: .published)
        report.id = id
        report.doi = DepositRun.doi(record)
        report.title = repository.clean(record["metadata"]?["title"]?.string ?? "")
        report.page = repository.target.page(of: id)
        report.isVerified = true
        guard let entries = FileEntry.list(try get(["records", id, "files"], "list the files of '\(id)'")) else {
            throw DepositStop(.interruption, "the list of the files of '\(id)' cannot be read")
        }
        guard !entries.isEmpty else {
            throw DepositStop(.difference, "the record '\(id)' has no files", remedy: "check the number of the record")
        }
        do throws(Failure) {
            if Folder.working.kind(behind: folder) != .folder, mkdir(folder.text, 0o777) != 0 {
                throw Failure.system("make the folder", folder.text, errno)
            }
        } catch {
            throw DepositStop(error)
        }
        for entry in entries {
            if let why = Self.refusal(of: entry.key) {
                report.differences.append(
                    .init("'\(repository.clean(entry.key))'", here: "not written, for the name \(why)", there: "a file")
                )
                continue
            }
            let place = folder.appending(Name(entry.key))
            let found = try fetch(entry, id, place)
            report.files.append(.init(key: entry.key, size: found.byteCount, md5: found[.md5], state: "fetched"))
            let here = "\(found.byteCount) bytes, md5 \(found[.md5] ?? "")"
            if entry.size != found.byteCount || entry.md5 != found[.md5] {
                let there = "\(entry.size.map { "\($0)" } ?? "?") bytes, md5 \(entry.md5 ?? "not told")"
                report.differences.append(.init("'\(entry.key)'", here: here, there: there))
            }
        }
        return report
    }

    /// Why nothing is written under a name; nil where it may be.
    ///
    /// - Source: RFC 8493 section 6, for names of strangers.
    static func refusal(of key: String) -> String? {
        if key.isEmpty || key == "." || key == ".." { return "is none of a file" }
        if key.utf8.contains(UInt8(ascii: "/")) || key.utf8.contains(UInt8(ascii: "\\")) { return "leads elsewhere" }
        if key.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "holds a control character" }
        return key.utf8.count > 255 ? "is longer than 255 bytes" : nil
    }

    private func fetch(_ entry: FileEntry, _ id: String, _ place: Name) throws(DepositStop) -> Digests {
        do throws(Failure) {
            if Folder.working.kind(behind: place) != nil {
                let digests = try Source.open(place).digests([.md5])
                if digests[.md5] == entry.md5, digests.byteCount == entry.size { return digests }
                throw Failure(
                    attempt: "write", subject: place.text, code: .usage, words: "there is another file of that name",
                    remedy: "name another folder with -o")
            }
        } catch {
            throw DepositStop(error)
        }
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            let output: OutputFile
            do throws(Failure) { output = try OutputFile(place, replaces: false) } catch { throw DepositStop(error) }
            let digests = DigestStream([.md5])
            let path = ["records", id, "files", entry.key, "content"]
            do throws(DepositStop) {
                let reply = try content(path) { (bytes) throws(Failure) in
                    digests.update(bytes)
                    try output.write(Array(bytes))
                    read(bytes.count)
                }
                guard reply.status == 200, !reply.isCut else {
                    why = "the server answers \(reply.status)"
                    if reply.status < 500 { break }
                    continue
                }
            } catch {
                why = error.words
                continue
            }
            let found = digests.finish()
            // A file that is not what the repository states is kept out of the folder.
            guard found.byteCount == entry.size, found[.md5] == entry.md5 else { return found }
            do throws(Failure) { try output.commit() } catch { throw DepositStop(error) }
            return found
        }
        throw DepositStop(
            .interruption, "'\(entry.key)' could not be fetched: \(repository.clean(why))",
            remedy: "run the same again: what is here is not fetched twice")
    }

    private func content(
        _ path: [String], sink: @escaping (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(DepositStop) -> WebReply {
        let reply = try repository.download(path, isSigned: false, sink: sink)
        guard reply.status == 401 || reply.status == 403, hasSecret else { return reply }
        return try repository.download(path, isSigned: true, sink: sink)
    }

    private func get(_ parts: [String], _ what: String) throws(DepositStop) -> JSONValue {
        var answer = try repository.get(parts, isSigned: false)
        if answer.status == 401 || answer.status == 403, hasSecret { answer = try repository.get(parts) }
        guard answer.status == 200, let body = answer.body else {
            if answer.status == 403 {
                throw DepositStop(
                    .refusal, "the server answers 403 to the wish to \(what): it is closed",
                    remedy: "an embargo may hold; its owner fetches it with a token")
            }
            throw repository.refusal(answer, what)
        }
        return body
    }
}
