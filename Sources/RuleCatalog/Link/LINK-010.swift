// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import NeXus
import RuleEngine

extension Rule {
    static let link010 = Rule(
        "LINK-010", .A, "link to a needed object leads nowhere", applies: .anyNeXus,
        what: """
            Soft links, and external links whose file is there, that lead to an object an experiment needs: signal, \
            blocks of frames, pixel mask, modules, axes of a chain, items that the definition \
            requires. A missing file is FILE-004.
            """,
        why: "What the link stands for cannot be read, though its name suggests that it is there.",
        fix: "Correct the path of the link, or write the object it names.",
        references: ["HDF5 soft and external links", "nxdl.xsd linkType"],
        needs: ["FILE-001", "FILE-004"],
        checks: [.tree(brokenLinks), .conformance])
}

private func brokenLinks(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    for link in view.links(in: files) where link.isNeeded {
        guard case .nowhere(let target) = link.state else { continue }
        verdicts.report(
            "\(ObjectInSentence.mark) leads to '\(Wording.excerpt(target, limit: 80))', which does not exist",
            at: [.object(path: link.path, attribute: nil)], values: [("target", .text(target))],
            subjects: [Subject(.dataset, link.path), Subject(.dataset, "links")])
    }
}

extension NXFault.BrokenLink {
    var told: Told { Told("\(Told.object) leads to \(quoted(target)), which does not exist") }
}
