// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let data009 = Rule(
        "DATA-009", .G, "archive holds images that nothing describes", applies: .imgCIF,
        what: """
            Members of the archives that are opened, and files of the folders that stand for them, with the name of an \
            image: a row names each. Of datasets of HDF5 files: a row names each frame. HDF5 files beside others that rows \
            name may be reached through links and are passed over.
            """,
        why: "Whoever goes by the description does not know that there are more images.",
        fix: "Describe the images, or say in the description why they are left out.",
        references: ["imgCIF _array_data_external_data.archive_path", "dials/dials#627"],
        checks: [.archive(strangers)])
}

private func strangers(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for group in view.groups {
        guard let first = group.strangers.first else { continue }
        let count = group.strangers.count
        verdicts.report(
            "\(count) image file\(count == 1 ? "" : "s") in '\(Wording.excerpt(group.location, limit: 80))' "
                + "\(count == 1 ? "is" : "are") not described (first '\(Wording.excerpt(first, limit: 80))')",
            at: [group.place],
            values: [
                ("n", .integer(count)), ("archive", .text(group.location)), ("member", .text(first)),
                ("members", .list(group.strangers.prefix(10_000).map { .text($0) })),
            ], count: count, subjects: [Subject(.category, "strangers", in: group.scope)])
    }
    for one in view.outside where one.unnamed > 0 {
        verdicts.report(
            "\(one.unnamed) of \(one.images) frames of '\(Wording.excerpt(one.file, limit: 80))' are not described",
            at: one.places,
            values: [("n", .integer(one.unnamed)), ("file", .text(one.file)), ("images", .integer(one.images))],
            count: one.unnamed, subjects: [Subject(.category, "strangers", in: one.scope)])
    }
}
