// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx019 = Rule(
        "NX-019", .B, "rank or size differs from the definition", applies: .anyNeXus,
        what: """
            Rank and sizes of fields against what the application definition states, and against fixed sizes of the \
            base class. A scalar stands for an array of one; optional trailing dimensions may be missing.
            """,
        why: "Readers take the axes of the array in the order of the definition and mix them up, or stop.",
        fix: "Store the array with the rank and sizes the message names.",
        references: ["nxdl.xsd dimensionsType"],
        checks: [.conformance])
}

extension NXFault.OtherShape {
    var told: Told {
        switch self {
        case .shape(let shape, let asked):
            let found =
                shape.isEmpty ? "() of a single value" : "(" + shape.map(String.init).joined(separator: ", ") + ")"
            return Told("\(Told.object) has shape \(found); \(asked.definition) asks \(asked.words)")
        case .sum(let length, let symbols, let expected):
            return Told("\(Told.object) has length \(length); \(symbols.joined(separator: " + ")) is \(expected)")
        case .several(let count): return Told("\(Told.object) holds \(count) values; readers of NXmx take one")
        case .axis(let count): return Told("\(Told.object) has shape (\(count)); an axis asks (3)")
        }
    }
}

extension NXFault.OtherShape.Asked {
    /// For people: "(2)", "3 dimensions", "(nP, i, j) and one dimension more if any".
    fileprivate var words: String {
        guard !sizes.isEmpty else {
            return rank.map { $0 == "0" ? "a single value" : "\($0) dimension\($0 == "1" ? "" : "s")" } ?? "another"
        }
        let needed = sizes.filter { !$0.isOptional }.map { $0.size.isEmpty ? "any" : $0.size }
        let more = sizes.count - needed.count
        let words = "(" + needed.joined(separator: ", ") + ")"
        return more == 0 ? words : words + " and \(more == 1 ? "one dimension" : "\(more) dimensions") more if any"
    }
}
