// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import Findings
import RuleEngine
import Transport
import XML

extension FileReading {
    /// Whether bytes begin as DataCite XML.
    static func isRecord(_ head: [UInt8]) -> Bool {
        let text = String(decoding: head.prefix(4096), as: UTF8.self)
        guard text.drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).first == "<" else { return false }
        return text.contains("datacite.org/schema/kernel") || text.contains("<resource>") || text.contains("<resource ")
    }

    /// Whether a file is called as an author file of a publication is.
    static func isAuthorFile(_ name: Name, _ head: [UInt8]) -> Bool {
        guard name.last.text.hasSuffix(".json5") else { return false }
        let text = String(decoding: head.prefix(4096), as: UTF8.self)
        return name.last.text.hasSuffix("publication.json5") || text.contains("schema: 1")
    }

    /// Reads DataCite XML.
    init(record source: Source, settings: ReadingSettings) {
        let subject = source.name.text
        do {
            guard source.size <= 32 << 20 else {
                throw Failure(
                    attempt: "read the record", subject: subject, code: .limit("bytes"),
                    words: "\(source.size) bytes are more than a record has")
            }
            let bytes = try source.bytes(at: 0, count: source.size)
            let record = try PublicationRecord(xml: bytes, named: subject)
            let schema = settings.record?.schema
            var unvalidated: Reason?
            var breaches: [SchemaBreach] = []
            if let schema {
                breaches = try schema.breaches(of: bytes, named: subject)
            } else {
                unvalidated = .unread("the facts of the DataCite schema cannot be read")
            }
            let starts = bytes.withUnsafeBytes { LineStarts(of: $0, limit: bytes.count) }
            let tables = settings.record?.tables(first: 1) ?? RecordTables()
            let sources = SourceList(
                [SourceList.Entry(name: subject, role: .main, lines: .starts(starts))] + tables.sources)
            var material = Material(kind: .record, withoutExperiment: .kind("a record is no data"), sources: sources)
            material.record = RecordView(
                record: record, breaches: breaches, unvalidated: unvalidated, tables: tables, schema: schema,
                today: settings.record?.today)
            self.init(material: material, size: source.size, failures: [])
        } catch let fault as XMLFault {
            self.init(
                unread: Failure(
                    attempt: "read the record", subject: subject, code: .damaged,
                    words: (fault.line > 0 ? "line \(fault.line): " : "") + fault.cause, remedy: fault.remedy),
                size: source.size)
        } catch let failure as Failure {
            self.init(unread: failure, size: source.size)
        } catch {
            self.init(
                unread: Failure(attempt: "read the record", subject: subject, code: .damaged, words: "\(error)"),
                size: source.size)
        }
    }

    /// Reads an author file with the data that it names.
    init(authorFile source: Source, settings: ReadingSettings) {
        let path = source.name.text
        do throws(Failure) {
            guard let record = settings.record else {
                throw Failure(
                    attempt: "check", subject: path, code: .library("tables"), words: "the folder of rules is not known"
                )
            }
            guard settings.opener == nil else {
                throw Failure(
                    attempt: "check", subject: path, code: .refused("worker"),
                    words: "an author file is not read in a worker, since it names other files",
                    remedy: "check it without --isolate")
            }
            let reading = try RecordReading(author: path, data: nil, reading: settings, settings: record)
            var material = Material(
                kind: .record, withoutExperiment: .kind("a record is no data"), sources: reading.sources)
            material.record = reading.view(record)
            self.init(material: material, size: source.size, failures: reading.failures)
        } catch {
            self.init(unread: error, size: source.size)
        }
    }

    private init(unread failure: Failure, size: Int) {
        self.init(
            material: Material(kind: .record, withoutExperiment: .unread("the record could not be read")), size: size,
            failures: [failure])
    }
}
