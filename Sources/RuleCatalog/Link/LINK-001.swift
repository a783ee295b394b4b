// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let link001 = Rule(
        "LINK-001", .A, "value points to no row and several could be meant", applies: .imgCIF,
        what: """
            Each value of the items that the dictionary links to another one is looked up in the column it links to. \
            Axis identifiers belong to AXIS-001, sets of pixel axes to PIXEL-002, frames to LINK-004 and LINK-008. Here \
            the value is not there and several rows could be meant.
            """,
        why: "Nothing says which row belongs to which, so that sizes, detectors or scans are paired at random.",
        fix: "Write the identifier of the row that is meant, letter by letter.",
        references: [
            "DDLm _name.linked_item_id (cif_img.dic, multi_block_core.dic, cif_core.dic)", "COMCIFS/imgCIF_Creator",
        ],
        checks: [.text(ambiguousLinks)])
}

private func ambiguousLinks(_ view: TextView, _ verdicts: inout Verdicts) {
    guard view.dictionary != nil else { return verdicts.notChecked(.mode("no dictionary is in use")) }
    for block in view.blocks {
        for link in LinkTest.all(view, block) where link.verdict == .unread {
            verdicts.notChecked(Reason(.gated, "the loop of \(link.parentCategory.uppercased()) is not read whole"))
        }
        reportValuelessParents(view, block, &verdicts)
        let all = LinkTest.all(view, block).filter { link in
            link.verdict == .ambiguous && !link.parentValues.isEmpty && !isOfFrames(link, block)
        }
        // Items that lead to the same row which is not there have one cause.
        var told: Set<[String]> = []
        for link in all where told.insert([link.parent] + link.strays.map(\.value)).inserted {
            let same = all.filter { $0.parent == link.parent && $0.strays.map(\.value) == link.strays.map(\.value) }
            guard let first = link.strays.first else { continue }
            let alike = link.strays.count > 1 ? " (\(link.strays.count) values alike)" : ""
            let items =
                same.count > 1
                ? "; so \(same.count > 2 ? "do \(same.count - 1) more items" : "does \(same[1].child)")" : ""
            verdicts.report(
                "\(link.child) = '\(Wording.excerpt(first.value))' is not among the "
                    + "\(link.parentValues.count) values of \(link.parent)\(alike)\(items)",
                at: same.flatMap { $0.strays.prefix(Engine.placeLimit).compactMap(\.places.first) },
                values: [("child", .text(link.child)), ("value", .text(first.value)), ("parent", .text(link.parent))],
                count: same.reduce(0) { $0 + $1.strays.reduce(0) { $0 + $1.places.count } },
                subjects: same.map { Subject(.category, $0.childCategory, in: block.name) }
                    + link.strays.map { Subject(.scan, $0.value, in: block.name) })
        }
    }
}

/// The way from a frame to its image belongs to LINK-004, where there are frames.
private func isOfFrames(_ link: LinkTest, _ block: CIF.Block) -> Bool {
    link.child.lowercased() == "_array_data.external_data_id" && block.category("diffrn_scan_frame")?.rowCount ?? 0 > 0
}

/// Identifiers that are '?' or '.' while other items lead to them: one cause, however many items there are.
private func reportValuelessParents(_ view: TextView, _ block: CIF.Block, _ verdicts: inout Verdicts) {
    let links = LinkTest.all(view, block).filter {
        $0.verdict == .ambiguous && $0.parentValues.isEmpty && !isOfFrames($0, block)
    }
    var told: Set<String> = []
    for link in links where told.insert(link.parent).inserted {
        let alike = links.filter { $0.parent == link.parent }
        guard let first = link.strays.first else { continue }
        let more = alike.count > 1 ? " and \(alike.count - 1) more item\(alike.count > 2 ? "s" : "")" : ""
        let item = block.column(link.parent)
        verdicts.report(
            "\(link.parent) has no value, and \(link.child) = '\(Wording.excerpt(first.value))'\(more) "
                + "lead\(alike.count > 1 ? "" : "s") to it",
            at: (item.map { $0.count > 0 ? [$0.place(0)] : [] } ?? [])
                + alike.flatMap { $0.strays.prefix(1).flatMap { $0.places.prefix(1) } },
            values: [("child", .text(link.child)), ("value", .text(first.value)), ("parent", .text(link.parent))],
            count: alike.reduce(0) { $0 + $1.strays.reduce(0) { $0 + $1.places.count } },
            subjects: alike.map { Subject(.category, $0.childCategory, in: block.name) }
                + alike.flatMap { $0.strays.map { Subject(.scan, $0.value, in: block.name) } })
    }
}
