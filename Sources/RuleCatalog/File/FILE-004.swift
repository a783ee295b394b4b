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
            frames, the pixel mask, modules, axes of a chain, and items the definition requires. Names are looked up \
            in the folder of the file that holds the link, never in the working directory. One finding for each \
            missing file, and for a series whose names differ in a number. A file of external raw storage counts alike.
            """,
        why: "The frames, or what is needed to read them, are not there: the file alone is of no use.",
        fix: "Copy the file beside the one that links to it, under the name of the link.",
        references: ["dials/dials#605", "biochem-fan/eiger2cbf#4", "NXmx:/NXentry/NXdata/data"],
        needs: ["FILE-001", "FILE-013"],
        checks: [.tree(missingFiles)])
}

private func missingFiles(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    var missing: [Missing] = []
    func add(_ link: LinkSight, to name: String) {
        let pattern = name.filter { !$0.isNumber }
        guard let known = missing.firstIndex(where: { $0.pattern == pattern }) else {
            missing.append(Missing(pattern: pattern, names: [name], links: [link]))
            return
        }
        if !missing[known].names.contains(name) { missing[known].names.append(name) }
        missing[known].links.append(link)
    }
    for link in view.links(in: files) where link.isNeeded {
        if case .noFile(let name) = link.state { add(link, to: name) }
    }
    for stack in view.frames.stacks {
        if case .signal = stack.role { continue }
        for block in stack.blocks where block.mappings == 0 && isNeeded(stack, block, files) {
            for lost in block.lost where view.frames.losses[lost.loss].kind == .file {
                let name = view.frames.losses[lost.loss].name
                add(LinkSight(path: block.path, target: .soft(""), state: .noFile(name), isNeeded: true), to: name)
            }
        }
    }
    for one in missing {
        let links = one.links
        guard let name = one.names.first, let first = links.first else { continue }
        let alike = one.names.count > 1 ? nil : files.files.first { $0.name == name }?.alike
        verdicts.report(
            one.subject + ", named by "
                + (links.count == 1 ? "\(first.path), " : "\(links.count) links (first \(first.path)), ")
                + (one.names.count == 1 ? "is not beside the file" : "are not beside the file")
                + (alike.map { "; '\(Wording.excerpt($0, limit: 80))' is there" } ?? ""),
            at: links.map { .object(path: $0.path, attribute: nil) },
            values: [("target", .text(name)), ("n", .integer(links.count)), ("path", .text(first.path))],
            count: links.count,
            subjects: [Subject(.dataset, "links")] + links.map { Subject(.dataset, $0.path) }
                + one.names.map(Subject.missingFile),
            fix: alike.map { "Rename '\($0)' to '\(name)' if it is the file that is meant, or let the link name it." })
    }
}

/// Files of one series that are not there, and the links that name them.
private struct Missing {
    /// What their names share.
    let pattern: String
    var names: [String]
    var links: [LinkSight]

    /// "'x_data_000001.h5'", "'x_data_000001.h5' to 'x_data_000040.h5' (40 files)".
    var subject: String {
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard let first = sorted.first, let last = sorted.last else { return "" }
        let words = "'\(Wording.excerpt(first, limit: 80))'"
        guard names.count > 1 else { return words }
        let joint = names.count == 2 ? "and" : "to"
        return "\(words) \(joint) '\(Wording.excerpt(last, limit: 80))' (\(names.count) files)"
    }
}

extension Subject {
    /// A file that is not there, by its name: what else leads to it is a consequence.
    static func missingFile(_ name: String) -> Subject { Subject(.dataset, "file " + name) }
}
