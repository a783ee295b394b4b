// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let cif012 = Rule(
        "CIF-012", .G, "data blocks found", applies: .imgCIF,
        what: """
            Always, for a file of more than one block: which blocks hold items of imgCIF, and which are passed over.
            """,
        why: "Programs that read one block take the first, whatever it holds.",
        fix: "Nothing to mend; put the description of the images first if programs miss it.",
        references: ["COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md"],
        checks: [.text(blocksFound)])
}

private func blocksFound(_ view: TextView, _ verdicts: inout Verdicts) {
    let count = view.document.blocks.count
    guard count > 1 else { return }
    let names = view.blocks.isEmpty ? "none" : Wording.list(view.blocks.map { Wording.excerpt($0.name, limit: 30) })
    verdicts.report(
        "\(count) data blocks, \(view.blocks.count) with imgCIF items: \(names)", at: [.file],
        values: [
            ("n", .integer(count)), ("m", .integer(view.blocks.count)),
            ("passedOver", .list(view.passedOver.map { .text($0) })),
        ], subjects: [Subject(.category, "blocks")])
}
