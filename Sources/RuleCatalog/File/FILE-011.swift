// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let file011 = Rule(
        "FILE-011", .B, "reading the file ended the reader", applies: .both,
        what: """
            Whether the process that reads the file comes back. When it dies by a signal, hangs, or reaches a limit of \
            memory or time, and does so again on its own, nothing else of the file is checked.
            """,
        why: "Other programs built on the same library are likely to end in the same way.",
        fix: "Take the file for damaged: write it again, or recover it with the tools of its format.",
        references: ["HDFGroup/cve_hdf5"],
        checks: [.file(deadReaders)])
}

private func deadReaders(_ material: Material, _ verdicts: inout Verdicts) {
    guard let end = material.readerEnd else { return }
    verdicts.report(
        "reading this file ended the reader (\(end))", at: [.file], values: [("end", .text(end))], subjects: [.file])
}
