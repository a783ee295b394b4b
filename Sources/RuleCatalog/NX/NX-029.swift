// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx029 = Rule(
        "NX-029", .C, "default plot is not reached", applies: .anyNeXus,
        what: """
            The attribute default of the root, of entries and of other groups: the name of a group inside it, on the \
            way to an NXdata.
            """,
        why: "Programs that open the default plot open nothing.",
        fix: "Name a group that is there in the attribute default, or leave it out.",
        references: ["NXroot@default", "NXentry@default"],
        checks: [.conformance])
}

extension NXFault.OddDefault {
    var told: Told { Told("default of \(Told.owner) is \(quoted(name)), which leads to \(words)") }

    private var words: String {
        switch end {
        case .nothing: "nothing"
        case .field: "a field"
        case .unplottable: "nothing that can be plotted"
        case .circle: "a circle"
        case .group(let className): "a group of class \(className.map(quoted) ?? "none") without a default"
        }
    }
}
