// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let cif010 = Rule(
        "CIF-010", .A, "binary section does not fit its header", applies: .imgCIF,
        what: """
            Each binary section against its header: a blank line after the header, the four lead bytes 0C 1A 04 D5, as \
            many bytes as X-Binary-Size and its padding announce, and the closing boundary. A size of 0 or none means \
            that the boundary is searched; a missing line end before it passes. The header against itself: elements \
            as many as the dimensions make, words for compression, encoding, element type and byte order that the \
            dictionary has, and a size that can hold the elements. At B: a checksum, a padding or an identifier of the \
            section that is none.
            """,
        why: "The pixels are cut or shifted, and readers stop or show another image.",
        fix: "Write the file again from the detector image; do not edit binary files with a text editor.",
        references: ["imgCIF _array_data.data", "silx-kit/fabio#528", "silx-kit/fabio#628", "dials/dials#376"],
        checks: [.text(brokenSections)])
}

private func brokenSections(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.binaryMismatch]) {
        verdicts.report(
            "binary section \(fault.detail("id", else: "1")) announces \(fault.detail("stated", else: "no number of")) bytes "
                + "and holds \(fault.detail("found", else: "none"))\(remark(fault))", at: fault.places,
            values: [
                ("id", .text(fault.detail("id"))), ("stated", .text(fault.detail("stated"))),
                ("found", .text(fault.detail("found"))),
            ], count: fault.count)
    }
    for (index, section) in view.document.binarySections.enumerated() where section.fault == nil {
        let test = SectionTest(section)
        for slip in test.slips {
            verdicts.report(
                "binary section \(index + 1): \(Wording.excerpt(slip, limit: 120))",
                at: [.text(offset: section.offset, item: nil, row: nil)], values: [("id", .text("\(index + 1)"))],
                subjects: [Subject(.category, "words of section \(index + 1)")],
                fix: "Write the line as the program of the detector does, or leave it out.", level: .B)
        }
        guard let fault = test.fault else { continue }
        verdicts.report(
            "binary section \(index + 1) contradicts itself: \(Wording.excerpt(fault, limit: 120))",
            at: [.text(offset: section.offset, item: nil, row: nil)], values: [("id", .text("\(index + 1)"))])
    }
}

/// What is wrong besides the number of bytes.
private func remark(_ fault: CIF.Fault) -> String {
    let reason = fault.detail("reason", else: "")
    return reason.isEmpty || reason == "the size is wrong" ? "" : "; \(reason)"
}
