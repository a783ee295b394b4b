// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSON

/// As much of JSON Schema 2020-12 as docs/schema uses; an unknown keyword is a fault, so that nothing is passed over.
struct SchemaValidator {
    let root: JSONValue

    /// The faults of a value, each with its path; empty when it is as the schema says.
    func faults(of value: JSONValue) -> [String] { faults(of: value, by: root, at: "$") }

    private func faults(of value: JSONValue, by schema: JSONValue, at path: String) -> [String] {
        var faults: [String] = []
        for keyword in schema.members ?? [] {
            switch keyword.name {
            case "$schema", "$id", "$defs", "title", "description": break
            case "$ref":
                let name = keyword.value.string?.split(separator: "/").last.map(String.init) ?? ""
                guard let target = root["$defs"]?[name] else { return ["\(path): no definition '\(name)'"] }
                faults += self.faults(of: value, by: target, at: path)
            case "const": if value != keyword.value { faults.append("\(path): is \(value)") }
            case "enum": if keyword.value.elements?.contains(value) != true { faults.append("\(path): is \(value)") }
            case "anyOf":
                let ways = keyword.value.elements ?? []
                if !ways.contains(where: { self.faults(of: value, by: $0, at: path).isEmpty }) {
                    faults.append("\(path): fits none of \(ways.count) ways")
                }
            case "type":
                let types = keyword.value.elements?.compactMap(\.string) ?? [keyword.value.string ?? ""]
                if !types.contains(where: { isOf($0, value) }) { faults.append("\(path): is no \(types)") }
            case "pattern":
                let pattern = keyword.value.string ?? ""
                if value.string?.range(of: pattern, options: .regularExpression) == nil {
                    faults.append("\(path): does not match \(pattern)")
                }
            case "required":
                for name in keyword.value.elements?.compactMap(\.string) ?? [] where value[name] == nil {
                    faults.append("\(path): lacks \(name)")
                }
            case "properties":
                for property in keyword.value.members ?? [] {
                    if let member = value[property.name] {
                        faults += self.faults(of: member, by: property.value, at: path + "." + property.name)
                    }
                }
            case "additionalProperties":
                let known = Set(schema["properties"]?.members?.map(\.name) ?? [])
                for member in value.members ?? [] where !known.contains(member.name) {
                    faults.append("\(path): has '\(member.name)', which the schema does not name")
                }
            case "items":
                for (index, element) in (value.elements ?? []).enumerated() {
                    faults += self.faults(of: element, by: keyword.value, at: "\(path)[\(index)]")
                }
            default: faults.append("\(path): the validator does not know '\(keyword.name)'")
            }
        }
        return faults
    }

    private func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("integer", .integer), ("number", .integer),
            ("number", .number), ("boolean", .bool), ("null", .null):
            return true
        default: return false
        }
    }
}
