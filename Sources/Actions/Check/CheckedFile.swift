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
    /// The finding whose level fails the file is there, under the profile of the run.
    public var isFailing: Bool
    /// The file is marked as open for writing, so that what it lacks may still come.
    public var isIncomplete: Bool

    public init(report: FileReport, experiments: [JSONValue] = [], isFailing: Bool = false, isIncomplete: Bool = false)
    {
        self.report = report
        self.experiments = experiments
        self.isFailing = isFailing
        self.isIncomplete = isIncomplete
    }
}
