// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import RuleEngine

/// A check of several files, in this process or in one that may die.
///
/// - Source: docs/decisions/0101-crashes.md.
public struct CheckRun {
    private let check: FileCheck
    private let isIsolating: Bool
    private let limits: WorkerLimits

    /// - Parameters:
    ///   - isIsolating: Files are read in a process of their own, whose end costs one finding.
    public init(_ check: FileCheck, isIsolating: Bool, limits: WorkerLimits = WorkerLimits()) {
        self.check = check
        self.isIsolating = isIsolating
        self.limits = limits
    }

    /// Checks the files in their order and hands over how each ended as it is done.
    ///
    /// Files met in folders that are no diffraction data are passed over.
    public func run(_ inputs: [Input], each: (FileReport) -> Void) {
        var isolation = Isolation(limits: limits)
        for input in inputs {
            let file = isIsolating ? isolated(input.path, &isolation) : check.check(input.path)
            if input.isFound, file.status == .skipped { continue }
            each(file)
        }
    }

    private func isolated(_ path: String, _ isolation: inout Isolation) -> FileReport {
        switch isolation.ask(path, { check.check($0).wire }) {
        case .ended(let words): return check.reportReaderEnd(path, words)
        case .answer(let bytes):
            return FileReport(wire: bytes) ?? check.reportReaderEnd(path, "its answer could not be read")
        }
    }
}
