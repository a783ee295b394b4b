// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How names that are not in an archive would be found in it.
///
/// - Source: rules.tsv DATA-008: other case, './' in front, a first folder too many or too few.
struct MemberHint {
    /// "under 'run1/'", "without 'raw/'", "in other case"; nil where nothing fits most of them.
    let words: String?

    init(_ missing: [String], among there: [String]) {
        let known = Set(there)
        guard let first = missing.first, !known.isEmpty else {
            words = nil
            return
        }
        func fits(_ change: (String) -> String?) -> Bool {
            let found = missing.reduce(0) { $0 + (change($1).map(known.contains) == true ? 1 : 0) }
            return found * 2 >= missing.count && found > 0
        }
        if fits({ "./" + $0 }) {
            words = "under './'"
            return
        }
        if fits({ $0.hasPrefix("./") ? String($0.dropFirst(2)) : nil }) {
            words = "without './'"
            return
        }
        // Folders in front, by the first name that ends alike: of thousands the first few tell.
        if let (name, one) = missing.prefix(4).lazy.compactMap({ one in
            there.first { $0.hasSuffix("/" + one) }.map { ($0, one) }
        }).first {
            let folder = String(name.dropLast(one.count))
            if fits({ folder + $0 }) {
                words = "under '\(folder)'"
                return
            }
        }
        if let slash = first.firstIndex(of: "/") {
            let folder = String(first[...slash])
            if fits({ $0.hasPrefix(folder) ? String($0.dropFirst(folder.count)) : nil }) {
                words = "without '\(folder)'"
                return
            }
            // Another folder of another name.
            let tail = String(first[first.index(after: slash)...])
            if let name = there.first(where: { $0.hasSuffix("/" + tail) }) {
                let other = String(name.dropLast(tail.count))
                if fits({ $0.hasPrefix(folder) ? other + $0.dropFirst(folder.count) : nil }) {
                    words = "under '\(other)' in the place of '\(folder)'"
                    return
                }
            }
        }
        let lower = Set(there.map { $0.lowercased() })
        let alike = missing.reduce(0) { $0 + (lower.contains($1.lowercased()) ? 1 : 0) }
        if alike * 2 >= missing.count, alike > 0 {
            words = "in other case"
            return
        }
        if fits({ $0.contains("/") ? $0.replacing("/", with: "\\") : nil }) {
            words = "with backslashes"
            return
        }
        words = nil
    }
}
