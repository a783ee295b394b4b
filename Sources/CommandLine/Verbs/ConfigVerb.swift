// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Transport

/// `imprimatur config show`: the settings that a check of an input would run with.
enum ConfigVerb {
    static func show(_ call: Invocation) -> ExitCode {
        do throws(ConfigurationFault) {
            let (_, configuration, complaint) = try call.configured()
            if let complaint { StandardStream.complain(complaint) }
            let isOriginWanted = call.has(.originOfSettings)
            var lines: [(name: String, value: String, origin: String)] = []
            for key in SettingKey.all {
                let setting = configuration.settings.first { $0.key.name == key.name }
                let value = setting?.words.joined(separator: ", ") ?? unset(key)
                lines.append((key.name, value, setting?.origin ?? "default of the program"))
            }
            let names = (lines.map(\.name.count).max() ?? 0) + 2
            let values = (lines.map(\.value.count).max() ?? 0) + 2
            var text = configuration.files.isEmpty ? "no configuration is used\n" : ""
            for file in configuration.files { text += "configuration  \(Escaping.line(file))\n" }
            for line in lines {
                let value = Escaping.line(line.value)
                text +=
                    line.name.padded(to: names)
                    + (isOriginWanted ? value.padded(to: values) + Escaping.line(line.origin) : value) + "\n"
            }
            StandardStream.report(text)
            return .fine
        } catch {
            return StandardStream.refuse(error.description, "see docs/guide/configuration.md")
        }
    }

    /// What holds where nothing is said.
    private static func unset(_ key: SettingKey) -> String {
        switch key.name {
        case "profile": "default"
        case "failAt": "that of the profile"
        case "frames": "ends"
        case "follow": "dataset"
        case "rules": "those of the program"
        case "definitions", "dictionary": "those that ship"
        default: "none"
        }
    }
}
