// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The nearest of several names, for "did you mean".
public enum Spelling {
    /// Number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
    public static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.utf8)
        let b = Array(b.utf8)
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                row.append(cost)
            }
            before = last
            last = row
        }
        return last[b.count]
    }

    /// The candidate with the smallest distance, the first among equals; nil when all are further than `limit`.
    ///
    /// - Parameter limit: Greatest distance; by default a third of the length, at least 2.
    public static func nearest(to word: String, among candidates: some Sequence<String>, within limit: Int? = nil)
        -> String?
    {
        let folded = word.lowercased()
        let limit = limit ?? max(2, word.utf8.count / 3)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where abs(candidate.utf8.count - word.utf8.count) <= limit {
            let distance = Spelling.distance(folded, candidate.lowercased())
            if distance <= limit, best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.candidate
    }
}
