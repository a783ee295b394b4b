// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
public import Transport

/// What a file is, by its content.
///
/// - Source: reports.md section 6.
public enum FileKind: String, Sendable, Hashable, CaseIterable {
    case imgcif, cbf, minicbf, nexus, hdf5, smv, tiff
    /// A list of files with their digests.
    case manifest
    /// DataCite XML, or the file of an author about a publication.
    case record
    case unknown
}

/// How the check of one input ended. A crash, a time-out or a limit never reads as `pass`.
public enum FileStatus: Sendable, Hashable {
    case pass, fail
    /// Something that is there was not read, or nothing was checked.
    case indeterminate
    /// The file is being written, or is marked as open for writing.
    case incomplete
    case skipped
    /// A word of a later release, which is no pass.
    case other(String)

    /// Those of this release, in the order in which runs count them.
    public static let all: [FileStatus] = [.pass, .fail, .indeterminate, .incomplete, .skipped]

    /// The word as reports write it.
    public var text: String {
        switch self {
        case .pass: "pass"
        case .fail: "fail"
        case .indeterminate: "indeterminate"
        case .incomplete: "incomplete"
        case .skipped: "skipped"
        case .other(let text): text
        }
    }

    public init(text: String) { self = Self.all.first { $0.text == text } ?? .other(text) }
}

/// A release of definitions that was applied to a part of a file, and why.
public struct AppliedDefinition: Sendable, Hashable {
    /// "nexus", "imgcif" …
    public let standard: String
    /// Such as v2026.01.
    public let release: String
    /// Of the facts of the release; empty for a folder of the user, and where nobody asks for digests.
    public let sha256: String
    /// Path of the entry or subentry.
    public let path: String
    /// Name of the application definition; nil where only base classes were applied.
    public let definition: String?
    /// Why this release.
    public let because: String

    public init(
        standard: String, release: String, sha256: String, path: String, definition: String?, because: String
    ) {
        self.standard = standard
        self.release = release
        self.sha256 = sha256
        self.path = path
        self.definition = definition
        self.because = because
    }

    /// The release alone, whatever it was applied to.
    public var ofRelease: AppliedDefinition {
        AppliedDefinition(standard: standard, release: release, sha256: sha256, path: "", definition: nil, because: "")
    }
}

/// A profile under which a file would fail.
public struct OtherProfile: Sendable, Hashable {
    public let profile: String
    /// Those that would fail it, worst first.
    public let rules: [RuleID]

    public init(_ profile: String, _ rules: [RuleID]) {
        self.profile = profile
        self.rules = rules
    }
}

/// Number of findings at each level.
public struct LevelCounts: Sendable, Hashable {
    private var counts = [Int](repeating: 0, count: Level.allCases.count)

    public init(_ findings: [Finding] = []) {
        for finding in findings { counts[finding.level.rank] += 1 }
    }

    public subscript(level: Level) -> Int { counts[level.rank] }
}

/// Everything that any report says about one input: written, read back, and reported again with the same bytes.
public struct FileReport: Sendable, Hashable {
    public var path: String
    /// Bytes; 0 when the file cannot be looked at.
    public var size: Int
    /// Nil where nobody asks for it, and for files that are too large.
    public var sha256: String?
    public var kind: FileKind
    /// Application definition that the file names, such as NXmx.
    public var definition: String?
    /// Definitions that were applied, by entry.
    public var applied: [AppliedDefinition]
    public var status: FileStatus
    /// The status that a file which fails would have if nothing failed it; told by no report.
    public var otherwise: FileStatus?
    /// A finding whose level fails the file is there, under the profile of the run.
    public var isFailing: Bool
    /// The file is being written, or is marked as open for writing, so that what it lacks may still come.
    public var isIncomplete: Bool
    /// Something that a rule had to look at is there and was not read, so that the file cannot pass.
    public var isUnread: Bool
    /// Number of frames and wavelength in words, such as "3600 frames, 0.979491 Å"; empty where nothing is described.
    public var outline: String
    /// In the order of area, level, number, place.
    public var findings: [Finding]
    public var notChecked: [NotChecked]
    public var failures: [Failure]
    /// One object for each experiment, as `inspect --json` prints it; none where no report asks for them.
    public var experiments: [JSONValue]
    /// Experiments of a vast file that the report leaves out.
    public var experimentsUnshown = 0
    /// The verdicts of a reference checker beside ours; nil where nobody asks for them.
    public var compatibility: Compatibility?
    /// What an image says of its place in a series, for the process that checks the series; told by no report.
    public var seriesFacts: JSONValue?
    /// Where and when it was measured, for the process that looks at whole folders; told by no report.
    public var origin: StatedOrigin?
    /// Indices of the answers of the run that met a finding.
    public var answersMet: [Int]
    /// What the file is to the others of its data set.
    public var kinship = Kinship()
    /// Shipped profiles under which a file that passes would fail; none where no report asks for them.
    public var otherProfiles: [OtherProfile] = []
    /// What a page shows beside the findings; nil where no report asks for it.
    public var exhibits: Exhibits?

    public init(
        path: String, size: Int, sha256: String? = nil, kind: FileKind, definition: String? = nil,
        applied: [AppliedDefinition] = [], status: FileStatus, isFailing: Bool = false, isIncomplete: Bool = false,
        isUnread: Bool = false,
        outline: String = "", findings: [Finding] = [], notChecked: [NotChecked] = [], failures: [Failure] = [],
        experiments: [JSONValue] = [], compatibility: Compatibility? = nil, answersMet: [Int] = []
    ) {
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.kind = kind
        self.definition = definition
        self.applied = applied
        self.status = status
        self.isFailing = isFailing
        self.isIncomplete = isIncomplete
        self.isUnread = isUnread
        self.outline = outline
        self.findings = findings
        self.notChecked = notChecked
        self.failures = failures
        self.experiments = experiments
        self.compatibility = compatibility
        self.answersMet = answersMet
    }

    public var counts: LevelCounts { LevelCounts(findings) }

    /// Another file of the run links to it, which is checked.
    public var hasMasterInRun: Bool { status == .skipped && kinship.part?.isMasterInRun == true }

    /// It is not known whether the file is sound: a run that meets it ends with "could not read".
    public var isUnjudged: Bool {
        if hasMasterInRun { return false }
        return isUnread || status == .indeterminate || status == .skipped
    }

    /// The releases that were applied, each once.
    public var releases: [AppliedDefinition] {
        var seen = Set<AppliedDefinition>()
        return applied.map(\.ofRelease).filter { seen.insert($0).inserted }
    }
}

/// What of a report on a file only some formats tell, and what costs time to find.
public struct ReportParts: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The experiments, as `inspect --json` prints them.
    public static let experiments = ReportParts(rawValue: 1)
    /// Of the file, and of the definitions it was checked against.
    public static let digests = ReportParts(rawValue: 2)
    /// The verdicts of a reference checker beside ours.
    public static let compatibility = ReportParts(rawValue: 4)
    /// Which other profiles a file that passes would fail.
    public static let otherProfiles = ReportParts(rawValue: 8)
    /// Where and when a file says that it was measured.
    public static let origin = ReportParts(rawValue: 16)
    /// Raw data tables, pictures, frames one by one.
    public static let exhibits = ReportParts(rawValue: 32)
}
