// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine
import Transport

extension Rule {
    static let data018 = Rule(
        "DATA-018", .C, "file is not in the manifest", applies: .package,
        what: """
            In 'imprimatur verify': every file below the folder stands in the manifest. Lists of digests themselves, hidden \
            files and folders behind links are no part of it. Files that systems leave behind (Thumbs.db, desktop.ini) are \
            named as such.
            """,
        why: "A file that no manifest lists may be lost, changed or added without anybody's notice.",
        fix: "Make the manifest again with the files that belong to the data, and remove the others.",
        references: ["RFC 8493 section 3"],
        checks: [.package(strangers)])
}

private func strangers(_ view: PackageView, _ verdicts: inout Verdicts) {
    if let unseen = view.unseen { verdicts.notChecked(unseen) }
    let left = view.strangers.filter { leftBySystems.contains(Name($0).last.text.lowercased()) }
    let strangers = view.strangers.filter { !left.contains($0) }
    for (names, kind) in [(strangers, ""), (left, " of the operating system")] where !names.isEmpty {
        let all = names.prefix(10).map { "'\(Wording.excerpt($0, limit: 60))'" }.joined(separator: ", ")
        verdicts.report(
            names.count == 1
                ? "file\(kind) \(all) is not in the manifest"
                : names.count <= 10
                    ? "\(names.count) files\(kind) are not in the manifest: \(all)"
                    : "\(names.count) files\(kind) are not in the manifest (first '\(Wording.excerpt(names[0], limit: 60))')",
            at: [.file],
            values: [("n", .integer(names.count)), ("files", .list(names.map { .text($0) }))], count: names.count)
    }
}

private let leftBySystems: Set<String> = ["thumbs.db", "desktop.ini", "ehthumbs.db"]
