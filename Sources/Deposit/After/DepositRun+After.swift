// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import JSON
internal import Remote
internal import Transport

// What is done with a record once it is there.

extension DepositRun {
    /// The DataCite record that the repository serves beside ours.
    ///
    /// - Parameter ours: The file; nil: `datacite.xml` of the deposit.
    public func difference(from ours: String?) throws(DepositStop) -> (DepositReport, ExportComparison) {
        let record: JSONValue
        switch try place() {
        case .published(let found): record = found
        default:
            throw DepositStop(
                .refusal, "the deposit is not published, and a repository serves a DataCite record of what is",
                remedy: "'imprimatur deposit verify' compares the draft")
        }
        let bytes: [UInt8]
        do throws(Failure) {
            let source: Source
            if let ours {
                source = try Source.open(Name(ours))
            } else if let file = contents.files.first(where: { $0.key == "datacite.xml" }) {
                source = try file.open()
            } else {
                throw Failure(
                    usage: "the deposit holds no datacite.xml to compare with", remedy: "name one with --xml FILE")
            }
            bytes = try source.bytes(at: 0, count: min(source.size, 16 << 20))
        } catch {
            throw DepositStop(error)
        }
        let id = try self.id()
        var answer = try repository.get(["records", id], accept: Self.dataCite, isSigned: false)
        if answer.status == 401 || answer.status == 403 {
            answer = try repository.get(["records", id], accept: Self.dataCite)
        }
        guard answer.status == 200 else { throw repository.refusal(answer, "export the record") }
        return (describe(record, state: .published), try ExportComparison(ours: bytes, theirs: answer.reply.bytes))
    }

    /// Texts by which others lead to the data.
    public func snippets() throws(DepositStop) -> Snippets {
        let record: JSONValue
        switch try place() {
        case .draft(let found), .published(let found): record = found
        case .none:
            _ = try id()
            throw DepositStop(.refusal, "there is no deposit to lead to")
        }
        let id = try self.id()
        guard let doi = Self.doi(record) else { throw DepositStop(.difference, "the deposit has no DOI") }
        return Snippets(
            record, doi: doi, page: target.page(of: id),
            files: contents.files.map { ($0.key, target.address(ofFile: $0.key, record: id), $0.size) })
    }

    /// Asks every public address of the published files, without a token, as a reader does.
    public func check() throws(DepositStop) -> DepositReport {
        guard case .published(let record) = try place() else {
            throw DepositStop(
                .refusal, "the deposit is not published, and has no addresses yet",
                remedy: "'imprimatur deposit verify' compares the draft")
        }
        var report = try self.report(onPublished: record)
        if let end = report.embargo {
            report.notes.append("addresses are not checked: they are closed until \(end)")
            return report
        }
        let id = try self.id()
        var limits = RemoteLimits()
        limits.agent = "imprimatur"
        limits.allowsPrivate = target.api.isLoopback
        let client = WebClient(limits)
        for file in contents.files {
            let text = target.address(ofFile: file.key, record: id)
            guard let address = WebAddress(text) else { continue }
            do throws(RemoteFault) {
                let size = try RemoteSight(address, by: client).size
                guard size == file.size else {
                    report.differences.append(
                        .init(
                            "'\(text)'", here: "\(file.size) bytes", there: size.map { "\($0) bytes" } ?? "no size told"
                        ))
                    continue
                }
            } catch {
                // A report that is a web page is one by right.
                if error.kind == .page, file.key.hasSuffix(".html") { continue }
                report.differences.append(.init("'\(text)'", here: "\(file.size) bytes", there: error.words))
            }
        }
        if report.differences.isEmpty { report.notes.append("\(contents.files.count) addresses answer") }
        return report
    }

    private static let dataCite = "application/vnd.datacite.datacite+xml"
}
