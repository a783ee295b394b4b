// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Frames
import Remote
import RuleEngine
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

    /// - Parameter unsaid: What is taken without the option.
    init(_ call: Invocation, unsaid: FrameSampling = .ends) { sampling = call[.frames] ?? unsaid }
}

/// Whether and how servers are asked; shared by verbs that open external frames.
struct OnlineOptions {
    static var rows: [OptionRow] { [.flag(.online), .option(.maxDownload), .flag(.allowPrivate)] }

    /// Nil where the run does not use the network.
    let network: (any Network)?

    /// - Parameter checkers: What rules say of time-outs, retries and redirects.
    init(_ call: Invocation, _ checkers: () -> CheckerParameters) throws(Failure) {
        guard call.has(.online) else {
            if call.has(.maxDownload) || call.has(.allowPrivate) {
                throw Failure(
                    usage:
                        "\(call.has(.maxDownload) ? "--max-download" : "--allow-private") is of use with --online alone",
                    remedy: "add --online, or leave it out")
            }
            network = nil
            return
        }
        if let opener = call.surroundings.opener as? RemoteOpener {
            network = AskedNetwork(opener)
            return
        }
        let checkers = checkers()
        var limits = RemoteLimits()
        limits.agent = "imprimatur/\(Program.version)"
        limits.seconds = checkers.seconds ?? limits.seconds
        limits.retries = checkers.retries ?? limits.retries
        limits.redirects = checkers.redirects ?? limits.redirects
        limits.bytes = call[.maxDownload] ?? limits.bytes
        limits.allowsPrivate = call.has(.allowPrivate)
        network = Web(limits, resolver: Self.resolver)
    }
}

extension OnlineOptions {
    /// Who is asked for DOIs: doi.org, another resolver by the environment, or nobody where that is empty.
    static var resolver: String? {
        let named = Environment.value("IMPRIMATUR_DOI_RESOLVER")
        return named?.isEmpty == true ? nil : named ?? Web.usualResolver
    }
}

/// What stands on this machine for locations that descriptions name; shared by verbs that open external frames.
struct LocationOptions {
    static var rows: [OptionRow] { [.option(.sub), .option(.local)] }

    let substitutes: Substitutes

    init(_ call: Invocation) throws(Failure) {
        var substitutes = Substitutes()
        substitutes.uses = call.surroundings.substituteUses
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
