// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Names with `*` and `?`, relative to a folder, as the author file lists its data.
public enum DataPatterns {
    /// The files that patterns name, each once, in the order of the patterns and by name.
    ///
    /// - Parameters:
    ///   - patterns: `*` stands for any characters but a slash, `?` for one.
    ///   - folder: What they are relative to; empty for the working directory.
    /// - Returns: Paths from the folder on, and patterns that match nothing.
    public static func files(_ patterns: [String], in folder: String) throws(Failure) -> (
        files: [String], unmatched: [String]
    ) {
        var files: [String] = []
        var unmatched: [String] = []
        var seen = Set<String>()
        for pattern in patterns {
            let parts = pattern.split(separator: "/").map(String.init)
            let start = pattern.hasPrefix("/") ? "/" : folder
            let found = parts.isEmpty ? [] : try matches(parts[...], in: start)
            if found.isEmpty { unmatched.append(pattern) }
            files += found.filter { seen.insert($0).inserted }
        }
        return (files, unmatched)
    }

    private static func matches(_ parts: ArraySlice<String>, in folder: String) throws(Failure) -> [String] {
        guard let first = parts.first else { return [] }
        let rest = parts.dropFirst()
        guard first.contains(where: { $0 == "*" || $0 == "?" }) else {
            let path = joined(folder, first)
            if !rest.isEmpty { return try matches(rest, in: path) }
            return Folder.working.kind(behind: Name(path)) == .file ? [path] : []
        }
        let place = folder.isEmpty ? Folder.working : try Folder(Name(folder))
        let entries = try place.entries().map(\.name.text).filter { fits(Array($0.utf8), Array(first.utf8)) }.sorted()
        var found: [String] = []
        for entry in entries {
            let path = joined(folder, entry)
            let kind = Folder.working.kind(behind: Name(path))
            if rest.isEmpty, kind == .file { found.append(path) }
            if !rest.isEmpty, kind == .folder { found += try matches(rest, in: path) }
        }
        return found
    }

    private static func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// Whether a name fits a pattern; no hidden file fits one that does not begin with a full stop.
    static func fits(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
        var (n, p) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == name[n] || pattern[p] == UInt8(ascii: "?") {
                n += 1
                p += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                p = last.pattern + 1
                n = last.name + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
