// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let link011 = Rule(
        "LINK-011", .C, "link leads nowhere or in a circle", applies: .anyNeXus,
        what: """
            Links that lead nowhere to objects that nothing needs, missing files included, and hard or soft links that \
            lead back to a group that holds them. One finding for a file.
            """,
        why: "Programs that walk the whole file stop at such a link, or never come to an end.",
        fix: "Remove the links, or write what they name.",
        references: ["HDF5 links", "dials/dials#605"],
        needs: ["FILE-001", "FILE-004", "LINK-010"],
        checks: [.tree(idleLinks)])
}

private func idleLinks(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    var nowhere: [String] = []
    for link in view.links(in: files) where !verdicts.isTold(Subject(.dataset, link.path)) {
        switch link.state {
        case .nowhere, .noFile: if !link.isNeeded { nowhere.append(link.path) }
        case .circle: nowhere.append(link.path)
        case .met, .notFollowed: break
        }
    }
    report("nowhere", nowhere, &verdicts)
    report("in a circle", LinkSight.circles(files.main), &verdicts)
}

private func report(_ way: String, _ paths: [String], _ verdicts: inout Verdicts) {
    guard !paths.isEmpty else { return }
    verdicts.report(
        "\(paths.count) link\(paths.count == 1 ? " leads" : "s lead") \(way): "
            + Wording.list(paths.map { Wording.excerpt($0, limit: 80) }),
        at: paths.prefix(Engine.placeLimit).map { .object(path: $0, attribute: nil) },
        values: [("n", .integer(paths.count)), ("paths", .list(paths.prefix(20).map { .text($0) }))],
        count: paths.count,
        subjects: [Subject(.dataset, "idle links")])
}
