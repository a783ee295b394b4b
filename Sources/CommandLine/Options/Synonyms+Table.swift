// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// Words that people bring along from other programs, with ours.
enum Synonyms {
    private static let verbs = [
        "validate": "check", "lint": "check", "test": "check", "scan": "check", "analyze": "check", "analyse": "check",
        "info": "inspect", "show": "inspect", "dump": "inspect", "ls": "inspect", "print": "inspect", "view": "inspect",
        "summary": "inspect", "header": "inspect", "diff": "compare", "cmp": "compare", "hash": "checksum",
        "sha256sum": "checksum", "md5sum": "checksum", "digest": "checksum", "sum": "checksum",
        "list": "rules list", "explain": "rules explain", "rule": "rules explain", "version": "--version",
        "settings": "config show", "configuration": "config show", "completion": "completions", "manual": "man",
        "selftest": "doctor", "diagnose": "doctor", "env": "doctor",
    ]

    private static let options = [
        "verbose": "all", "full": "all", "silent": "quiet", "no-color": "color", "no-colour": "color",
        "colour": "color", "out": "output", "outfile": "output", "report": "output", "json": "format",
        "output-format": "format", "type": "format", "level": "fail-at", "severity": "fail-at", "fail-on": "fail-at",
        "strict": "fail-at", "recurse": "recursive", "definition": "as", "nxdl": "definitions",
        "dict": "dictionary", "known": "baseline", "suppress": "baseline", "save-baseline": "write-baseline",
        "ruleset": "profile", "no-exit-code": "exit-zero",
    ]

    static func verb(_ word: String) -> String? { verbs[word.lowercased()] }

    static func option(_ word: String) -> String? { options[word.lowercased()] }

    /// A word in the place of a verb that names what can be checked.
    static func isFile(_ word: String) -> Bool {
        guard !word.hasPrefix("-") else { return false }
        switch Folder.working.kind(behind: Name(word)) {
        case .file?, .folder?: return true
        default: return [".cif", ".cbf", ".nxs", ".h5", ".hdf5", ".img"].contains { word.lowercased().hasSuffix($0) }
        }
    }
}
