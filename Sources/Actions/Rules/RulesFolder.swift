// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Transport

/// The folder with profiles, definitions and dictionaries.
///
/// - Source: docs/contributing.md.
public struct RulesFolder: Sendable, Hashable {
    public let path: String

    /// The folder named by the option, else by IMPRIMATUR_RULES, else <prefix>/share/imprimatur/rules beside the
    /// executable, else that of the checkout which holds the executable.
    public static func find(option: String?) throws(Failure) -> RulesFolder {
        if let option { return try named(option, by: "--rules") }
        if let variable = getenv("IMPRIMATUR_RULES").map({ String(cString: $0) }), !variable.isEmpty {
            return try named(variable, by: "IMPRIMATUR_RULES")
        }
        guard let executable = Executable.path() else {
            throw Failure(usage: "the place of this program is not known", remedy: "name the folder with --rules")
        }
        var folder = parent(executable)
        let installed = parent(folder) + "/share/imprimatur/rules"
        if isRulesFolder(installed) { return RulesFolder(path: installed) }
        while !folder.isEmpty {
            if isRulesFolder(folder + "/rules") { return RulesFolder(path: folder + "/rules") }
            folder = parent(folder)
        }
        throw Failure(
            usage: "no folder with rules stands beside '\(executable)'",
            remedy: "name it with --rules or IMPRIMATUR_RULES, or run 'make install'")
    }

    private static func named(_ path: String, by source: String) throws(Failure) -> RulesFolder {
        guard isRulesFolder(path) else {
            throw Failure(
                usage: "'\(path)', given by \(source), holds no folder 'profiles'",
                remedy: "name the folder 'rules' of a checkout, or share/imprimatur/rules of an installation")
        }
        return RulesFolder(path: path)
    }

    private static func isRulesFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path + "/profiles", &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    private static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// The names of the profiles, sorted.
    public var profiles: [String] {
        FolderWalk.names(under: path + "/profiles").compactMap { file in
            guard file.hasSuffix(".json5"), let name = file.split(separator: "/").last else { return nil }
            return String(name.dropLast(".json5".count))
        }
    }

    func profilePath(_ name: String) -> String { path + "/profiles/" + name + ".json5" }
}
