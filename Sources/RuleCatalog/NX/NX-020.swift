// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx020 = Rule(
        "NX-020", .B, "fields that share a dimension differ in length", applies: .anyNeXus,
        what: """
            Lengths of fields that share a symbol in the definition, also across groups; a group that is one of \
            several of its kind is a scope of its own. All holders of the symbol are listed, those that differ from \
            the usual value are the places.
            """,
        why: "Values that belong together do not match, so that frames, channels or pixels get the values of others.",
        fix: "Write the fields with one length, or say what the odd one belongs to.",
        references: ["nxdl.xsd symbolsType", "NXmx symbols nP, i, j"],
        needs: ["FILE-013"],
        checks: [.conformance])
}

extension NXFault.SymbolConflict {
    var told: Told {
        let values = holders.map { "\($0.path) \($0.value)" }
        let sizes = Set(holders.map(\.value)).sorted().map(String.init).joined(separator: " and ")
        return Told(
            "symbol '\(symbol)' is \(sizes): \(values.joined(separator: ", "))",
            values: [("symbol", .text(symbol)), ("holders", .list(values.map { .text($0) }))])
    }
}
