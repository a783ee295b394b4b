// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file017 = Rule(
        "FILE-017", .A, "index of the file is out of order", applies: .anyNeXus,
        what: """
            The order of symbol table nodes and of the keys of version 1 B-trees, the hashes of names in the indices of \
            links and attributes, and the keys of chunk indices; in the file and in every file that it leads to. Values \
            behind an index that is out of order are not read.
            """,
        why: """
            Libraries find members, attributes and chunks by search and by hash: what stands in the wrong place is not \
            there for them, or another frame is read in its stead, without an error.
            """,
        fix: "Write the file again from its source; h5repack copies the fault.",
        references: [
            "HDF5 File Format Specification 4.0: symbol table nodes, version 1 and version 2 B-trees, fractal heaps"
        ],
        needs: ["FILE-001"],
        checks: [.tree(disorder)])
}

private func disorder(_ view: TreeView, _ verdicts: inout Verdicts) {
    for (number, file) in (view.files?.files ?? []).enumerated() {
        for disorder in file.snapshot?.disorders ?? [] {
            let name = words(disorder)
            verdicts.report(
                "\(words(disorder.index)) of '\(Wording.excerpt(disorder.place))' is out of order: libraries do not find \(name)",
                at: [.object(path: disorder.place, attribute: nil, in: SourceID(position: number))],
                values: [("index", .text(words(disorder.index))), ("name", .text(disorder.name))],
                subjects: [Subject(.dataset, disorder.place)])
        }
    }
}

private func words(_ disorder: Disorder) -> String {
    let name = Wording.excerpt(disorder.name)
    return switch disorder.index {
    case .symbolTable, .denseLinks: "'\(name)'"
    case .denseAttributes: "the attribute '\(name)'"
    case .chunks: name
    }
}

private func words(_ index: Disorder.Index) -> String {
    switch index {
    case .symbolTable: "symbol table"
    case .denseLinks: "index of links"
    case .denseAttributes: "index of attributes"
    case .chunks: "index of chunks"
    }
}
