// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine
import Transport

extension Rule {
    static let cif003 = Rule(
        "CIF-003", .A, "loop values do not fill whole rows", applies: .imgCIF,
        what: """
            The number of values of each loop is a multiple of the number of its names. When it is not, the first line \
            whose number of values differs from the commonest is named; rows up to there are read, the rest of the \
            loop is not checked.
            """,
        why: "From the irregular line on every value stands under the wrong name.",
        fix: "Look at the line named: often a value with a blank in it lacks its quotes.",
        references: ["COMCIFS/cif_api error code 53", "COMCIFS/cif_ed:docs/frames_example.cif"],
        checks: [.text(irregularLoops)])
}

private func irregularLoops(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.irregularLoop]) {
        let line = Int(fault.detail("irregularLine"))
        let blank = line.flatMap { OtherBlank.inLine($0, of: view.document) }
        verdicts.report(
            "loop of \(fault.detail("category", else: "no category")) has \(fault.detail("names")) names and "
                + "\(fault.detail("values")) value\(fault.detail("values") == "1" ? "" : "s"); the first irregular line is "
                + fault.detail("irregularLine") + (blank.map { ", which holds \($0)" } ?? ""),
            at: fault.places,
            values: [
                ("category", .text(fault.detail("category"))), ("names", .text(fault.detail("names"))),
                ("values", .text(fault.detail("values"))),
            ], count: fault.count)
    }
}

/// Characters that look like a blank and part no values.
private enum OtherBlank {
    private static let names: [UInt32: String] = [
        0xA0: "a no-break space (U+00A0)", 0x2007: "a figure space (U+2007)", 0x2009: "a thin space (U+2009)",
        0x200A: "a hair space (U+200A)", 0x200B: "a zero-width space (U+200B)", 0x202F: "a narrow space (U+202F)",
        0x3000: "an ideographic space (U+3000)", 0xFEFF: "a byte order mark (U+FEFF)",
    ]

    /// The first such character of a line, counted from 1.
    static func inLine(_ line: Int, of document: CIF.Document) -> String? {
        document.buffer.withUnsafeBytes { bytes in
            var number = 1
            var start = 0
            while number < line, start < bytes.count {
                if bytes[start] == 10 || bytes[start] == 13 && (start + 1 >= bytes.count || bytes[start + 1] != 10) {
                    number += 1
                }
                start += 1
            }
            guard number == line else { return nil }
            let text = String(decoding: bytes[start...].prefix { $0 != 10 && $0 != 13 }.prefix(4096), as: UTF8.self)
            return text.unicodeScalars.lazy.compactMap { names[$0.value] }.first
        }
    }
}
