// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import JSON
import RuleCatalog
import RuleEngine
import Transport

/// `imprimatur rules list` and `imprimatur rules explain`.
enum RulesVerb {
    static func list(_ call: Invocation) -> ExitCode {
        do {
            let profile = try CheckArguments.profile(call[.shownProfile], in: RulesOptions(call).folder, call).profile
            if call[.listForm] == .json {
                StandardStream.report(json(profile))
            } else {
                StandardStream.report(text(profile))
            }
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func text(_ profile: Profile) -> String {
        catalogue.sorted { $0.id < $1.id }.map { rule in
            let applies = rule.applies.rawValue.padded(to: 10)
            return
                "\(rule.id.description.padded(to: 10))\(level(of: rule, profile).padded(to: 5))\(applies)\(rule.title)\n"
        }.joined()
    }

    private static func json(_ profile: Profile) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.array { json in
            for rule in catalogue.sorted(by: { $0.id < $1.id }) {
                json.object { json in
                    json.member("id", rule.id.description)
                    json.member("level", (profile.rules[rule.id]?.level ?? rule.level).rawValue)
                    json.member("off", profile.rules[rule.id]?.off)
                    json.member("applies", rule.applies.rawValue)
                    json.member("status", rule.status.rawValue)
                    json.member("title", rule.title)
                }
            }
        }
        return json.finish()
    }

    private static func level(of rule: Rule, _ profile: Profile) -> String {
        guard let setting = profile.rules[rule.id] else { return rule.level.rawValue }
        return setting.off == nil ? (setting.level ?? rule.level).rawValue : "off"
    }

    static func explain(_ call: Invocation) -> ExitCode {
        var pages: [String] = []
        for word in call.operands {
            guard let rule = catalogue.first(where: { $0.id.description == word.uppercased() }) else {
                let nearest = Spelling.nearest(to: word, among: catalogue.map(\.id.description))
                let suggestion = nearest.map { "; did you mean '\($0)'?" } ?? ""
                return StandardStream.refuse("there is no rule '\(word)'\(suggestion)", "see 'imprimatur rules list'")
            }
            pages.append(RulePage.text(of: rule))
        }
        StandardStream.report(pages.joined(separator: "\n"))
        return .fine
    }
}

extension String {
    /// With blanks at the end, at least one.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
