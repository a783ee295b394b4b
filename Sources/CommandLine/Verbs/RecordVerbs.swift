// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Diffraction
import Findings
import JSON
import RuleEngine
import Transport

/// `imprimatur package init`: data to a first author file.
enum PackageInitVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let inputs = try InputOptions(call).files
            if let trouble = inputs.lazy.compactMap(\.trouble).first { throw trouble }
            let paths = inputs.map(\.path)
            let keys = Set(paths.compactMap { Identity.of(Name($0))?.key })
            let name = call[.authorFile] ?? "publication.json5"
            let output = try Output(name, inputs: keys, replaces: call.has(.force))
            let rules = try RulesOptions(call).folder
            let settings = RecordSettings(rules: rules, today: call.surroundings.today)
            let reading = try RecordReading(
                author: nil, data: paths, reading: ReadingOptions(call).settings, settings: settings)
            for failure in reading.failures { StandardStream.complain(failure.line) }
            guard reading.facts.frames != nil || !reading.facts.wavelengths.isEmpty || reading.failures.isEmpty else {
                return .unreadable
            }
            let origins = RecordOrigins(reading.sources)
            let folder = name == "-" ? "" : Name(name).folder.text
            let draft = AuthorDraft(
                data: AuthorDraft.patterns(paths.map { relative($0, to: folder) }), assembly: reading.assembly,
                words: { origins.words(on: $0) })
            try output.write(Array(draft.text.utf8))
            try output.end()
            if name != "-" {
                StandardStream.complain(
                    "'\(name)' is written: answer its questions, then 'imprimatur check \(name)' and 'imprimatur package "
                        + "plan \(name)'")
            }
            return reading.failures.isEmpty ? .fine : .unreadable
        } catch {
            return StandardStream.tell(error)
        }
    }

    /// The path as seen from a folder, where it lies below it.
    private static func relative(_ path: String, to folder: String) -> String {
        var path = path
        while path.hasPrefix("./") { path = String(path.dropFirst(2)) }
        var folder = folder
        while folder.hasPrefix("./") { folder = String(folder.dropFirst(2)) }
        guard !folder.isEmpty, folder != "." else { return path }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        if path.hasPrefix(prefix) { return String(path.dropFirst(prefix.count)) }
        if path.hasPrefix("/") { return path }
        // Up to the working directory, then down.
        let steps = prefix.split(separator: "/")
        guard !prefix.hasPrefix("/"), !steps.contains("..") else { return path }
        return steps.map { _ in "../" }.joined() + path
    }
}

/// Where values of a record come from, in words with the name of the file.
struct RecordOrigins: Sendable {
    private let sources: SourceList
    private let origins: OriginWords

    init(_ sources: SourceList) {
        self.sources = sources
        origins = OriginWords(sources: sources)
    }

    /// "scan1.nxs:/entry/title", "publication.json5:3:10 title", "the template".
    func words(on origin: Origin) -> String {
        switch origin {
        case .stated(let place):
            let words = origins.words(on: origin)
            let name = sources[place.source]?.name ?? ""
            return name.isEmpty ? words : "\(name):\(words)"
        case .derived(let sentence): return sentence
        default: return origins.words(on: origin)
        }
    }
}

/// `imprimatur package record`: the record in one of its forms.
enum PackageRecordVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let path = call.operands.first ?? ""
            let keys = Set([path].compactMap { Identity.of(Name($0))?.key })
            let output = try Output(call[.recordOutput], inputs: keys, replaces: call.has(.force))
            var settings = RecordSettings(rules: try RulesOptions(call).folder, today: call.surroundings.today)
            settings.version = (call[.schemaVersion] ?? .v47).rawValue
            let read = try read(path, call, settings)
            for failure in read.failures { StandardStream.complain(failure.line) }
            for note in read.notes { StandardStream.complain(note) }
            var record = read.record
            if let schema = settings.schema {
                let (restricted, leftOut) = record.restricted(to: schema)
                record = restricted
                for one in leftOut {
                    StandardStream.complain("DataCite \(schema.version) does not know, left out: \(one)")
                }
            }
            try output.write(bytes(of: record, call, read.sources))
            try output.end()
            return read.failures.isEmpty ? .fine : .unreadable
        } catch {
            return StandardStream.tell(error)
        }
    }

    private typealias Read = (record: PublicationRecord, sources: SourceList, notes: [String], failures: [Failure])

    private static func read(_ path: String, _ call: Invocation, _ settings: RecordSettings) throws(Failure) -> Read {
        if let (record, sources) = try RecordFile.xml(path) { return (record, sources, [], []) }
        var context = RecordContext(today: settings.today)
        context.doi = call[.reservedDOI]
        let reading = try RecordReading(
            author: path, data: nil, reading: ReadingOptions(call).settings, settings: settings, context: context)
        return (reading.record, reading.sources, reading.assembly.notes, reading.failures)
    }

    private static func bytes(of record: PublicationRecord, _ call: Invocation, _ sources: SourceList) -> [UInt8] {
        var json = JSONWriter(.indented)
        switch call[.recordForm] ?? .text {
        case .xml: return record.dataCiteXML()
        case .json: json.value(record.restJSON())
        case .invenio: json.value(InvenioDraft(record).json)
        case .text: return text(of: record, sources)
        }
        return json.finish()
    }

    /// Property, value and source in columns; a value of several lines stands on one.
    private static func text(of record: PublicationRecord, _ sources: SourceList) -> [UInt8] {
        let origins = RecordOrigins(sources)
        let rows = record.rows
        let width = rows.map(\.property.count).max() ?? 0
        var text = ""
        for (property, leaf) in rows {
            let padding = String(repeating: " ", count: width - property.count + 2)
            text += property + padding + Escaping.line(leaf.value) + "  [" + origins.words(on: leaf.origin) + "]\n"
        }
        return Array(text.utf8)
    }
}
