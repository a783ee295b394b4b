// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import JSON
internal import Transport

// What the server holds beside what is here: verified, not believed.

extension DepositRun {
    /// Compares the draft or the record with the package, with digests of the local files taken anew.
    public func verify() throws(DepositStop) -> DepositReport {
        digests.forget()
        switch try place() {
        case .none:
            _ = try id()
            return emptyReport(.none)
        case .draft: return try verified(try id())
        case .published(let record): return try report(onPublished: record)
        }
    }

    /// How the deposit stands, without looking at local files.
    public func status() throws(DepositStop) -> DepositReport {
        switch try place() {
        case .none: return emptyReport(.none)
        case .draft(let draft):
            var report = describe(draft, state: Self.isInReview(draft) ? .inReview : .draft)
            let entries = try list(try id())
            report.files = files(entries, verified: false)
            return report
        case .published(let record):
            var report = describe(record, state: .published)
            report.files = files(try publicFiles(try id()), verified: false)
            return report
        }
    }

    /// The draft compared.
    func verified(_ id: String) throws(DepositStop) -> DepositReport {
        guard let draft = try draft(id) else { throw gone(id) }
        var report = describe(draft, state: Self.isInReview(draft) ? .inReview : .draft)
        try compare(draft, try list(id), &report)
        return report
    }

    /// The published record compared.
    func report(onPublished record: JSONValue) throws(DepositStop) -> DepositReport {
        var report = describe(record, state: .published)
        try compare(record, try publicFiles(try id()), &report)
        if journal.facts.isPublished == false { try journal.after("publish") }
        return report
    }

    private func compare(
        _ held: JSONValue, _ entries: [FileEntry], _ report: inout DepositReport
    ) throws(DepositStop) {
        var differences: [DepositReport.Difference] = []
        let byKey = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        if byKey.count != entries.count {
            differences.append(.init("the list of files", here: "each name once", there: "a name twice"))
        }
        for file in contents.files {
            let md5 = try digests.md5(of: file)
            guard let entry = byKey[file.key] else {
                differences.append(.init("'\(file.key)'", here: "\(file.size) bytes, md5 \(md5)", there: "absent"))
                continue
            }
            if let (here, there) = entry.difference(from: file, md5: md5) {
                differences.append(.init("'\(file.key)'", here: here, there: there))
            }
        }
        let ours = Set(contents.files.map(\.key))
        for entry in entries where !ours.contains(entry.key) {
            differences.append(.init("'\(repository.clean(entry.key))'", here: "absent", there: entry.status))
        }
        let wanted = journal.facts.doi ?? "none was reserved"
        let doi = Self.doi(held)
        if doi?.lowercased() != wanted.lowercased() {
            differences.append(.init("the DOI", here: wanted, there: doi ?? "none"))
        }
        if let record {
            for difference in record.differences(held: held) {
                differences.append(.init(difference.place, here: difference.sent, there: difference.held))
            }
        }
        differences += try pointers()
        report.files = files(entries, verified: true)
        report.differences = differences
        report.isVerified = true
    }

    /// The imgCIF of the deposit names this DOI and these addresses.
    private func pointers() throws(DepositStop) -> [DepositReport.Difference] {
        guard let file = contents.files.first(where: { $0.key == "dataset.cif" }), let id = journal.facts.id,
            let doi = journal.facts.doi
        else { return [] }
        let bytes: [UInt8]
        do throws(Failure) {
            bytes = try file.open().bytes(at: 0, count: file.size)
        } catch {
            throw DepositStop(error)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        var found: [DepositReport.Difference] = []
        if !text.lowercased().contains(doi.lowercased()) {
            found.append(.init("'dataset.cif'", here: "it does not name the DOI", there: doi))
        }
        let addresses = Set(contents.files.map { target.address(ofFile: $0.key, record: id) })
        let words = text.split { $0.isWhitespace || $0 == "'" || $0 == "\"" || $0 == ";" }
        let named = Set(words.filter { $0.hasPrefix("http://") || $0.hasPrefix("https://") }.map(String.init))
        let front = target.address(ofFile: "", record: "")
        let host = WebAddressHost.of(front)
        for address in named.sorted() where WebAddressHost.of(address) == host && address.contains("/files/") {
            guard !addresses.contains(address) else { continue }
            found.append(
                .init("'dataset.cif'", here: "it names \(address)", there: "no file of this record has that address"))
        }
        return found
    }

    // MARK: Words

    func emptyReport(_ state: DepositReport.State) -> DepositReport {
        DepositReport(target: target.name, isProduction: target.isProduction, state: state)
    }

    func describe(_ held: JSONValue, state: DepositReport.State) -> DepositReport {
        var report = emptyReport(state)
        report.id = held["id"]?.string ?? journal.facts.id
        report.doi = Self.doi(held) ?? journal.facts.doi
        report.title = repository.clean(held["metadata"]?["title"]?.string ?? "")
        report.page = report.id.map(target.page)
        if held["access"]?["embargo"]?["active"]?.bool == true {
            report.embargo = held["access"]?["embargo"]?["until"]?.string
        }
        let rights = held["metadata"]?["rights"]?.elements?.first
        report.licence = (rights?["id"]?.string ?? rights?["title"]?["en"]?.string).map(repository.clean)
        return report
    }

    private func files(_ entries: [FileEntry], verified: Bool) -> [DepositReport.File] {
        let byKey = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        return contents.files.map { file in
            let md5 = verified ? try? digests.md5(of: file) : nil
            return .init(key: file.key, size: file.size, md5: md5, state: byKey[file.key]?.status ?? "absent")
        }
    }

    static func isInReview(_ draft: JSONValue) -> Bool { draft["status"]?.string == "in_review" }

    /// The files of the published record.
    func publicFiles(_ id: String) throws(DepositStop) -> [FileEntry] {
        var answer = try repository.get(["records", id, "files"], isSigned: false)
        // Under embargo the list is for the owner.
        if answer.status == 401 || answer.status == 403 { answer = try repository.get(["records", id, "files"]) }
        guard answer.status == 200, let entries = FileEntry.list(answer.body) else {
            throw repository.refusal(answer, "list the files of the record")
        }
        return entries
    }
}

/// Scheme, host and port of an address.
private enum WebAddressHost {
    static func of(_ text: String) -> Substring {
        guard let mark = text.firstIndex(of: ":"), text[mark...].hasPrefix("://") else { return "" }
        let rest = text[mark...].dropFirst(3)
        return text[..<(rest.firstIndex(of: "/") ?? text.endIndex)]
    }
}
