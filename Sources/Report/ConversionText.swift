// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import Transport

/// A conversion for people: a paragraph a scan.
public struct ConversionText: Sendable {
    private let width: Int

    public init(width: Int) { self.width = max(40, width) }

    /// What became of a scan.
    public func scan(_ scan: ConversionOutcome.Scan, isDryRun: Bool) -> [UInt8] {
        var lines: [String] = []
        let frames = scan.frames == 1 ? "1 frame" : "\(scan.frames) frames"
        let size = scan.shape.isEmpty ? nil : scan.shape.map(String.init).joined(separator: " x ")
        let words = [frames, size, scan.element, scan.motion].compactMap { $0 }.joined(separator: ", ")
        let name = Escaping.line(scan.path ?? scan.name)
        if scan.isKept {
            lines.append("\(name): is there already, made of the same inputs; \(frames)")
        } else if scan.path != nil {
            lines.append("\(name): \(words)")
            lines.append("  \(sizes(scan)); \(counts(scan.findings))")
        } else if isDryRun, scan.refusal == nil, scan.failure == nil {
            lines.append("\(name): \(words), from \(Escaping.line(scan.template))")
            lines.append(
                "  \(Self.megabytes(scan.bytesRead)) of input, \(Self.megabytes(scan.bytesWritten)) of pixels before "
                    + "packing; \(counts(scan.findings))")
        } else {
            lines.append("\(name): not converted; \(frames) of \(Escaping.line(scan.template))")
        }
        var text = lines.joined(separator: "\n") + "\n"
        for finding in scan.isKept ? [] : scan.findings {
            text += wrapped("\(finding.level.rawValue) \(finding.rule)", finding.message)
        }
        for leftover in scan.leftovers {
            text += wrapped("left", "'\(leftover)' is of a run that was killed, and can be removed")
        }
        if let refusal = scan.refusal {
            text += wrapped("refused", refusal.sentence)
            if !refusal.remedy.isEmpty { text += wrapped("remedy", refusal.remedy) }
        }
        if let failure = scan.failure {
            text += wrapped("failed", failure.line)
            if !failure.remedy.isEmpty { text += wrapped("remedy", failure.remedy) }
        }
        for defect in scan.defects { text += wrapped("defect", defect) }
        if !scan.defects.isEmpty {
            text += wrapped(
                "",
                "What was written is not what it was to be: a mistake of this program. It is kept as NAME.rejected; "
                    + "report it with the first input.")
        }
        return Array(text.utf8)
    }

    /// What is to be said at the end of a run.
    ///
    /// - Parameter isPacked: Frames are packed with bitshuffle and LZ4.
    public func end(_ outcome: ConversionOutcome, isPacked: Bool) -> [UInt8] {
        var text = ""
        if let refusal = outcome.refusal {
            text += wrapped("refused", refusal.sentence) + wrapped("remedy", refusal.remedy)
        }
        if isPacked, outcome.scans.contains(where: { $0.path != nil }) {
            text +=
                "Frames are packed with bitshuffle and LZ4: h5dump needs the package bitshuffle of Debian, Python the\n"
                + "package hdf5plugin; --compression gzip needs neither.\n"
        }
        return Array(text.utf8)
    }

    private func sizes(_ scan: ConversionOutcome.Scan) -> String {
        let size = Self.megabytes(scan.bytesWritten)
        guard scan.bytesRead > 0 else { return size }
        let ratio = Double(scan.bytesWritten) / Double(scan.bytesRead)
        return "\(size) of frames, \(Wording.fixed(ratio, 2)) of the input"
    }

    private func counts(_ findings: [Finding]) -> String {
        let words = Level.allCases.compactMap { level -> String? in
            let count = findings.count { $0.level == level }
            return count == 0 ? nil : "\(count) \(level.rawValue)"
        }
        return words.isEmpty ? "no findings" : words.joined(separator: ", ")
    }

    private static func megabytes(_ bytes: Int) -> String {
        bytes < 100_000 ? "\(Wording.fixed(Double(bytes) / 1e3, 1)) kB" : "\(Wording.fixed(Double(bytes) / 1e6, 1)) MB"
    }

    /// A line with a word in front, broken at the width; what goes on stands below its text.
    private func wrapped(_ head: String, _ text: String) -> String {
        let front = "  " + head + (head.isEmpty ? "" : "  ")
        let indent = String(repeating: " ", count: front.count)
        var lines: [String] = []
        var line = front
        for word in Escaping.line(text).split(separator: " ") {
            if line.count + word.count + 1 > width, line.count > front.count {
                lines.append(line)
                line = indent
            }
            line += (line.count == front.count ? "" : " ") + word
        }
        lines.append(line)
        return lines.joined(separator: "\n") + "\n"
    }
}
