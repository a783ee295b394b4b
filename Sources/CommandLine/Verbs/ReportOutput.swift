// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Report
import Transport

/// Where a report goes: standard output as it comes, or a file at the end.
struct ReportOutput {
    private var format: any ReportFormat
    private let head: RunHead
    /// nil for standard output.
    let path: String?
    private var output = Output.standard
    private var held: [UInt8] = []
    private var hasBegun = false

    /// - Parameter before: Bytes that the file begins with.
    init(_ format: any ReportFormat, _ head: RunHead, path: String?, behind before: [UInt8] = []) {
        held = before
        self.format = format
        self.head = head
        self.path = path
    }

    /// Opens the files of all reports, before the first input is read: none of them an input, or diffraction data.
    ///
    /// - Parameters:
    ///   - other: One more file that the run writes; opened and returned.
    ///   - kept: A file that no report replaces, and the other one may.
    @discardableResult static func open(
        _ outputs: inout [ReportOutput], and other: String? = nil, reading names: [String], keeping kept: String? = nil
    ) throws(Failure) -> Output? {
        let paths = outputs.map(\.path) + (other.map { [$0] } ?? [])
        guard paths.contains(where: { $0 != nil }) else { return nil }
        let key = kept.flatMap { Identity.of(Name($0))?.key }
        if let key, let path = outputs.compactMap(\.path).first(where: { Identity.of(Name($0))?.key == key }) {
            throw Failure(
                attempt: "write", subject: path, code: .usage, words: "it is the baseline of this run",
                remedy: "name another file")
        }
        let keys = Set(names.compactMap { Identity.of(Name($0))?.key })
        let opened = try Output.several(paths, inputs: key.map { keys.subtracting([$0]) } ?? keys)
        for index in outputs.indices { outputs[index].output = opened[index] }
        return other == nil ? nil : opened.last
    }

    /// The file to be written in the end.
    var file: (output: Output, bytes: [UInt8])? {
        guard case .file = output else { return nil }
        return (output, held)
    }

    /// Passes on to the file what is held, while no run can start again; an error is told when the file is ended.
    mutating func pass() {
        guard case .file = output else { return }
        try? output.write(held)
        held.removeAll(keepingCapacity: true)
    }

    /// Takes what is known of a file, or the end of the run, and gives what goes to standard output now.
    mutating func take(_ event: ReportEvent) -> [UInt8] {
        var bytes: [UInt8] = []
        if !hasBegun { format.take(.run(head), &bytes) }
        hasBegun = true
        format.take(event, &bytes)
        guard case .file = output else { return bytes }
        held += bytes
        return []
    }
}
