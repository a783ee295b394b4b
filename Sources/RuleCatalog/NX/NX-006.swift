// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx006 = Rule(
        "NX-006", .B, "required field is absent", applies: .anyNeXus,
        what: """
            Fields and links that the definition requires, in every instance of their parent; a null dataspace \
            counts as absent. Facts that a subject rule owns are silent here: wavelength, image data, parts of axes.
            """,
        why: "Readers of the definition count on the value and stop or guess without it.",
        fix: "Write the field with its value and units under the name the message gives.",
        references: ["nxdl.xsd fieldType minOccurs", "NXmx:/NXentry/NXinstrument/NXdetector/sensor_material"],
        needs: ["NX-033"],
        checks: [.conformance])
}

extension NXFault.AbsentField {
    var told: Told {
        switch self {
        case .missing(let field):
            let hint = field.nearest.map { "; nearest: \(quoted($0))" } ?? ""
            return Told(
                "\(quoted(field.holder)) has no field '\(field.name)', which \(field.definition) requires\(hint)",
                fix: "Write \(field.path), \(field.content).")
        case .withoutElements(_, let definition):
            return Told("\(Told.object) has no value, which \(definition) requires: an array of 0")
        case .withoutValue(_, let definition):
            return Told("\(Told.object) has no value, which \(definition) requires: a null dataspace")
        }
    }
}

extension NXFault.AbsentField.Missing {
    /// What the field holds, for somebody who is to write it: "a text", "a number with units of length".
    fileprivate var content: String {
        let listed = values.isEmpty ? "" : ", one of \(values.prefix(6).joined(separator: ", "))"
        let kind: String
        switch type {
        case "NX_CHAR": kind = "a text"
        case "NX_DATE_TIME", "ISO8601": kind = "a date and time with zone, such as 2026-01-31T12:00:00Z"
        case "NX_BOOLEAN": kind = "a boolean"
        case "NX_INT", "NX_UINT", "NX_POSINT": kind = "a whole number"
        default: kind = "a number"
        }
        return kind + (unit.map { ", with the attribute units such as \($0)" } ?? "") + listed
    }
}
