// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
public import Diffraction
import Digest
import Findings
public import RuleEngine
public import Transport
import XML

/// A record made from an author file and data, with everything that places of it lead to.
public struct RecordReading: Sendable {
    public let author: AuthorFile?
    /// Record, contradictions and notes.
    public let assembly: RecordAssembly
    public let facts: DataSetFacts
    /// The author file first; then data, facilities, policy.
    public let sources: SourceList
    /// Data files that could not be read.
    public let failures: [Failure]
    public let tables: RecordTables
    /// The data files.
    public let paths: [String]

    /// The data files with their sizes and digests, each read once.
    public func files() throws(Failure) -> [CatalogueEntry.File] {
        var files: [CatalogueEntry.File] = []
        for path in paths {
            let digests = try FileDigests.read(path)
            files.append(CatalogueEntry.File(path: path, size: digests.byteCount, sha256: digests.sha256))
        }
        return files
    }

    public var record: PublicationRecord { assembly.record }

    /// Makes the record.
    ///
    /// - Parameters:
    ///   - path: The author file; nil where there is none yet.
    ///   - data: The data files; nil: those that the author file lists.
    ///   - context: What repository and package know; nil: nothing yet.
    /// - Throws: When the author file cannot be read or has faults, or names files that are not there.
    public init(
        author path: String?, data: [String]?, reading: ReadingSettings, settings: RecordSettings,
        context: RecordContext? = nil
    ) throws(Failure) {
        var file: AuthorFile?
        var entries = [SourceList.Entry(name: path ?? "the record", role: .main)]
        var folder = ""
        if let path {
            let source = try Input.open([path], by: reading.opener)
            let bytes = try source.bytes(at: 0, count: source.size)
            let (read, faults) = AuthorFile.read(bytes)
            if let first = faults.first { throw Self.failure(path, first, faults) }
            file = read
            let starts = bytes.withUnsafeBytes { LineStarts(of: $0, limit: bytes.count) }
            entries = [SourceList.Entry(name: path, role: .main, lines: .starts(starts))]
            folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
            if path.hasPrefix("/"), folder.isEmpty { folder = "/" }
        }
        var paths = data ?? []
        if data == nil, let file {
            let found = try DataPatterns.files(file.data.map(\.value), in: folder)
            if let first = found.unmatched.first {
                throw Failure(
                    attempt: "find the data of", subject: path ?? "", code: .absent, words: "'\(first)' names no file",
                    remedy: "patterns are relative to the folder of the author file; * stands for any characters")
            }
            paths = found.files
        }
        let data = DataSetReading(paths, first: entries.count, settings: reading, rules: settings.rules)
        entries += data.sources
        let tables = settings.tables(first: entries.count)
        entries += tables.sources
        var context = context ?? RecordContext(today: settings.today)
        if context.policy == nil, let name = file?.policy {
            let source = SourceID(position: entries.count)
            guard let found = settings.policy(name.value, beside: folder, in: source) else {
                throw Failure(
                    usage: "there is no policy '\(Escaping.line(name.value))'",
                    remedy: "known are esrf, cc-by, cc0, institutional, or a file that ends in .json5")
            }
            context.policy = found.policy
            entries.append(SourceList.Entry(name: found.path, role: .linked))
        }
        author = file
        facts = data.facts
        assembly = RecordAssembly(author: file, facts: data.facts, tables: tables, context: context)
        sources = SourceList(entries)
        failures = data.failures
        self.paths = paths
        self.tables = tables
    }

    private static func failure(_ path: String, _ first: AuthorFault, _ faults: [AuthorFault]) -> Failure {
        let words = faults.prefix(20).map(\.sentence).joined(separator: "; ")
        return Failure(attempt: "read", subject: path, code: .usage, words: words, remedy: first.remedy)
    }

    /// The record as rules read it, validated by the schema.
    public func view(_ settings: RecordSettings) -> RecordView {
        let schema = settings.schema
        var breaches: [SchemaBreach] = []
        var unvalidated: Reason?
        do throws(XMLFault) {
            // What the repository fills later is written as it will be, so that the schema sees the rest.
            var whole = record
            if whole.identifier == nil { whole.identifier = Leaf("10.5072/awaited", .derived("the repository")) }
            if whole.publisher == nil { whole.publisher = Publisher(Leaf("awaited", .derived("the repository"))) }
            if let schema {
                breaches = try schema.breaches(of: whole.dataCiteXML(), named: "the record").map { breach in
                    var moved = breach
                    moved.place = record.place
                    return moved
                }
            } else {
                unvalidated = .unread("the facts of the DataCite schema cannot be read")
            }
        } catch {
            unvalidated = .unread("the schema cannot be asked: \(error.cause)")
        }
        return RecordView(
            record: record, breaches: breaches, unvalidated: unvalidated,
            contradictions: assembly.contradictions, tables: tables, schema: schema, today: settings.today,
            awaited: ["identifier", "publisher"], isAssembled: true)
    }
}
