// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Transport

/// Where a result of a verb goes: standard output, or a file that is no input and no diffraction data.
///
/// Opened before the first input is read, so that nothing is read for a result that cannot be written.
enum Output {
    case standard
    case file(OutputFile)

    /// Opens the output that an option names; "-" is standard output.
    ///
    /// - Parameters:
    ///   - inputs: What the run reads.
    ///   - replaces: An existing file may be replaced.
    init(_ path: String?, inputs: Set<Identity.Key>, replaces: Bool) throws(Failure) {
        guard let path, path != "-" else {
            self = .standard
            return
        }
        self = .file(try OutputFile(Name(path), inputs: inputs, replaces: replaces, worth: RawData.words(on:)))
    }

    func write(_ bytes: [UInt8]) throws(Failure) {
        switch self {
        case .standard: StandardStream.report(bytes)
        case .file(let file): try file.write(bytes)
        }
    }

    func end() throws(Failure) {
        if case .file(let file) = self { try file.commit() }
    }

    /// Opens several outputs; two that are one file are refused.
    ///
    /// - Parameters:
    ///   - paths: nil for standard output.
    ///   - replaces: Existing files may be replaced.
    static func several(
        _ paths: [String?], inputs: Set<Identity.Key>, replaces: Bool = true
    ) throws(Failure) -> [Output] {
        var outputs: [Output] = []
        var places = Set<OutputFile.Place>()
        var hasStandard = false
        for path in paths {
            let output = try Output(path, inputs: inputs, replaces: replaces)
            let isNew: Bool
            switch output {
            case .standard:
                isNew = !hasStandard
                hasStandard = true
            case .file(let file): isNew = places.insert(file.place).inserted
            }
            guard isNew else {
                throw Failure(
                    attempt: "write", subject: path ?? "-", code: .usage, words: "another -o names the same file",
                    remedy: "name a file for each report")
            }
            outputs.append(output)
        }
        return outputs
    }
}
