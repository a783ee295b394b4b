// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import RuleEngine

/// A check of several files, in this process or in one that may die.
///
/// - Source: docs/decisions/0101-crashes.md.
public struct CheckRun {
    private let check: FileCheck
    private let isIsolating: Bool
    private let limits: WorkerLimits

    /// - Parameter isIsolating: Files are read in a process of their own, whose end costs one finding.
    public init(_ check: FileCheck, isIsolating: Bool, limits: WorkerLimits = WorkerLimits()) {
        self.check = check
        self.isIsolating = isIsolating
        self.limits = limits
    }

    /// Checks the files in their order and hands over each as it is done.
    ///
    /// Files met in folders that are no diffraction data are passed over.
    public func run(_ inputs: [Input], each: (CheckedFile) -> Void) {
        var isolation = Isolation(limits: limits)
        for input in inputs {
            let file = isIsolating ? isolated(input.path, &isolation) : check.check(input.path)
            if input.isFound, file.report.status == .skipped { continue }
            each(file)
        }
    }

    private func isolated(_ path: String, _ isolation: inout Isolation) -> CheckedFile {
        switch isolation.ask(path, answer) {
        case .ended(let words): return check.reportReaderEnd(path, words)
        case .answer(let bytes):
            guard let value = try? JSONReader.read(bytes), let file = FileRecord.read(value) else {
                return check.reportReaderEnd(path, "its answer could not be read")
            }
            return file
        }
    }

    private func answer(_ path: String) -> [UInt8] {
        let file = check.check(path)
        var json = JSONWriter(.compact)
        json.object { FileRecord.write(file, to: &$0) }
        return json.finish()
    }
}
