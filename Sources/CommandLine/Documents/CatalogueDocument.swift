// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import JSON
import RuleEngine

/// The catalogue of rules for programs: everything that is known of each rule, under every profile.
///
/// - Source: docs/schema/catalogue-1.json.
struct CatalogueDocument {
    static let schemaVersion = 1

    let rules: [Rule]
    /// The profile whose levels and parameters are shown.
    let profile: Profile
    /// Those that ship, by name.
    let profiles: [Profile]
    let history: RuleHistory

    var bytes: [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("schemaVersion", Self.schemaVersion)
            json.object("tool") { json in
                json.member("name", "imprimatur")
                json.member("version", Program.version)
            }
            json.member("profile", profile.name)
            json.array("rules") { json in
                for rule in rules.sorted(by: { $0.id < $1.id }) { json.object { write(rule, into: &$0) } }
            }
        }
        return json.finish()
    }

    private func write(_ rule: Rule, into json: inout JSONWriter) {
        let setting = profile.rules[rule.id]
        let row = history.row(rule.id)
        json.member("id", rule.id.description)
        json.member("area", rule.id.area)
        json.member("title", rule.title)
        json.member("status", rule.status.rawValue)
        json.member("applies", rule.applies.rawValue)
        json.array("views") { json in for check in rule.checks { json.string(check.view) } }
        json.member("level", (setting?.level ?? rule.level).rawValue)
        json.member("off", setting?.off)
        json.object("levels") { json in
            for other in profiles {
                let setting = other.rules[rule.id]
                json.member(
                    other.name, setting?.off == nil ? (setting?.level ?? rule.level).rawValue : "off")
            }
        }
        json.array("parameters") { json in
            for parameter in rule.parameters {
                json.object { json in
                    json.member("name", parameter.name)
                    json.member("meaning", parameter.meaning)
                    json.member("unit", parameter.unit)
                    json.name("default")
                    Self.write(parameter.defaultValue, into: &json)
                    json.name("value")
                    Self.write(setting?.parameters[parameter.name] ?? parameter.defaultValue, into: &json)
                    json.name("limits")
                    guard let limits = parameter.limits else { return json.null() }
                    json.array { json in
                        json.number(limits.lowerBound)
                        json.number(limits.upperBound)
                    }
                }
            }
        }
        json.array("needs") { json in for need in rule.needs { json.string(need.description) } }
        json.member("what", rule.what)
        json.member("why", rule.why)
        json.member("fix", rule.fix)
        json.member("fixInNeXus", rule.fixInNeXus)
        json.array("references") { json in for reference in rule.references { json.string(reference) } }
        json.member("message", row.flatMap { $0.example.isEmpty ? nil : $0.example })
        json.member("since", history.since(rule.id))
        json.member("changed", history.changed(rule.id))
        json.object("cases") { json in
            json.member("fail", row?.fails)
            json.member("pass", row?.passes)
        }
        json.member("page", "docs/rules/\(rule.id).md")
    }

    private static func write(_ value: ParameterValue, into json: inout JSONWriter) {
        switch value {
        case .number(let number): json.number(number)
        case .words(let words): json.array { json in for word in words { json.string(word) } }
        }
    }
}
