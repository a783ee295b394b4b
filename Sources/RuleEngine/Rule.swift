// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A number or a list of words that a profile may tune.
public enum ParameterValue: Sendable, Hashable {
    case number(Double)
    case words([String])
}

/// A tolerance or a list of a rule, with its default, unit and limits.
public struct Parameter: Sendable, Hashable {
    public let name: String
    public let meaning: String
    public let defaultValue: ParameterValue
    /// "mm", "deg", "px", "ratio", "count", "list" …
    public let unit: String
    /// What a profile may set; nil for lists.
    public let limits: ClosedRange<Double>?
    /// The setting of a generic checker that it is; nil for one that the rule itself reads.
    public let checker: CheckerParameters.Name?

    public init(
        _ name: String, _ meaning: String, _ value: Double, unit: String, limits: ClosedRange<Double>,
        checker: CheckerParameters.Name? = nil
    ) {
        self.checker = checker
        self.name = name
        self.meaning = meaning
        self.defaultValue = .number(value)
        self.unit = unit
        self.limits = limits
    }

    public init(_ name: String, _ meaning: String, words: [String], checker: CheckerParameters.Name? = nil) {
        self.checker = checker
        self.name = name
        self.meaning = meaning
        self.defaultValue = .words(words)
        self.unit = "list"
        self.limits = nil
    }
}

/// One fault: what it is, why it matters, how it is mended, and the pure check that finds it.
///
/// One fault = one rule = one identifier = one sentence, whatever the container. A class, for hundreds of them are passed
/// about for each file, and copying fifteen members costs more than most checks.
/// - Source: rules.md; docs/contributing.md, House rules.
public final class Rule: Sendable, Identifiable {
    public let id: RuleID
    public let level: Level
    /// The fault in a few words.
    public let title: String
    public let applies: Applicability
    public let status: Status
    public let parameters: [Parameter]
    /// One paragraph: what is looked at, for the page.
    public let what: String
    /// One sentence: what goes wrong for somebody who believes the data.
    public let why: String
    /// Imperative, with the text to write.
    public let fix: String
    /// The same for a NeXus file, where another text is to be written there; nil where `fix` serves both.
    public let fixInNeXus: String?
    /// Clauses of standards and `owner/repo#issue`.
    public let references: [String]
    /// Rules that have no finding at an object before this one looks at it.
    public let needs: [RuleID]
    /// What the rule reads of an experiment; without it the rule is not checked and the file does not pass.
    public let reads: [Need]
    public let checks: [Check]

    public init(
        _ id: RuleID, _ level: Level, _ title: String, applies: Applicability, status: Status = .stable,
        parameters: [Parameter] = [], what: String, why: String, fix: String, fixInNeXus: String? = nil,
        references: [String], needs: [RuleID] = [], reads: [Need] = [], checks: [Check]
    ) {
        self.id = id
        self.level = level
        self.title = title
        self.applies = applies
        self.status = status
        self.parameters = parameters
        self.what = what
        self.why = why
        self.fix = fix
        self.fixInNeXus = fixInNeXus
        self.references = references
        self.needs = needs
        self.reads = reads
        self.checks = checks
    }

    public func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
}

/// What a rule reads: one view of the file, and what it makes of it.
public enum Check: Sendable {
    /// Blocks, loops and values of a CIF document, with line and column.
    case text(@Sendable (TextView, inout Verdicts) -> Void)
    /// Groups, fields, attributes and links of HDF5 files; no pixels.
    case tree(@Sendable (TreeView, inout Verdicts) -> Void)
    /// The model: beam, detectors, goniometer, axes, scans.
    case experiment(@Sendable (ExperimentView, inout Verdicts) -> Void)
    /// The pixels of frames, decoded.
    case frames(@Sendable (FramesView, inout Verdicts) -> Void)
    /// The members of an archive.
    case archive(@Sendable (ArchiveView, inout Verdicts) -> Void)
    /// The files of a package for a repository, and what is said of them.
    case package(@Sendable (PackageView, inout Verdicts) -> Void)
    /// The record of a publication: what a repository and DataCite are told.
    case record(@Sendable (RecordView, inout Verdicts) -> Void)
    /// The file as a whole: what the readers made of it.
    case file(@Sendable (Material, inout Verdicts) -> Void)
    /// Images of one name template, by what their headers say.
    case series(@Sendable (SeriesView, inout Verdicts) -> Void)
    /// What a generic checker (NXDL, DDLm) found and gave to this rule to tell.
    case conformance
    /// Told by `compare` and `deposit` alone, from two descriptions of one thing; nothing of one file.
    case comparison
    /// Told by `convert` alone: what it assumed, applied, left out or was given.
    case conversion

    /// The view in the words of the catalogue: "cif", "nexus", "experiment", "frames", "archive", "package", "record", "file",
    /// "definition", "two descriptions", "conversion".
    public var view: String {
        switch self {
        case .text: return "cif"
        case .tree: return "nexus"
        case .experiment: return "experiment"
        case .frames: return "frames"
        case .archive: return "archive"
        case .package: return "package"
        case .record: return "record"
        case .file: return "file"
        case .series: return "series"
        case .conformance: return "definition"
        case .comparison: return "two descriptions"
        case .conversion: return "conversion"
        }
    }
}
