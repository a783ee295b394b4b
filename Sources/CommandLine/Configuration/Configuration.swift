// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import JSON
import RuleEngine
import Transport

/// What `imprimatur.json5` says: options that nobody has to type, each with the place that it comes from.
///
/// - Source: docs/guide/configuration.md; docs/schema/configuration-1.json; docs/decisions/0312-configuration.md.
struct Configuration {
    /// One setting, as the words of its option.
    struct Setting {
        let key: SettingKey
        let words: [String]
        /// "imprimatur.json5:3:5".
        let origin: String
    }

    static let fileName = "imprimatur.json5"
    private static let schemaVersion = 1

    /// In the order of the keys.
    private(set) var settings: [Setting] = []
    /// The files that were read: the nearest first, then those that it extends.
    private(set) var files: [String] = []

    init() {}

    /// Reads a file and those it extends; what the nearer one says wins.
    ///
    /// - Parameter text: Reads a file; nil when it cannot.
    init(reading path: String, text: (String) -> [UInt8]?) throws(ConfigurationFault) {
        guard let bytes = text(path) else {
            throw ConfigurationFault(source: path, problem: "the configuration cannot be read")
        }
        var found: [String: Setting] = [:]
        try take(bytes, path, text, open: [], &found)
        settings = SettingKey.all.compactMap { found[$0.name] }
    }

    private mutating func take(
        _ bytes: [UInt8], _ path: String, _ text: (String) -> [UInt8]?, open: [String], _ found: inout [String: Setting]
    ) throws(ConfigurationFault) {
        let document = try SettingsText(bytes, source: path)
        guard let members = document.value.members else {
            throw document.fault(at: [], "a configuration is an object { profile: …, failAt: … }")
        }
        files.append(path)
        try document.checkVersion(Self.schemaVersion)
        let keys = SettingKey.all
        try document.check(
            members, against: keys.map(\.name) + ["extends", "schemaVersion", "$schema"], of: "a configuration")
        for key in keys {
            guard let value = document.value[key.name] else { continue }
            let place: [JSONStep] = [.member(key.name)]
            let words = try Self.words(value, of: key, at: place, document)
            if found[key.name] == nil {
                found[key.name] = Setting(key: key, words: words, origin: document.fault(at: place, "").source)
            }
        }
        guard let value = document.value["extends"] else { return }
        guard let name = value.string, !name.isEmpty else {
            throw document.fault(at: [.member("extends")], "extends is the path of another configuration")
        }
        let base = Self.path(name, from: path)
        guard !open.contains(base), base != path else {
            throw document.fault(at: [.member("extends")], "the configuration extends itself")
        }
        guard let bytes = text(base) else {
            throw document.fault(at: [.member("extends")], "there is no configuration '\(name)' that can be read")
        }
        try take(bytes, base, text, open: open + [path], &found)
    }

    private static func words(
        _ value: JSONValue, of key: SettingKey, at place: [JSONStep], _ document: SettingsText
    ) throws(ConfigurationFault) -> [String] {
        var words: [String] = []
        switch key.form {
        case .listOfNamesOrPaths:
            let elements = value.elements ?? [value]
            for element in elements {
                guard let text = element.string, !text.isEmpty else {
                    throw document.fault(at: place, "'\(key.name)' is a list of texts")
                }
                words.append(Profile.isPath(text) ? path(text, from: document.source) : text)
            }
        default:
            guard let text = value.string, !text.isEmpty else {
                throw document.fault(at: place, "'\(key.name)' is a text")
            }
            let isPath =
                if case .path = key.form { true } else if case .nameOrPath = key.form { Profile.isPath(text) } else {
                    false
                }
            words = [isPath ? path(text, from: document.source) : text]
        }
        for word in words {
            guard let fault = key.row.check(word) else { continue }
            throw document.fault(
                at: place, "'\(word)' is no value of '\(key.name)', which takes \(fault.wanted)",
                suggestion: fault.nearest)
        }
        return words
    }

    /// A path from the folder of the file that names it.
    private static func path(_ name: String, from source: String) -> String {
        guard !Name(name).isAbsolute else { return name }
        return Name(source).folder.appending(Name(name)).text
    }
}

/// Where a configuration is looked for.
enum ConfigurationSearch {
    enum Outcome {
        case none
        case found(String)
        /// It is there and not used; a sentence says why.
        case refused(String)
    }

    /// The nearest file above the inputs or the working directory, then that of the user.
    ///
    /// A folder that is given to be searched for data is data itself: what lies in it decides nothing, unless the program
    /// runs in it.
    /// - Parameter operand: The first input; nil: the working directory alone.
    static func nearest(to operand: String?) -> Outcome {
        let working = Folder.trueName(Name("."))
        for start in [operand.flatMap { begin(at: $0, working) }, working].compactMap({ $0 }) {
            var folder = start
            while true {
                let path = folder.appending(Name(Configuration.fileName))
                if Folder.working.kind(behind: path) == .file { return judged(path, working) }
                guard folder.bytes != [0x2F], let slash = folder.bytes.lastIndex(of: 0x2F) else { break }
                folder = Name(bytes: slash == 0 ? [0x2F] : Array(folder.bytes[..<slash]))
            }
        }
        let home =
            Environment.value("XDG_CONFIG_HOME").flatMap { $0.isEmpty ? nil : $0 }
            ?? Environment.value("HOME").map { $0 + "/.config" }
        guard let home else { return .none }
        let own = Name(home + "/imprimatur/" + Configuration.fileName)
        return Folder.working.kind(behind: own) == .file ? judged(own, working) : .none
    }

    private static func begin(at operand: String, _ working: Name?) -> Name? {
        guard operand != "-", !operand.hasPrefix("@") else { return nil }
        let isFolder = Folder.working.kind(behind: Name(operand)) == .folder
        guard let place = Folder.trueName(isFolder ? Name(operand) : Name(operand).folder) else { return nil }
        guard isFolder, let working else { return place }
        // The working directory lies in it, or is it: it is the place of the person, not of a stranger.
        if place == working || working.bytes.starts(with: place.bytes + [0x2F]) { return place }
        return place.bytes.lastIndex(of: 0x2F).map { Name(bytes: $0 == 0 ? [0x2F] : Array(place.bytes[..<$0])) }
    }

    private static func judged(_ path: Name, _ working: Name?) -> Outcome {
        var shown = path
        if let working, path.bytes.starts(with: working.bytes + [0x2F]) {
            shown = Name(bytes: Array(path.bytes.dropFirst(working.bytes.count + 1)))
        }
        guard Folder.isOwn(path) else {
            return .refused("'\(shown.text)' belongs to somebody else and is not used; name it with --config to use it")
        }
        return .found(shown.text)
    }
}

extension Invocation {
    /// The call with what its configuration says of options that were not given, and the files that say it.
    func configured() throws(ConfigurationFault) -> (call: Invocation, configuration: Configuration, complaint: String?)
    {
        var configuration = Configuration()
        var complaint: String?
        if let path = self[.config] {
            configuration = try Configuration(reading: path, text: surroundings.text)
        } else if !has(.noConfig), values["isolate"] == nil {
            switch ConfigurationSearch.nearest(to: operands.first) {
            case .none: break
            case .found(let path): configuration = try Configuration(reading: path, text: surroundings.text)
            case .refused(let why): complaint = why
            }
        }
        var values = values
        for setting in configuration.settings where values[setting.key.row.name] == nil {
            values[setting.key.row.name] = setting.words
        }
        let call = Invocation(
            verb: verb, entries: entries, values: values, operands: operands, surroundings: surroundings)
        return (call, configuration, complaint)
    }
}
