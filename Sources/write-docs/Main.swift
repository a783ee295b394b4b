// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CommandLine
import Glibc
import RuleCatalog

/// Writes what is written from the program: the list of rules, their pages, the index of decisions, the manual page, the
/// picture of the house, and the runs shown in README and guide.
///
/// With --check nothing is written; stale files are named and the program ends with 1; --check-runs looks at shown runs alone.
@main
struct Main {
    static func main() {
        let words = Swift.CommandLine.arguments.dropFirst()
        guard words.isEmpty || words.elementsEqual(["--check"]) || words.elementsEqual(["--check-runs"]) else {
            print("usage: swift run write-docs [--check | --check-runs]")
            exit(2)
        }
        guard let checkout = Checkout.around(getcwd(nil, 0).map { String(cString: $0) } ?? ".") else {
            print("write-docs: no Package.swift in this folder or above it")
            exit(2)
        }
        if words.first == "--check-runs" { checkRuns(in: checkout) }
        let history = RuleRelease.history(in: checkout)
        var documents = WrittenDocuments.all(rules: catalogue, history: history)
        documents.append((path: RuleRelease.path, text: RuleRelease.text(of: history)))
        documents.append((path: CatalogueList.path, text: CatalogueList.text(in: checkout)))
        documents.append((path: DecisionIndex.path, text: DecisionIndex.text(in: checkout)))
        documents.append((path: HouseDrawing.path, text: HouseDrawing.text(in: checkout)))
        documents += shownRuns(in: checkout)
        let stale = documents.filter { checkout.read($0.path) != $0.text }
        let wanted = Set(documents.map(\.path))
        let orphans = checkout.names(in: "docs/rules", endingWith: ".md").filter { !wanted.contains($0) }
        if words.isEmpty {
            for document in stale where !checkout.write(document.text, to: document.path) {
                print("write-docs: cannot write \(document.path)")
                exit(3)
            }
            for path in orphans { checkout.remove(path) }
            print("write-docs: \(stale.count) of \(documents.count) files written, \(orphans.count) removed")
            if stale.contains(where: { $0.path == CatalogueList.path }) {
                print("the list of rules has changed: build, and run this again for their pages")
            }
        } else if !stale.isEmpty || !orphans.isEmpty {
            for path in stale.map(\.path) + orphans { print("stale: \(path)") }
            print("run 'swift run write-docs'")
            exit(1)
        }
    }

    /// README and guide with every run that they show run again.
    private static func shownRuns(in checkout: Checkout) -> [(path: String, text: String)] {
        (["README.md"] + checkout.names(in: "docs/guide", endingWith: ".md")).compactMap { path in
            checkout.read(path).map { (path: path, text: ShownRuns.refreshed($0, in: checkout)) }
        }
    }

    private static func checkRuns(in checkout: Checkout) -> Never {
        let stale = shownRuns(in: checkout).filter { checkout.read($0.path) != $0.text }
        for document in stale { print("stale: \(document.path)") }
        exit(stale.isEmpty ? 0 : 1)
    }
}
