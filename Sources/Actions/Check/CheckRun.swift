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
        var worker: Worker?
        for input in inputs {
            let file = isIsolating ? isolated(input.path, &worker) : check.check(input.path)
            if input.isFound, file.report.status == .skipped { continue }
            each(file)
        }
    }

    private func isolated(_ path: String, _ worker: inout Worker?) -> CheckedFile {
        var end = "no process could be started"
        // A file that ends a worker gets a fresh one, so that what an earlier file broke is not laid at its door.
        for _ in 0..<2 {
            let current = worker ?? Worker(limits: limits) { request in answer(request) }
            worker = current
            guard let current else { break }
            switch current.ask(Array(path.utf8)) {
            case .answer(let bytes):
                if let value = try? JSONReader.read(bytes), let file = FileRecord.read(value) { return file }
                end = "its answer could not be read"
            case .ended(let words): end = words
            }
            worker = nil
        }
        return check.reportReaderEnd(path, end)
    }

    private func answer(_ request: [UInt8]) -> [UInt8] {
        let file = check.check(String(decoding: request, as: UTF8.self))
        var json = JSONWriter(.compact)
        json.object { FileRecord.write(file, to: &$0) }
        return json.finish()
    }
}
