// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
import DataCite
import Diffraction
import Digest
public import Findings
import Frames
import JSON
import RuleEngine
public import Transport

/// The documents of a package: what is written beside the data before there is a record, and again when its DOI and the
/// addresses of its files are known.
public struct PackageDocuments: Sendable {
    /// How documents are made.
    public struct Settings: Sendable {
        /// Path of the author's file; nil for none.
        public var author: String?
        public var reading: ReadingSettings
        public var record: RecordSettings
        /// What the user gives beside the headers of images.
        public var description = DescriptionRun.Request()
        /// The data are described in imgCIF.
        public var describes = true
        /// Checks the data by their description; nil: they are not checked.
        public var check: FileCheck?
        /// SHA-256 of the text of the profile that they are checked by.
        public var profileDigest = ""
        public var crate = ResearchCrate.Release.v12
        /// Writes the reports of the check, in the forms that a deposit holds.
        public var rendered: @Sendable ([FileReport]) -> [PackageDocument] = { _ in [] }

        public init(reading: ReadingSettings, record: RecordSettings) {
            self.reading = reading
            self.record = record
        }
    }

    /// What a repository says of the record.
    public struct Identity: Sendable {
        /// Bare.
        public let doi: String
        /// The number of the record.
        public let record: String
        /// DOI of the version before; nil for a first one.
        public let previous: String?

        public init(doi: String, record: String, previous: String? = nil) {
            self.doi = doi
            self.record = record
            self.previous = previous
        }
    }

    static let template = "description.cif"
    static let description = "dataset.cif"
    static let findings = "findings.txt"
    private static let authorFile = "publication.json5"
    private static let previewName = "preview.png"
    private static let largestPreview = 1_000_000
    private let settings: Settings

    public init(_ settings: Settings) { self.settings = settings }

    // MARK: With the build

    /// What came of the documents of a build.
    public struct Outcome: Sendable {
        public var documents = PackageBuild.Documents()
        public var reports: [FileReport] = []
        /// One sentence each.
        public var notes: [String] = []
        /// The data have findings at the fail level, or could not be looked at: nothing is to be packaged.
        public var isRefused: Bool { reports.contains { $0.isFailing || $0.status == .indeterminate || $0.isUnread } }

        public init() {}
    }

    /// Describes the data, checks them, and writes what tells of them.
    ///
    /// - Throws: When the data cannot be described. `isRefused` of the outcome tells of data that fail the check.
    public func callAsFunction(_ content: PackageBuild.Content) throws(Failure) -> Outcome {
        var outcome = Outcome()
        let request = content.request
        var dataset: PackageDocument?
        var facts: [String] = []
        if settings.describes {
            let description = try DepositDescription(
                request.files, request: settings.description, settings: settings.reading, rules: settings.record.rules)
            outcome.notes = description.notes
            let made = PackageDocument(
                Self.description, description.text(doi: nil, address: nil, files: request.files))
            outcome.documents.kept.append(PackageDocument(Self.template, description.template))
            let path = try content.put(made)
            facts = Self.factFiles(request.files, path)
            dataset = made
            if let check = settings.check {
                outcome.reports = checked(path, content, check)
                if let author = settings.author { outcome.reports.append(checkedRecord(author, check)) }
                if outcome.isRefused { return outcome }
                if outcome.reports.allSatisfy({ $0.status == .pass }) {
                    outcome.documents.check = PackageRecordFile.Check(
                        profile: check.settings.profile.name, profileDigest: settings.profileDigest,
                        isComplete: check.settings.reading.frames == .all)
                }
            }
        }
        let findings = outcome.reports.flatMap(Self.lines)
        if !findings.isEmpty {
            outcome.documents.kept.append(PackageDocument(Self.findings, findings.joined(separator: "\n") + "\n"))
        }
        var reports = settings.rendered(outcome.reports)
        if let dataset {
            switch preview(of: content.deposit.appending(dataset.name), content) {
            case .success(let picture): reports.append(picture)
            case .failure(let failure): outcome.notes.append("there is no preview: \(failure.words)")
            }
        }
        let volumes = content.written.enumerated().map { number, file in
            DocumentContent.File(
                name: file.name.text, size: file.size, sha256: file.sha256,
                members: request.files[number].isVolume ? file.members.count : nil, isData: true)
        }
        outcome.documents.deposited = try documents(
            dataset, identity: nil, target: request.target, date: request.date, data: volumes, reports: reports,
            findings: findings, facts: facts)
        return outcome
    }

    /// The files of the deposit stand for their addresses, which nobody has yet.
    private static func substitutes(_ content: PackageBuild.Content) -> Substitutes {
        var substitutes = Substitutes()
        for file in content.request.files {
            let location = DepositDescription.placeholder + AddressText.escaped(file.name)
            let path: Name
            if content.request.isVirtual {
                // The folder of the data stands for the unpacked volume.
                let member = file.members[0]
                let inner = file.isVolume ? member.path.bytes.count : 0
                path = Name(bytes: Array(member.source.bytes.dropLast(inner)))
            } else {
                path = content.deposit.appending(file.name)
            }
            substitutes.substitutes.append(Substitutes.Substitute(location: location, path: path))
        }
        return substitutes
    }

    /// The first frame as people see it, with beam centre and rings; none larger than `largestPreview`.
    private func preview(of path: Name, _ content: PackageBuild.Content) -> Result<PackageDocument, Failure> {
        var reading = settings.reading
        reading.substitutes = Self.substitutes(content)
        let run = PictureRun([path.text], request: PictureRun.Request(.one(1)), settings: reading)
        guard let picture = run.picture, run.failures.isEmpty else {
            return .failure(
                run.failures.first ?? Failure(attempt: "draw", subject: path.text, code: .damaged, words: ""))
        }
        guard picture.count <= Self.largestPreview else {
            return .failure(
                Failure(
                    attempt: "draw", subject: path.text, code: .limit("size"),
                    words: "the picture of the first frame has \(SizeText.of(picture.count)), and "
                        + "\(SizeText.of(Self.largestPreview)) are the most"))
        }
        return .success(PackageDocument(Self.previewName, picture))
    }

    /// The description is checked as if the volumes were on line.
    private func checked(
        _ path: Name, _ content: PackageBuild.Content, _ check: FileCheck
    ) -> [FileReport] {
        var settings = check.settings
        settings.reading.substitutes = Self.substitutes(content)
        var reports = [FileCheck(settings).check(path.text)]
        reports[0].path = Self.description
        for file in content.request.files where !file.isVolume && SeriesName.isHDF5(file.name) {
            var report = check.check(file.members[0].source.text)
            guard report.kinship.part == nil else { continue }
            report.path = file.name.text
            reports.append(report)
        }
        return reports
    }

    /// The author's file against the rules of records, and against the data that it lists.
    private func checkedRecord(_ author: String, _ check: FileCheck) -> FileReport {
        var settings = check.settings
        settings.reading.record = self.settings.record
        var report = FileCheck(settings).check(author)
        report.path = Self.authorFile
        return report
    }

    private static func lines(_ report: FileReport) -> [String] {
        // What a record could say besides is no fault of the data; where it contradicts them, it is one.
        let least: Level = report.path == authorFile ? .B : .C
        // The deposit itself gives the DOI.
        return report.findings.filter { $0.level.isAtLeast(least) && $0.rule != "META-001" }.map {
            "\($0.rule) (level \($0.level)): \($0.message)" + ($0.answer.map { "; answer: \($0.answer)" } ?? "")
        }
    }

    // MARK: With the record

    /// The documents of a package again, with the DOI and the addresses that the repository gave, and the lists of digests.
    ///
    /// Nothing is written; `Package.replace` does that.
    public func completed(
        _ package: Package, _ identity: Identity, target: RepositoryTarget
    ) throws(Failure) -> [PackageDocument] {
        let path = package.folder.appending(Name(Self.template))
        var dataset: PackageDocument?
        if Folder.working.kind(behind: path) == .file {
            let template = String(decoding: try Package.bytes(path), as: UTF8.self)
            let text = DepositDescription(template: template).text(
                doi: identity.doi, address: { target.address(of: $0, record: identity.record) },
                files: package.plan.files)
            dataset = PackageDocument(Self.description, text)
        }
        let planned = Dictionary(
            package.plan.files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var data: [DocumentContent.File] = []
        var reports: [PackageDocument] = []
        for file in package.files {
            if let plan = planned[file.name] {
                data.append(
                    DocumentContent.File(
                        name: file.name.text, size: file.size, sha256: file.sha256,
                        members: plan.isVolume ? plan.members.count : nil, isData: true))
            } else if file.name.text.hasPrefix("check-report") || file.name.text == Self.previewName {
                reports.append(PackageDocument(file.name.text, try Package.bytes(package.deposit.appending(file.name))))
            }
        }
        let findings = try? Package.bytes(package.folder.appending(Name(Self.findings)))
        let made = try documents(
            dataset, identity: identity, target: target, date: package.plan.date, data: data, reports: reports,
            findings: findings.map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
                ?? [],
            facts: dataset.map { Self.factFiles(package.plan.files, package.deposit.appending($0.name)) } ?? [])
        return (dataset.map { [$0] } ?? []) + made
    }

    // MARK: Documents

    private func documents(
        _ description: PackageDocument?, identity: Identity?, target: RepositoryTarget?, date: String,
        data: [DocumentContent.File], reports: [PackageDocument], findings: [String], facts: [String]
    ) throws(Failure) -> [PackageDocument] {
        var context = RecordContext(today: date)
        context.doi = identity?.doi
        context.previousVersion = identity?.previous
        context.bytes = data.reduce(0) { $0 + $1.size }
        context.publisher = target?.publisher
        context.registry = target?.registry
        context.formats =
            Set(data.map { ResearchCrate.form(of: $0.name).media }).sorted()
            + (description == nil ? [] : ["chemical/x-cif"])
        let volumes = data.filter { $0.members != nil }
        if !volumes.isEmpty {
            context.packing = [
                "the images are members of \(volumes.count) ZIP \(volumes.count == 1 ? "volume" : "volumes"), stored without compression"
            ]
        }
        if let identity, let target {
            context.landingPage = target.record.replacing("{id}", with: identity.record)
            context.metadataAddress = description.map { target.address(of: $0.name, record: identity.record) }
        }
        let reading = try RecordReading(
            author: settings.author, data: facts, reading: settings.reading, settings: settings.record,
            context: context)
        var content = DocumentContent(record: reading.record, facts: reading.facts, date: date)
        content.findings = findings
        content.sample = reading.author?.sample?.value
        content.files = data
        content.licenceText = content.licence?.identifier.flatMap {
            LicenceFile.fullText(of: $0.value, in: settings.record.rules)
        }
        func list(_ document: PackageDocument) {
            content.files.append(
                DocumentContent.File(
                    name: document.name.text, size: document.bytes.count,
                    sha256: Digests.of(document.bytes, [.sha256])[.sha256] ?? "", members: nil, isData: false))
        }
        if let description { list(description) }
        var made = reports
        made.append(PackageDocument("datacite.xml", reading.record.dataCiteXML()))
        made.append(PackageDocument("datacite.json", Self.json(reading.record.restJSON())))
        if let citation = CitationFile.text(content) { made.append(PackageDocument("CITATION.cff", citation)) }
        if let licence = LicenceFile.text(content) { made.append(PackageDocument("LICENSE.txt", licence)) }
        for document in made { list(document) }
        made.append(PackageDocument("README.md", ReadmeFile.text(content)))
        list(made[made.count - 1])
        if let crate = ResearchCrate(content, settings.crate).bytes() {
            made.append(PackageDocument("ro-crate-metadata.json", crate))
        }
        return made
    }

    /// Files that the facts of a record are read from: masters where there are some, else the description.
    private static func factFiles(_ files: [PlannedFile], _ description: Name) -> [String] {
        let masters = files.filter { file in
            let name = file.name.text.lowercased()
            return !file.isVolume && SeriesName.isHDF5(file.name) && (name.contains("master") || name.hasSuffix(".nxs"))
        }
        return masters.isEmpty ? [description.text] : masters.map { $0.members[0].source.text }
    }

    private static func json(_ value: JSONValue) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.value(value)
        return json.finish()
    }
}
