// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let data017 = Rule(
        "DATA-017", .A, "file does not match the manifest", applies: .package,
        what: """
            In 'imprimatur verify': each file of the manifest is there, has the stated size, and has the stated digest in \
            every algorithm given. A file of another size is not read for its digest. What could not be read is no \
            finding: the manifest is then not verified.
            """,
        why: "The data are not those of which the manifest was made, and nobody can tell which are right.",
        fix: "Fetch the file again from where it is kept, or find out who changed it, and make a new manifest.",
        references: ["RFC 8493 section 3", "GNU coreutils, md5sum invocation"],
        checks: [.package(differences)])
}

private func differences(_ view: PackageView, _ verdicts: inout Verdicts) {
    // One by one as long as somebody reads them.
    let missing = view.changed.filter { $0.changes == [.missing] }
    if missing.count > Engine.findingLimit / 2 {
        verdicts.report(
            "\(missing.count) files of the manifest are not there (first '\(shown(missing[0].name))')",
            at: missing.map(\.place),
            values: [("n", .integer(missing.count)), ("files", .list(missing.map { .text($0.name) }))],
            count: missing.count)
    }
    for file in view.changed where file.changes != [.missing] || missing.count <= Engine.findingLimit / 2 {
        guard let (sentence, values) = told(file.changes) else { continue }
        verdicts.report(
            "'\(shown(file.name))' " + sentence, at: [file.place], values: [("file", .text(file.name))] + values)
    }
}

/// The first change in words, and the values of it.
private func told(_ changes: [PackageView.Change]) -> (sentence: String, values: [NamedDatum])? {
    switch changes.first {
    case .missing: ("is not there, and the manifest lists it", [("reason", .text("missing"))])
    case .size(let found, let stated):
        (
            "has \(found) bytes, the manifest states \(stated)",
            [("reason", .text("size")), ("found", .integer(found)), ("stated", .integer(stated))]
        )
    case .digest(let algorithm, let found, let stated):
        (
            "has \(algorithm) \(found), the manifest states \(stated)",
            [
                ("reason", .text("digest")), ("algorithm", .text(algorithm)), ("found", .text(found)),
                ("stated", .text(stated)),
            ]
        )
    case nil: nil
    }
}

private func shown(_ name: String) -> String { Wording.excerpt(name, limit: 120) }
