// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict001 = Rule(
        "DICT-001", .C, "data name is in no dictionary", applies: .imgCIF,
        parameters: [
            Parameter(
                "maxDistance", "Characters to insert, delete or exchange up to which a known name is offered", 2,
                unit: "edits", limits: 0...5, checker: .nearestName)
        ],
        what: """
            Every data name is a name or an alias of cif_img or of the dictionaries that it imports, in any case. \
            The nearest known name within the distance of the parameter is offered.
            """,
        why: "Programs pass over a name they do not know, and with it what the file says there.",
        fix: "Write the name as the dictionary has it; a name of your own begins with a registered prefix.",
        references: ["cif_img.dic", "silx-kit/fabio#471"],
        checks: [.conformance])
}

extension DictionaryFault.UnknownName {
    var told: Told {
        switch self {
        case .one(let name, let nearest):
            Told(
                "\(name) is in no dictionary\(nearest.map { "; nearest: \($0)" } ?? "")",
                values: [("name", .text(name))] + (nearest.map { [("suggestion", .text($0))] } ?? []))
        case .others(let first, let count):
            Told("\(first) and \(count - 1) further names are in no dictionary", values: [("name", .text(first))])
        }
    }
}
