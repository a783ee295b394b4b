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

/// What stands on this machine for locations that descriptions name; shared by verbs that open external frames.
struct LocationOptions {
    static var rows: [OptionRow] { [.option(.sub), .option(.local)] }

    let substitutes: Substitutes

    init(_ call: Invocation) throws(Failure) {
        var substitutes = Substitutes()
        // Where another process opens files, it has looked at the words.
        let isHere = call.surroundings.opener == nil
        for words in call[all: .sub] {
            let isThere: (Name) -> Bool = { isHere && Folder.working.kind(behind: $0) != nil }
            guard let one = Substitutes.Substitute(words, isThere: isThere) else {
                throw Failure(usage: "'--sub \(words)' is not URL=PATH", remedy: "write the location, '=' and a path")
            }
            if isHere, !isThere(one.path) {
                throw Failure(
                    usage: "nothing is there under '\(one.path.shown)', which --sub names",
                    remedy: "check the spelling of the path")
            }
            substitutes.substitutes.append(one)
        }
        for path in call[all: .local] {
            if isHere, Folder.working.kind(behind: Name(path)) != .folder {
                throw Failure(usage: "'\(path)', which --local names, is no folder", remedy: "name a folder")
            }
            substitutes.folders.append(Name(path))
        }
        self.substitutes = substitutes
    }
}

/// Where profiles and definitions are; shared by verbs that know rules.
struct RulesOptions {
    static var rows: [OptionRow] { [.option(.rules)] }

    let folder: RulesFolder

    init(_ call: Invocation) throws(Failure) { folder = try RulesFolder.find(option: call[.rules]) }
}
