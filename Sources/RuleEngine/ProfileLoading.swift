// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import Transport

extension Profile {
    private static let memberNames = ["name", "extends", "standards", "failAt", "answeredFails", "rules"]
    private static let settingNames = ["level", "parameters", "off"]
    private static let standardNames = ["imgCIF", "nexus", "datacite"]

    /// Reads a profile and those it extends.
    ///
    /// - Parameters:
    ///   - bytes: JSON5 text.
    ///   - source: Name of the file, for faults.
    ///   - catalogue: The rules that may be named.
    ///   - parent: Gives the text of a profile by name; nil when there is none.
    public static func load(
        _ bytes: [UInt8], source: String, catalogue: [Rule], parent: (String) -> [UInt8]?
    ) throws(ConfigurationFault) -> Profile {
        try load(bytes, source: source, catalogue: catalogue, parent: parent, open: [])
    }

    private static func load(
        _ bytes: [UInt8], source: String, catalogue: [Rule], parent: (String) -> [UInt8]?, open: [String]
    ) throws(ConfigurationFault) -> Profile {
        let text = try SettingsText(bytes, source: source)
        let document = text.value
        guard let members = document.members else {
            throw text.fault(at: [], "a profile is an object { name: …, rules: { … } }")
        }
        try text.check(members, against: memberNames, of: "a profile")
        guard let name = document["name"]?.string, !name.isEmpty else {
            throw text.fault(at: [.member("name")], "the profile has no name")
        }
        var profile = Profile(name: name)
        for (index, parentName) in try names(document["extends"], text).enumerated() {
            let place: [JSONStep] = [.member("extends"), .element(index)]
            let isFile = isPath(parentName)
            let found = isFile ? path(parentName, from: source) : parentName
            guard !open.contains(found), found != name, found != source else {
                throw text.fault(at: place, "profile '\(parentName)' extends itself")
            }
            guard let bytes = parent(found) else {
                throw text.fault(at: place, "there is no profile '\(parentName)' to extend")
            }
            let base = try load(
                bytes, source: found, catalogue: catalogue, parent: parent, open: open + [name, source])
            profile.take(base)
        }
        if let value = document["failAt"] {
            guard let level = value.string.flatMap(Level.init(rawValue:)) else {
                throw text.fault(at: [.member("failAt")], "failAt is one of A, B, C, G")
            }
            profile.failAt = level
        }
        if let value = document["answeredFails"] {
            guard let flag = value.bool else {
                throw text.fault(at: [.member("answeredFails")], "answeredFails is true or false")
            }
            profile.answeredFails = flag
        }
        try profile.takeStandards(text)
        guard let rules = document["rules"] else { return profile }
        guard let settings = rules.members else {
            throw text.fault(at: [.member("rules")], "rules is an object { \"AXIS-009\": { … } }")
        }
        // The names of all rules are made only where one is not among them.
        let known = settings.map(\.name).filter { name in
            RuleID(name).map { id in catalogue.contains { $0.id == id } } ?? false
        }
        let names = known.count == settings.count ? known : catalogue.map(\.id.description)
        try text.check(settings, at: [.member("rules")], against: names, of: "the catalogue")
        for setting in settings { try profile.take(setting, catalogue: catalogue, text) }
        return profile
    }

    /// A name that leads to a file, not to a profile that ships.
    public static func isPath(_ name: String) -> Bool { name.contains("/") || name.hasSuffix(".json5") }

    /// A path from the folder of the file that names it.
    private static func path(_ name: String, from source: String) -> String {
        guard !name.hasPrefix("/"), let slash = source.lastIndex(of: "/") else { return name }
        return source[...slash] + name
    }

    private mutating func takeStandards(_ text: SettingsText) throws(ConfigurationFault) {
        guard let value = text.value["standards"] else { return }
        guard let members = value.members else {
            throw text.fault(at: [.member("standards")], "standards is an object { nexus: \"v2026.01\" }")
        }
        try text.check(members, at: [.member("standards")], against: Self.standardNames, of: "standards")
        for standard in members {
            guard let release = standard.value.string else {
                throw text.fault(
                    at: [.member("standards"), .member(standard.name)],
                    "the release of '\(standard.name)' is a text")
            }
            standards[standard.name] = release
        }
    }

    private static func names(_ value: JSONValue?, _ text: SettingsText) throws(ConfigurationFault) -> [String] {
        guard let value else { return [] }
        let elements = value.elements ?? []
        let names = elements.compactMap(\.string)
        guard value.elements != nil, names.count == elements.count else {
            throw text.fault(at: [.member("extends")], "extends is a list of names")
        }
        return names
    }

    /// Lays another profile over this one: what it says wins.
    private mutating func take(_ base: Profile) {
        extends += base.extends + [base.name]
        standards.merge(base.standards) { $1 }
        failAt = base.failAt
        answeredFails = base.answeredFails
        for (id, setting) in base.rules {
            var merged = rules[id] ?? Setting()
            merged.level = setting.level ?? merged.level
            merged.parameters.merge(setting.parameters) { $1 }
            merged.off = setting.off
            rules[id] = merged
        }
    }

    private mutating func take(
        _ member: JSONMember, catalogue: [Rule], _ text: SettingsText
    ) throws(ConfigurationFault) {
        let place: [JSONStep] = [.member("rules"), .member(member.name)]
        guard let id = RuleID(member.name), let rule = catalogue.first(where: { $0.id == id }),
            let fields = member.value.members
        else {
            throw text.fault(at: place, "'\(member.name)' takes an object { level, parameters, off }")
        }
        if let stray = fields.first(where: { rule.parameter($0.name) != nil }) {
            throw text.fault(
                at: place + [.member(stray.name)],
                "'\(stray.name)' is a parameter of \(id) and stands in { parameters: { \(stray.name): … } }")
        }
        try text.check(fields, at: place, against: Profile.settingNames, of: "the setting of \(rule.id)")
        var setting = rules[rule.id] ?? Setting()
        setting.off = nil
        if let value = member.value["level"] {
            guard let level = value.string.flatMap(Level.init(rawValue:)) else {
                throw text.fault(at: place + [.member("level")], "the level of \(rule.id) is one of A, B, C, G")
            }
            setting.level = level
        }
        if let value = member.value["off"] {
            guard let reason = value.string, !reason.isEmpty else {
                throw text.fault(at: place + [.member("off")], "\(rule.id) is switched off without a reason")
            }
            setting.off = reason
        }
        if let value = member.value["parameters"] {
            let place = place + [.member("parameters")]
            guard let parameters = value.members else {
                throw text.fault(at: place, "the parameters of \(id) are an object { name: value }")
            }
            let owner = rule.parameters.isEmpty ? "\(id), which takes no parameters," : "\(id)"
            try text.check(parameters, at: place, against: rule.parameters.map(\.name), of: owner)
            for parameter in parameters {
                setting.parameters[parameter.name] = try Profile.value(
                    parameter, of: rule, at: place + [.member(parameter.name)], text)
            }
        }
        rules[rule.id] = setting
    }

    private static func value(
        _ member: JSONMember, of rule: Rule, at place: [JSONStep], _ text: SettingsText
    ) throws(ConfigurationFault) -> ParameterValue {
        guard let parameter = rule.parameter(member.name) else {
            throw text.fault(at: place, "\(rule.id) has no '\(member.name)'")
        }
        switch parameter.defaultValue {
        case .words:
            let words = member.value.elements?.map { $0.string ?? $0.integer.map(String.init) }
            guard let words, !words.contains(nil) else {
                throw text.fault(at: place, "'\(parameter.name)' of \(rule.id) is a list of texts")
            }
            return .words(words.compactMap { $0 })
        case .number:
            guard let number = member.value.double else {
                throw text.fault(at: place, "'\(parameter.name)' of \(rule.id) is a number")
            }
            if let limits = parameter.limits, !limits.contains(number) {
                let range = "\(Wording.number(limits.lowerBound)) to \(Wording.number(limits.upperBound))"
                let stated = "'\(parameter.name)' of \(rule.id) is \(Wording.number(number))"
                throw text.fault(at: place, "\(stated); it takes \(range) \(parameter.unit)")
            }
            return .number(number)
        }
    }
}
