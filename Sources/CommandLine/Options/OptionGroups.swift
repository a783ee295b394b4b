// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Frames
import Transport

/// Which files a verb takes; shared by verbs that read any number of inputs.
struct InputOptions {
    static var rows: [OptionRow] { [.flag(.recursive), .flag(.from0)] }

    /// The files, with what of folders was passed over.
    let expanded: InputList.Files
    var files: [Input] { expanded.inputs }

    init(_ call: Invocation) throws(Failure) {
        let list = InputList(entersFolders: call.has(.recursive), isNullSeparated: call.has(.from0))
        expanded = try list.expanded(call.operands)
    }
}

/// How files are read; shared by verbs that make a model of them.
struct ReadingOptions {
    static var rows: [OptionRow] { [.option(.entry), .option(.follow)] }

    let settings: ReadingSettings

    init(_ call: Invocation) {
        var settings = ReadingSettings()
        settings.foreign = call.surroundings.foreign
        settings.opener = call.surroundings.opener
        settings.following = call[.follow] ?? .dataset
        settings.entry = call[.entry]
        self.settings = settings
    }
}

/// Which frames are decoded; shared by verbs that look at pixels.
struct FrameOptions {
    static var rows: [OptionRow] { [.option(.frames)] }

    let sampling: FrameSampling

    init(_ call: Invocation) { sampling = call[.frames] ?? .ends }
}

/// Where profiles and definitions are; shared by verbs that know rules.
struct RulesOptions {
    static var rows: [OptionRow] { [.option(.rules)] }

    let folder: RulesFolder

    init(_ call: Invocation) throws(Failure) { folder = try RulesFolder.find(option: call[.rules]) }
}
