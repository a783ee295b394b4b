// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Digest
import Frames
import JSON
import NeXus
import RuleCatalog
public import RuleEngine
public import Transport

/// Checks files, one after the other, with one profile.
public struct FileCheck: Sendable {
    /// What a run of checks is made with.
    public struct Settings: Sendable {
        public var profile: Profile
        /// Takes the place of the fail level of the profile.
        public var failAt: Level?
        public var reading: ReadingSettings
        public var answers: [Answer]
        /// ISO 8601 date on which answers expire or not.
        public var today: String?
        /// What the reports of the run tell beside findings.
        public var parts: ReportParts = []
        /// Files whose exhibits are made, by their paths, of others frames alone; nil: all, where a report shows them.
        public var exhibited: Set<String>?
        /// Reports that tell the digest of a file do so (--no-digest).
        public var takesDigests = true
        /// Bytes of a file beyond which its digest is not taken.
        public var digestLimit = FileCheck.digestLimit
        /// The other profiles that ship, for reports that name those a file would fail.
        ///
        /// Asked once, by the first file that passes with a finding.
        public var otherProfiles: @Sendable () -> [Profile] = { [] }

        public init(
            profile: Profile, failAt: Level? = nil, reading: ReadingSettings = ReadingSettings(),
            answers: [Answer] = [], today: String? = nil
        ) {
            self.profile = profile
            self.failAt = failAt
            self.reading = reading
            self.answers = answers
            self.today = today
        }
    }

    public let settings: Settings
    let engine: Engine
    private let memo = Memo()

    public init(_ settings: Settings) {
        engine = Engine(rules: catalogue, profile: settings.profile)
        var settings = settings
        settings.reading.checkers = engine.checkerParameters
        if settings.parts.contains(.digests), settings.takesDigests {
            settings.reading.digestsUpTo = settings.digestLimit
        }
        self.settings = settings
    }

    /// Reads a file, runs the rules and says how it ended. Never fails: what could not be looked at is in the report.
    public func check(_ path: String) -> FileReport { check([path]) }

    /// The same for the words of an input: its path, the folder that links do not lead out of, and perhaps `digested`.
    public func check(_ words: [String]) -> FileReport {
        let path = words.first ?? ""
        let isDigested = words.count > 2 && words[2] == Self.digested
        let isExhibited = settings.parts.contains(.exhibits) && settings.exhibited?.contains(path) != false
        var wanted = settings.reading
        wanted.keepsPictures = isExhibited
        var reading = FileReading(words, settings: wanted)
        // In a folder the run itself knows the masters.
        if reading.material.kinship.part != nil, words.count == 1 {
            reading.material.kinship.part?.master = MasterSearch(path).master
        }
        var report = judged(reading, path: path, takesDigest: !isDigested)
        if settings.reading.digestsFrameFiles { report.kinship.digests = reading.frameFileDigests }
        if settings.parts.contains(.experiments) {
            let experiments = ReportedExperiments(reading.material)
            report.experiments = experiments.records
            report.experimentsUnshown = experiments.unshown
        }
        if settings.parts.contains(.exhibits) {
            report.exhibits =
                isExhibited ? Exhibits(reading, path: path, settings: settings.reading) : Exhibits(framesOf: reading)
        }
        return report
    }

    /// The report on what cannot be looked at.
    public func report(_ failure: Failure, on path: String) -> FileReport {
        judged(FileReading(unopened: failure), path: path)
    }

    /// The report on a file whose reader died or was ended, twice.
    public func reportReaderEnd(_ path: String, _ end: String) -> FileReport {
        judged(FileReading(path, endedBy: end), path: path)
    }

    /// The third word of an input whose digest is known already.
    static let digested = "digested"

    private func judged(_ reading: FileReading, path: String, takesDigest: Bool = true) -> FileReport {
        var material = reading.material
        material.name = path
        if material.isUnread, material.failures.isEmpty {
            material.failures.append(
                Failure(
                    attempt: "check the file", subject: path, code: .foreign, words: Self.words(on: material.kind),
                    remedy: "name an imgCIF, CBF, NeXus or HDF5 file"))
        }
        if asksForDataSet, isImage(material) {
            material.failures.append(
                Failure(
                    attempt: "check the file", subject: path, code: .foreign,
                    words: "it is one image, and '\(settings.profile.name)' is about a whole data set",
                    remedy: "describe the data set first: imprimatur describe -o FILE.cif IMAGE ..."))
        }
        let sha256 = takesDigest ? digest(of: reading, &material) : nil
        var report = engine.run(
            on: material, answers: settings.answers, today: settings.today, failAt: settings.failAt)
        report.outline = Self.outline(of: material)
        if isImage(material), material.experiments.count == 1 {
            var facts = SeriesFacts(material.experiments[0].experiment)
            facts?.pixels = SeriesFacts.Pixels(material.frames)
            report.seriesFacts = facts?.json
        }
        if settings.parts.contains(.origin) { report.origin = StatedOrigin(material) }
        if settings.parts.contains(.digests) {
            report.applied = report.applied.map(withDigest)
            report.sha256 = sha256
        }
        report.otherProfiles = otherProfiles(failing: report)
        if settings.parts.contains(.compatibility), let document = material.text?.document {
            report.compatibility = Compatibility(document, findings: report.findings)
        }
        return report
    }

    /// The SHA-256 of the bytes that were read, when a report tells it.
    ///
    /// A file that cannot be read a second time, or is not what it was, is said to be so.
    private func digest(of reading: FileReading, _ material: inout Material) -> String? {
        guard settings.parts.contains(.digests), settings.takesDigests, let source = reading.source,
            source.size <= settings.digestLimit
        else { return nil }
        do throws(Failure) {
            return try source.digests().sha256
        } catch {
            if !material.failures.contains(where: { $0.code == error.code }) { material.failures.append(error) }
            return nil
        }
    }

    private func isImage(_ material: Material) -> Bool {
        switch material.kind {
        case .cbf, .minicbf: true
        // Without a header that is read they are passed over.
        case .smv, .tiff: !material.experiments.isEmpty
        default: false
        }
    }

    /// A profile under which a data set without DOI fails is about data sets: one image of them cannot pass it.
    private var asksForDataSet: Bool {
        Self.asksForDataSet(settings.profile, failAt: settings.failAt ?? settings.profile.failAt)
    }

    private static func asksForDataSet(_ profile: Profile, failAt: Level) -> Bool {
        profile.rules["META-001"]?.level.map { $0.isAtLeast(failAt) } ?? false
    }

    /// The profiles that ship under which a file that passes would fail; those that are not about such files aside.
    private func otherProfiles(failing report: FileReport) -> [OtherProfile] {
        guard report.status == .pass, !report.findings.isEmpty else { return [] }
        let isImage = report.kind == .cbf || report.kind == .minicbf
        let others = memo.result("other profiles", settings.otherProfiles)
        return others.compactMap { other in
            if isImage, Self.asksForDataSet(other, failAt: other.failAt) { return nil }
            if other.name.hasPrefix("nxmx"), report.definition != "NXmx" { return nil }
            let rules = engine.rulesFailing(report, under: other)
            return rules.isEmpty ? nil : OtherProfile(other.name, rules)
        }
    }

    /// With the digest of the facts of the release; without one for folders of the user.
    private func withDigest(_ applied: AppliedDefinition) -> AppliedDefinition {
        AppliedDefinition(
            standard: applied.standard, release: applied.release,
            sha256: settings.reading.library?.digest(of: applied.release) ?? "", path: applied.path,
            definition: applied.definition, because: applied.because)
    }

    private static func outline(of material: Material) -> String {
        let experiments = material.experiments.map(\.experiment)
        let frames = experiments.flatMap(\.scans).reduce(0) { $0 &+ $1.frameCount.value }
        let wavelength = experiments.lazy.compactMap(\.beam.representativeWavelength).first
        let stacks = material.frames?.parts.flatMap(\.frames.stacks) ?? []
        let read = stacks.reduce(0) { $0 + $1.frames.count { $0.facts != nil } }
        // Of frames that nobody decoded a verdict says less.
        let part = read > 0 && read < frames ? " (\(read) decoded)" : ""
        let words = [
            frames > 0 ? "\(frames) \(frames == 1 ? "frame" : "frames")\(part)" : nil,
            wavelength.map { Wording.number($0) + " Å" },
        ]
        return words.compactMap { $0 }.joined(separator: ", ")
    }

    private static func words(on kind: FileKind) -> String {
        switch kind {
        case .smv: return "it is an SMV image without a header that can be read"
        case .tiff: return "it is a TIFF image without a header of the detector"
        default: return "it begins with neither CIF text nor an HDF5 signature"
        }
    }

    /// Larger files are read for their digest only when somebody asks.
    static let digestLimit = 1 << 30
}
