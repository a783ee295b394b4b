// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
public import RuleEngine

/// What the check of one input gives: the report, and the experiments as programs read them.
public struct CheckedFile: Sendable {
    public var report: FileReport
    /// One object for each experiment, as `inspect --json` prints it.
    public var experiments: [JSONValue]
    /// The verdicts of the reference checker beside ours, when they were asked for.
    public var comparison: ReferenceComparison?
    /// The NeXus definitions that were applied, and why.
    public var applied: [AppliedRelease]
    /// Number of frames and wavelength in words, such as "3600 frames, 0.979491 Å"; empty where nothing is described.
    public var outline: String
    /// The finding whose level fails the file is there, under the profile of the run.
    public var isFailing: Bool
    /// The file is marked as open for writing, so that what it lacks may still come.
    public var isIncomplete: Bool

    public init(
        report: FileReport, experiments: [JSONValue] = [], applied: [AppliedRelease] = [], outline: String = "",
        isFailing: Bool = false, isIncomplete: Bool = false
    ) {
        self.report = report
        self.experiments = experiments
        self.applied = applied
        self.outline = outline
        self.isFailing = isFailing
        self.isIncomplete = isIncomplete
    }
}

/// A release of NeXus definitions that was applied to a part of a file.
public struct AppliedRelease: Sendable, Hashable {
    /// Path of the entry or subentry.
    public let path: String
    /// Name of the application definition; nil where only base classes were applied.
    public let definition: String?
    /// Such as v2026.01.
    public let release: String
    /// Why this release.
    public let because: String

    public init(path: String, definition: String?, release: String, because: String) {
        self.path = path
        self.definition = definition
        self.release = release
        self.because = because
    }
}
