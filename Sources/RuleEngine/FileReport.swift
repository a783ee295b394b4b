// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Transport

/// What a file is, by its content.
///
/// - Source: reports.md section 6.
public enum FileKind: String, Sendable, Hashable, CaseIterable {
    case imgcif, cbf, minicbf, nexus, hdf5, smv, tiff, unknown
}

/// How the check of one input ended. A crash, a time-out or a limit never reads as `pass`.
public enum FileStatus: String, Sendable, Hashable, CaseIterable {
    case pass, fail, indeterminate, skipped
}

/// A definition or dictionary that the file was checked against.
public struct AppliedDefinition: Sendable, Hashable {
    /// "nexus", "imgcif" …
    public let standard: String
    public let release: String
    public let sha256: String

    public init(standard: String, release: String, sha256: String) {
        self.standard = standard
        self.release = release
        self.sha256 = sha256
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

/// Everything that a report says about one input.
public struct FileReport: Sendable {
    public var path: String
    public var size: Int
    public var sha256: String?
    public var kind: FileKind
    /// Application definition that the file names, such as NXmx.
    public var definition: String?
    public var applied: [AppliedDefinition]
    public var status: FileStatus
    /// In the order of `Engine.order`.
    public var findings: [Finding]
    public var notChecked: [NotChecked]
    public var failures: [Failure]
    public var experiments: [Experiment]

    public init(
        path: String, size: Int, sha256: String? = nil, kind: FileKind, definition: String? = nil,
        applied: [AppliedDefinition] = [], status: FileStatus, findings: [Finding] = [],
        notChecked: [NotChecked] = [], failures: [Failure] = [], experiments: [Experiment] = []
    ) {
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.kind = kind
        self.definition = definition
        self.applied = applied
        self.status = status
        self.findings = findings
        self.notChecked = notChecked
        self.failures = failures
        self.experiments = experiments
    }

    public var counts: LevelCounts { LevelCounts(findings) }
}
