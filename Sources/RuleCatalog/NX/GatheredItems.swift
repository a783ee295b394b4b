// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus

extension NXFault.Gathered {
    var count: Int { names.count }
    var plural: String { count == 1 ? "" : "s" }
}

/// Paths of items, an attribute being written behind what carries it: "/entry/data@signal".
enum ItemPaths {
    /// Paths in words, those of one group together: "/entry/data: a, b; /entry/sample: c and 2 more".
    static func byGroup(_ paths: [String], most: Int) -> (count: Int, words: String) {
        var groups: [(group: String, names: [String])] = []
        for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let (group, name) = split(path)
            if groups.last?.group == group {
                groups[groups.count - 1].names.append(name)
            } else {
                groups.append((group, [name]))
            }
        }
        let words = groups.prefix(5).map { one in
            let rest = one.names.count - most
            return "\(one.group): " + one.names.prefix(rest > 1 ? most : most + 1).joined(separator: ", ")
                + (rest > 1 ? " and \(rest) more" : "")
        }
        let rest = groups.count - words.count
        return (groups.count, words.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more groups" : ""))
    }

    /// What carries an attribute, and its name; the path for both where it is none.
    static func parts(of path: String) -> (owner: String, attribute: String) {
        let parts = path.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let last = path.split(separator: "@", maxSplits: 1).last
        return (parts.first.map(String.init) ?? path, last.map(String.init) ?? path)
    }

    /// The group and the name of an item.
    private static func split(_ path: String) -> (String, String) {
        let owner = parts(of: path).owner
        if owner != path, path.hasPrefix(owner + "@"), owner.hasSuffix("/") || owner == "/" { return (owner, path) }
        let group = parentPath(owner)
        let name = lastName(owner) + String(path.dropFirst(owner.count))
        return (group, name)
    }
}
