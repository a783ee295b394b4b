// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let data006 = Rule(
        "DATA-006", .B, "declared format contradicts the bytes", applies: .imgCIF,
        what: """
            Of the archives and files that are opened: the kind of archive, the format and the compression that the rows \
            state, against the first bytes. What is read is what the bytes say. A page of HTML in the place of an archive is \
            DATA-012, in the place of an image IMAGE-001.
            """,
        why: "Programs that go by the description open the files as something that they are not.",
        fix: "Write the format, the kind of archive and the compression that the files have.",
        references: ["imgCIF _array_data_external_data.format, .archive_format, .file_compression"],
        checks: [.archive(otherBytes)])
}

private func otherBytes(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for one in view.contents {
        guard let first = one.files.first else { continue }
        let more = one.files.count == 1 ? "" : " (first of \(one.files.count) files)"
        verdicts.report(
            "'\(Wording.excerpt(first.name, limit: 80))'\(more) is declared \(Wording.excerpt(one.declared, limit: 40)); its "
                + "first bytes are those of \(one.found)",
            at: one.files.prefix(Engine.placeLimit).map(\.place),
            values: [
                ("file", .text(first.name)), ("declared", .text(one.declared)), ("found", .text(one.found)),
                ("n", .integer(one.files.count)),
            ], count: one.files.count, subjects: [Subject(.category, "formats of files", in: one.scope)])
    }
}
