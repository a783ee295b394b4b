// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

/// A check of several files, in this process or in one that may die.
///
/// - Source: docs/decisions/0101-crashes.md.
public struct CheckRun {
    private let check: FileCheck
    private let isIsolating: Bool
    private let limits: WorkerLimits
    private let pieces: (CheckedFile) -> [[UInt8]]

    /// - Parameters:
    ///   - isIsolating: Files are read in a process of their own, whose end costs one finding.
    ///   - pieces: What the reports say of a file, whatever was said of others; called where the file is read.
    public init(
        _ check: FileCheck, isIsolating: Bool, limits: WorkerLimits = WorkerLimits(),
        pieces: @escaping (CheckedFile) -> [[UInt8]]
    ) {
        self.check = check
        self.isIsolating = isIsolating
        self.limits = limits
        self.pieces = pieces
    }

    /// Checks the files in their order and hands over how each ended as it is done.
    ///
    /// Files met in folders that are no diffraction data are passed over.
    public func run(_ inputs: [Input], each: (FileOutcome) -> Void) {
        var isolation = Isolation(limits: limits)
        for input in inputs {
            let file = isIsolating ? isolated(input.path, &isolation) : outcome(of: check.check(input.path))
            if input.isFound, file.status == .skipped { continue }
            each(file)
        }
    }

    private func outcome(of file: CheckedFile) -> FileOutcome {
        FileOutcome(file, answers: check.settings.answers, pieces: pieces(file))
    }

    private func isolated(_ path: String, _ isolation: inout Isolation) -> FileOutcome {
        switch isolation.ask(path, { outcome(of: check.check($0)).encoded() }) {
        case .ended(let words): return outcome(of: check.reportReaderEnd(path, words))
        case .answer(let bytes):
            return FileOutcome(encoded: bytes)
                ?? outcome(of: check.reportReaderEnd(path, "its answer could not be read"))
        }
    }
}
