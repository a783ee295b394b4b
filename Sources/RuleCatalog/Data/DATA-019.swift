// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let data019 = Rule(
        "DATA-019", .B, "package exceeds a limit of the repository", applies: .package,
        parameters: [
            Parameter("files", "Files of a record, if nothing is known", 100, unit: "count", limits: 1...1_000_000),
            Parameter(
                "total", "Size of a record, where nothing is known of it", 50, unit: "GB", limits: 0.001...1_000_000),
            Parameter(
                "name", "Length of a file name, where nothing is known of it", 255, unit: "bytes", limits: 64...4096),
        ],
        what: """
            In 'imprimatur package': number of files, bytes of each file and of all, and the names of files against what \
            the repository takes, as its file under rules/repositories states it, and where that is silent against the \
            parameters; names that differ only in case or in \
            the form of accents.
            """,
        why: "The repository refuses the deposit, often after hours of upload, or keeps one file in the place of two.",
        fix: """
            Ask the repository for a larger quota, name another one with --target, or deposit one scan in each record and \
            link the records with IsPartOf.
            """,
        references: ["RFC 8493 section 5.2"],
        checks: [.package(breaches)])
}

private func breaches(_ view: PackageView, _ verdicts: inout Verdicts) {
    guard let breaches = view.breaches else { return verdicts.notChecked(.absent("no repository is named")) }
    for breach in breaches {
        verdicts.report(
            "\(breach.quantity) is \(breach.value); \(breach.target) takes \(breach.limit)", at: [.file],
            values: [
                ("quantity", .text(breach.quantity)), ("value", .text(breach.value)),
                ("target", .text(breach.target)), ("limit", .text(breach.limit)),
            ])
    }
}
