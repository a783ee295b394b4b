// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RuleCatalog
public import RuleEngine
public import Transport

/// What a profile says of the folders of a facility; rules that it does not name do not run.
///
/// - Source: docs/decisions/0345-rules-of-a-facility.md.
public struct FacilityRules: Sendable {
    /// DATA-025.
    let tellsUndescribed: Bool
    /// DATA-026.
    let layouts: [FolderLayout]
    /// DATA-027: names of folders whose files stay as they are; nil where it does not run.
    let rawFolders: Set<String>?
    /// Numbers of those who may own such files; empty: anybody.
    let owners: Set<Int>
    /// META-027: years from the collection on; nil where it does not run.
    let embargoYears: Int?

    /// Nil where the profile names none of them.
    ///
    /// - Throws: For settings that make no sense.
    public init?(_ profile: Profile) throws(Failure) {
        let asked: [RuleID] = ["DATA-025", "DATA-026", "DATA-027", "META-027"].filter { id in
            profile.rules[id].map { $0.off == nil } ?? false
        }
        guard !asked.isEmpty else { return nil }
        tellsUndescribed = asked.contains("DATA-025")
        var layouts: [FolderLayout] = []
        if asked.contains("DATA-026") {
            let words = Self.words("DATA-026", "layout", profile)
            guard !words.isEmpty else {
                throw Self.fault(profile, "DATA-026 has no layout", "write { parameters: { layout: [\"…\"] } }")
            }
            for word in words {
                guard let layout = FolderLayout(word) else {
                    throw Self.fault(
                        profile, "'\(word)' is no layout of folders",
                        "write such as /data/<instrument>/<year>/<proposal>")
                }
                layouts.append(layout)
            }
        }
        self.layouts = layouts
        rawFolders = asked.contains("DATA-027") ? Set(Self.words("DATA-027", "folders", profile)) : nil
        var owners = Set<Int>()
        if rawFolders != nil {
            for word in Self.words("DATA-027", "owners", profile) {
                guard let number = Int(word) ?? Self.user(word) else {
                    throw Self.fault(
                        profile, "there is no account '\(word)' here", "name one of this machine, or its number")
                }
                owners.insert(number)
            }
        }
        self.owners = owners
        embargoYears = asked.contains("META-027") ? Int(Self.number("META-027", "years", profile)) : nil
    }

    /// Files have to say where and when they were measured.
    public var asksForOrigins: Bool { tellsUndescribed || !layouts.isEmpty || embargoYears != nil }

    private static func value(_ rule: RuleID, _ name: String, _ profile: Profile) -> ParameterValue? {
        profile.rules[rule]?.parameters[name]
            ?? catalogue.first { $0.id == rule }?.parameter(name)?.defaultValue
    }

    private static func words(_ rule: RuleID, _ name: String, _ profile: Profile) -> [String] {
        if case .words(let words)? = value(rule, name, profile) { words } else { [] }
    }

    private static func number(_ rule: RuleID, _ name: String, _ profile: Profile) -> Double {
        if case .number(let number)? = value(rule, name, profile) { number } else { 0 }
    }

    private static func fault(_ profile: Profile, _ words: String, _ remedy: String) -> Failure {
        Failure(usage: "profile '\(profile.name)': \(words)", remedy: remedy)
    }

    /// - SeeAlso: getpwnam_r(3).
    private static func user(_ name: String) -> Int? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &entry, &room, room.count, &found) == 0, found != nil else { return nil }
        return Int(entry.pw_uid)
    }
}
