// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One member of a configuration, and the option that it stands for.
struct SettingKey {
    /// What the value is, beside a text.
    enum Form {
        case text
        /// Relative to the folder of the configuration.
        case path
        /// A path where it looks like one, else a name.
        case nameOrPath
        /// A list of names or paths.
        case listOfNamesOrPaths
    }

    let name: String
    let form: Form
    let row: OptionRow

    init(_ name: String, _ form: Form, _ row: OptionRow) {
        self.name = name
        self.form = form
        self.row = row
    }

    /// Every member that a configuration may have, beside `extends`.
    static var all: [SettingKey] {
        [
            SettingKey("profile", .nameOrPath, .option(.profile)), SettingKey("failAt", .text, .option(.failAt)),
            SettingKey("answers", .path, .option(.answers)), SettingKey("baseline", .path, .option(.baseline)),
            SettingKey("definitions", .listOfNamesOrPaths, .option(.definitions)),
            SettingKey("dictionary", .path, .option(.dictionary)), SettingKey("frames", .text, .option(.frames)),
            SettingKey("follow", .text, .option(.follow)), SettingKey("rules", .path, .option(.rules)),
        ]
    }
}
