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
        let document = try document(bytes, source: source)
        guard let members = document.members else {
            throw ConfigurationFault(source: source, problem: "a profile is an object { name: …, rules: { … } }")
        }
        try check(members.map(\.name), against: memberNames, of: "a profile", source)
        guard let name = document["name"]?.string, !name.isEmpty else {
            throw ConfigurationFault(source: source, problem: "the profile has no name")
        }
        var profile = Profile(name: name)
        for parentName in try names(document["extends"], source) {
            guard !open.contains(parentName), parentName != name else {
                throw ConfigurationFault(source: source, problem: "profile '\(parentName)' extends itself")
            }
            guard let text = parent(parentName) else {
                throw ConfigurationFault(source: source, problem: "there is no profile '\(parentName)' to extend")
            }
            let base = try load(
                text, source: parentName, catalogue: catalogue, parent: parent, open: open + [name])
            profile.take(base)
        }
        if let value = document["failAt"] {
            guard let level = value.string.flatMap(Level.init(rawValue:)) else {
                throw ConfigurationFault(source: source, problem: "failAt is one of A, B, C, G")
            }
            profile.failAt = level
        }
        if let value = document["answeredFails"] {
            guard let flag = value.bool else {
                throw ConfigurationFault(source: source, problem: "answeredFails is true or false")
            }
            profile.answeredFails = flag
        }
        for standard in document["standards"]?.members ?? [] {
            try check([standard.name], against: standardNames, of: "standards", source)
            guard let release = standard.value.string else {
                throw ConfigurationFault(source: source, problem: "the release of '\(standard.name)' is a text")
            }
            profile.standards[standard.name] = release
        }
        if let rules = document["rules"] {
            guard let settings = rules.members else {
                throw ConfigurationFault(source: source, problem: "rules is an object { \"AXIS-009\": { … } }")
            }
            // The names of all rules are made only where one is not among them.
            let known = settings.map(\.name).filter { name in
                RuleID(name).map { id in catalogue.contains { $0.id == id } } ?? false
            }
            let names = known.count == settings.count ? known : catalogue.map(\.id.description)
            try check(settings.map(\.name), against: names, of: "the catalogue", source)
            for setting in settings { try profile.take(setting, catalogue: catalogue, source) }
        }
        return profile
    }

    /// A JSON5 text, with its fault in our words.
    static func document(_ bytes: [UInt8], source: String) throws(ConfigurationFault) -> JSONValue {
        do throws(JSONFault) {
            return try JSONReader.read(bytes, .json5)
        } catch {
            throw ConfigurationFault(source: "\(source):\(error.line):\(error.column)", problem: error.reason)
        }
    }

    /// Refuses names that are unknown or stand twice.
    private static func check(_ names: [String], against known: [String], of owner: String, _ source: String)
        throws(ConfigurationFault)
    {
        var seen = Set<String>()
        for name in names {
            guard known.contains(name) else {
                throw ConfigurationFault(
                    source: source, problem: "\(owner) has no '\(name)'",
                    suggestion: Spelling.nearest(to: name, among: known))
            }
            guard seen.insert(name).inserted else {
                throw ConfigurationFault(source: source, problem: "'\(name)' is given twice")
            }
        }
    }

    private static func names(_ value: JSONValue?, _ source: String) throws(ConfigurationFault) -> [String] {
        guard let value else { return [] }
        guard let elements = value.elements else {
            throw ConfigurationFault(source: source, problem: "extends is a list of names")
        }
        let names = elements.compactMap(\.string)
        guard names.count == elements.count else {
            throw ConfigurationFault(source: source, problem: "extends is a list of names")
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

    private mutating func take(_ member: JSONMember, catalogue: [Rule], _ source: String) throws(ConfigurationFault) {
        guard let id = RuleID(member.name), let rule = catalogue.first(where: { $0.id == id }),
            let fields = member.value.members
        else {
            throw ConfigurationFault(
                source: source, problem: "'\(member.name)' takes an object { level, parameters, off }")
        }
        try Profile.check(fields.map(\.name), against: Profile.settingNames, of: "the setting of \(rule.id)", source)
        var setting = rules[rule.id] ?? Setting()
        setting.off = nil
        if let value = member.value["level"] {
            guard let level = value.string.flatMap(Level.init(rawValue:)) else {
                throw ConfigurationFault(source: source, problem: "the level of \(rule.id) is one of A, B, C, G")
            }
            setting.level = level
        }
        if let value = member.value["off"] {
            guard let reason = value.string, !reason.isEmpty else {
                throw ConfigurationFault(source: source, problem: "\(rule.id) is switched off without a reason")
            }
            setting.off = reason
        }
        for parameter in member.value["parameters"]?.members ?? [] {
            setting.parameters[parameter.name] = try Profile.value(parameter, of: rule, source)
        }
        rules[rule.id] = setting
    }

    private static func value(_ member: JSONMember, of rule: Rule, _ source: String) throws(ConfigurationFault)
        -> ParameterValue
    {
        try check([member.name], against: rule.parameters.map(\.name), of: "\(rule.id)", source)
        guard let parameter = rule.parameter(member.name) else {
            throw ConfigurationFault(source: source, problem: "\(rule.id) has no '\(member.name)'")
        }
        switch parameter.defaultValue {
        case .words:
            guard let elements = member.value.elements else {
                throw ConfigurationFault(
                    source: source, problem: "'\(parameter.name)' of \(rule.id) is a list of texts")
            }
            return .words(elements.compactMap { $0.string ?? $0.integer.map(String.init) })
        case .number:
            guard let number = member.value.double else {
                throw ConfigurationFault(source: source, problem: "'\(parameter.name)' of \(rule.id) is a number")
            }
            if let limits = parameter.limits, !limits.contains(number) {
                let range = "\(Wording.number(limits.lowerBound)) to \(Wording.number(limits.upperBound))"
                let stated = "'\(parameter.name)' of \(rule.id) is \(Wording.number(number))"
                throw ConfigurationFault(source: source, problem: "\(stated); it takes \(range) \(parameter.unit)")
            }
            return .number(number)
        }
    }
}
