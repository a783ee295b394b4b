// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import CheckImgCIF
import Diffraction
import RuleEngine

extension Rule {
    static let meta006 = Rule(
        "META-006", .G, "checkImgCIF would not pass this file", applies: .imgCIF,
        what: """
            The eleven tests that checkImgCIF 2025-06-05 makes without images, from their conditions, on the first block; \
            of its two tests of an image what fails whatever the image holds: no dimension of precedence 1 or 2, an \
            encoding that it has no name for or does not read in that format, an overload in several rows or beyond the \
            greatest pixel; and what stops that program: several kinds of archives or addresses, archives that it does \
            not fetch, array sections, per-frame axis settings. `imprimatur check --compat checkimgcif` prints every verdict beside ours.
            """,
        why: "The journal runs that program; its authors ask for a file that it passes.",
        fix: "Add what it asks for where that is no fault, or tell the editors which limit of the program is met.",
        references: [
            "jamesrhester/ImgCIFHandler.jl:tools/no_image_checks.jl",
            "jamesrhester/ImgCIFHandler.jl:tools/image_checks.jl",
        ],
        checks: [.text(replayed)])
}

private func replayed(_ view: TextView, _ verdicts: inout Verdicts) {
    guard view.kind == .imgcif else {
        return verdicts.notChecked(.kind("the file is one image, and checkImgCIF reads descriptions of data sets"))
    }
    guard let block = view.document.blocks.first else { return }
    var words: [String] = []
    for verdict in CheckImgCIF.replay(block) + CheckImgCIF.failuresOfImages(block) where !verdict.isPass {
        words.append("\(verdict.test.rawValue) (\(Wording.excerpt(verdict.reason, limit: 100)))")
    }
    if !words.isEmpty {
        tell("FAIL in " + words.joined(separator: "; "), block.offset, block.name, &verdicts)
    }
    let stops = CheckImgCIF.stops(block)
    if !stops.isEmpty { tell("ends early: " + stops.joined(separator: "; "), block.offset, block.name, &verdicts) }
}

private func tell(_ words: String, _ offset: Int, _ block: String, _ verdicts: inout Verdicts) {
    verdicts.report(
        "checkImgCIF \(CheckImgCIF.version): \(words)", at: [.text(offset: offset, item: nil, row: nil)],
        values: [("tests", .text(words))], subjects: [Subject(.block, block, in: block)])
}
