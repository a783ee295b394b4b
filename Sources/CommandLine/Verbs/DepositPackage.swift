// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Deposit
import Diffraction
import JSON
import Packaging
import RuleEngine
import Transport
import XML

/// A package on its way to a repository: its record, and its documents once DOI and addresses are known.
struct DepositPackage {
    private let path: String
    private let target: RepositoryTarget
    private let today: String
    private let settings: PackageDocuments.Settings

    /// Nil for a folder of files that is no package.
    init?(_ path: String, target: RepositoryTarget, call: Invocation) throws(DepositStop) {
        let folder = Name(path)
        guard Folder.working.kind(behind: folder.appending(PackageRecordFile.name)) == .file else { return nil }
        self.path = path
        self.target = target
        today = call.surroundings.today
        do throws(Failure) {
            var reading = ReadingSettings()
            reading.foreign = call.surroundings.foreign
            var settings = PackageDocuments.Settings(
                reading: reading, record: RecordSettings(rules: try RulesOptions(call).folder, today: today))
            let author = folder.appending(Name("publication.json5"))
            settings.author = Folder.working.kind(behind: author) == .file ? author.text : nil
            self.settings = settings
        } catch {
            throw DepositStop(error)
        }
    }

    /// The record as its DataCite document has it; an end of the embargo is its date Available.
    func record() throws(DepositStop) -> RecordBody {
        do throws(Failure) {
            let source = try Source.open(Name(path).appending(Name("deposit/datacite.xml")))
            return try body(try source.bytes(at: 0, count: min(source.size, 16 << 20)))
        } catch {
            throw DepositStop(error)
        }
    }

    /// Writes the documents anew, with the DOI and the addresses, and the lists of digests.
    func named(_ reserved: Reserved) throws(DepositStop) -> (DepositContents, RecordBody) {
        do throws(Failure) {
            let package = try Package(Name(path))
            let documents = try PackageDocuments(settings).completed(
                package, PackageDocuments.Identity(doi: reserved.doi, record: reserved.id), target: target)
            _ = try package.replace(documents)
        } catch {
            throw DepositStop(error)
        }
        return (try DepositContents(path), try record())
    }

    private func body(_ bytes: [UInt8]) throws(Failure) -> RecordBody {
        var record: PublicationRecord
        do throws(XMLFault) {
            record = try PublicationRecord(xml: bytes, named: "datacite.xml")
        } catch {
            throw Failure(attempt: "read", subject: "datacite.xml", code: .damaged, words: error.cause)
        }
        if let end = record.dates.first(where: { $0.type?.value == "Available" })?.date, end.value > today {
            record.embargo = Embargo(until: end)
        }
        var draft = InvenioDraft(record)
        draft.today = today
        do throws(DepositStop) {
            return try RecordBody(draft.json)
        } catch {
            throw Failure(usage: error.words, remedy: error.remedy)
        }
    }
}
