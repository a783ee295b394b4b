// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
public import RuleEngine
import Transport

/// A profile as it is used in a run, with the digest of its text.
public struct ChosenProfile: Sendable {
    public let profile: Profile
    /// Of the file of the profile itself, not of those it extends; of nothing for the built-in default.
    public let sha256: String

    public init(profile: Profile, sha256: String) {
        self.profile = profile
        self.sha256 = sha256
    }

    /// Reads a profile.
    ///
    /// - Parameters:
    ///   - word: A name in the folder of rules, or the path of a file when it holds '/' or ends with ".json5".
    ///   - catalogue: The rules that may be named.
    ///   - text: Reads a file; nil when it cannot.
    public static func choose(
        _ word: String, in folder: RulesFolder, catalogue: [Rule], text: (String) -> [UInt8]? = FileBytes.read
    ) throws(ConfigurationFault) -> ChosenProfile {
        let isFile = word.contains("/") || word.hasSuffix(".json5")
        let path = isFile ? word : folder.profilePath(word)
        guard let bytes = text(path) else {
            let names = folder.profiles
            throw ConfigurationFault(
                source: "--profile",
                problem:
                    "there is no profile '\(word)'; those of '\(folder.path)' are \(names.joined(separator: ", "))",
                suggestion: Spelling.nearest(to: word, among: names))
        }
        let profile = try Profile.load(bytes, source: path, catalogue: catalogue) { name in
            text(folder.profilePath(name))
        }
        return ChosenProfile(profile: profile, sha256: FileDigests.of(bytes).sha256)
    }

    /// The other profiles of the folder, by name; one that cannot be read is left out, since nobody asked for it.
    public static func others(than profile: Profile, in folder: RulesFolder, catalogue: [Rule]) -> [Profile] {
        folder.profiles.filter { $0 != profile.name }.compactMap {
            try? choose($0, in: folder, catalogue: catalogue).profile
        }
    }
}
