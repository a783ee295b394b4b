// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file004 = Rule(
        "FILE-004", .A, "linked file with needed data is missing", applies: .anyNeXus,
        what: """
            The files that external links name, for links to what an experiment needs: the signal of NXdata, blocks of \
            frames, the pixel mask and other arrays that are laid over the frames, modules, axes of a chain, fields that \
            a rule reads, and items the definition requires. Names are looked up \
            in the folder of the file that holds the link, never in the working directory. One finding for each \
            missing file. A file of external raw storage counts alike.
            """,
        why: "The frames, or what is needed to read them, are not there: the file alone is of no use.",
        fix: "Copy the file beside the one that links to it, under the name of the link.",
        references: ["dials/dials#605", "biochem-fan/eiger2cbf#4", "NXmx:/NXentry/NXdata/data"],
        needs: ["FILE-001"],
        checks: [.tree(missingFiles)])
}

private func missingFiles(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    var groups: [(file: String, links: [LinkSight])] = []
    for link in view.links(in: files) where link.isNeeded {
        guard case .noFile(let name) = link.state else { continue }
        if let known = groups.firstIndex(where: { $0.file == name }) {
            groups[known].links.append(link)
        } else {
            groups.append((name, [link]))
        }
    }
    for stack in view.frames.stacks {
        if case .signal = stack.role { continue }
        for block in stack.blocks where block.mappings == 0 && isNeeded(stack, block, files) {
            for lost in block.lost where view.frames.losses[lost.loss].kind == .file {
                let name = view.frames.losses[lost.loss].name
                let link = LinkSight(path: block.path, target: .soft(""), state: .noFile(name), isNeeded: true)
                if let known = groups.firstIndex(where: { $0.file == name }) {
                    groups[known].links.append(link)
                } else {
                    groups.append((name, [link]))
                }
            }
        }
    }
    for (name, links) in groups {
        guard let first = links.first else { continue }
        verdicts.report(
            "'\(Wording.excerpt(name, limit: 80))', named by \(links.count) link\(links.count == 1 ? "" : "s") (first "
                + "\(first.path)), is not beside the file",
            at: links.map { .object(path: $0.path, attribute: nil) },
            values: [("target", .text(name)), ("n", .integer(links.count)), ("path", .text(first.path))],
            count: links.count, subjects: [Subject(.dataset, "links")] + links.map { Subject(.dataset, $0.path) })
    }
}
