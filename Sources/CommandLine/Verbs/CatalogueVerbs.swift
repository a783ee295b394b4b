// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Diffraction
import Findings
import JSON
import Transport

/// `imprimatur package export`: documents for the catalogue of a facility.
enum PackageExportVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            guard let form = call[.catalogue] else {
                throw Failure(usage: "no catalogue is named", remedy: "add --for scicat, icat or panosc")
            }
            let path = call.operands.first ?? ""
            let folder = call[.exportFolder] ?? "."
            let settings = RecordSettings(rules: try RulesOptions(call).folder, today: call.surroundings.today)
            var context = RecordContext(today: settings.today)
            context.doi = call[.reservedDOI].map(Identifiers.bareDOI)
            let reading = try RecordReading(
                author: path, data: nil, reading: ReadingOptions(call).settings, settings: settings, context: context)
            for failure in reading.failures { StandardStream.complain(failure.line) }
            let entry = CatalogueEntry(
                record: reading.record, facts: reading.facts, facility: reading.assembly.place, today: settings.today,
                folder: call[.sourceFolder] ?? "", files: try reading.files(), owner: call[.ownerGroup],
                program: "Imprimatur \(Program.version)")
            if form == .scicat {
                for gap in entry.sciCatGaps { StandardStream.complain("SciCat asks for \(gap)") }
            }
            try NewFolder.makeIfAbsent(Name(folder))
            for (name, bytes) in documents(of: entry, form, path) {
                let output = try Output(folder + "/" + name, inputs: [], replaces: call.has(.force))
                try output.write(bytes)
                try output.end()
                StandardStream.report(folder + "/" + name + "\n")
            }
            return reading.failures.isEmpty ? .fine : .unreadable
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func documents(
        of entry: CatalogueEntry, _ form: CatalogueForm, _ path: String
    ) -> [(name: String, bytes: [UInt8])] {
        switch form {
        case .scicat:
            [
                ("dataset.json", bytes(entry.sciCatDataset)), ("origdatablocks.json", bytes(entry.sciCatFiles())),
                ("publisheddata.json", bytes(entry.sciCatPublication())),
            ]
        case .icat: [("metadata.xml", entry.icatIngest(name: name(path)))]
        case .panosc:
            [
                ("panosc-dataset.json", bytes(entry.panoscDataset)),
                ("panosc-document.json", bytes(entry.panoscDocument)),
            ]
        }
    }

    /// The name of the folder of the author file.
    private static func name(_ path: String) -> String {
        let parts = path.split(separator: "/").dropLast()
        return parts.last.map(String.init) ?? "dataset"
    }

    private static func bytes(_ value: JSONValue) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.value(value)
        return json.finish()
    }
}

/// `imprimatur package instrument`: the record of an instrument that has no identifier yet.
enum PackageInstrumentVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let settings = RecordSettings(rules: try RulesOptions(call).folder, today: call.surroundings.today)
            let output = try Output(call[.recordOutput], inputs: [], replaces: call.has(.force))
            func given(_ text: String?, _ option: String) -> Leaf? { text.map { Leaf($0, .option(option)) } }
            var facility: Facility?
            if let name = call[.facility] {
                facility = settings.tables(first: 0).facility(name)
                guard facility != nil else {
                    throw Failure(
                        usage: "'\(Escaping.line(name))' is no facility of the table",
                        remedy: "see rules/facilities for their names")
                }
            }
            var record = PublicationRecord.instrument(
                name: Leaf(call.operands.first ?? "", .option("NAME")), maker: given(call[.maker], "--maker"),
                serial: given(call[.serial], "--serial"), facility: facility,
                year: String(settings.today.prefix(4)))
            record.identifier = given(call[.reservedDOI].map(Identifiers.bareDOI), "--doi")
            if call[.recordForm] == .json {
                var json = JSONWriter(.indented)
                json.value(record.restJSON())
                try output.write(json.finish())
            } else {
                try output.write(record.dataCiteXML())
            }
            try output.end()
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }
}
