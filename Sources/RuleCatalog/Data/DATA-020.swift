// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let data020 = Rule(
        "DATA-020", .B, "bag or crate contradicts its files", applies: .package,
        what: """
            In 'imprimatur package verify': of a bag the declaration, the encoding of its tag files, the paths of \
            manifests and of fetch.txt, manifests that do not list every file or list one twice, and Payload-Oxum against \
            the files that are there; of a package the table of members against the volumes, and the crate against the \
            files that it names.
            """,
        why: "Whoever unpacks or verifies the package by its documents loses files or refuses good ones.",
        fix: "Make the package again with 'imprimatur package build', which writes documents and files in one run.",
        references: ["RFC 8493 sections 2 and 3", "RO-Crate 1.2, Data Entities"],
        checks: [.package(contradictions)])
}

private func contradictions(_ view: PackageView, _ verdicts: inout Verdicts) {
    guard let contradictions = view.contradictions else {
        return verdicts.notChecked(.absent("the manifest stands alone, without bag or package"))
    }
    for one in contradictions {
        verdicts.report(
            "'\(Wording.excerpt(one.file, limit: 120))': \(one.words)", at: [one.place],
            values: [("file", .text(one.file))])
    }
}
