// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx031 = Rule(
        "NX-031", .C, "text is empty or not UTF-8", applies: .anyNeXus,
        what: """
            Text of fields and attributes: at least one character that is not blank where text is defined, and bytes \
            that are UTF-8. Others are read as Latin-1 and used. A null dataspace counts as no value.
            """,
        why: "Empty text says nothing, and text in another encoding is refused or shown wrongly.",
        fix: "Write the text in UTF-8, or leave the item out if there is none.",
        references: ["NeXus manual, data types for strings"],
        checks: [.conformance])
}

extension NXFault.EmptyValue {
    var told: Told {
        switch self {
        case .nullField: Told("\(Told.object) has no value: a null dataspace")
        case .emptyField: Told("\(Told.object) has no value: an array of 0")
        case .nullAttribute: Told("\(Told.object) has no value: a null dataspace")
        case .notUTF8(let byte): Told("\(Told.object) is not UTF-8 at byte \(byte); read as Latin-1")
        case .empty: Told("\(Told.object) is empty")
        case .blank: Told("\(Told.object) is blank")
        }
    }
}
