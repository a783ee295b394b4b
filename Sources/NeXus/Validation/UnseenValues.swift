// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// Values that a rule had to look at and that were not read, or not to their end.
struct UnseenValues {
    private struct Key: Hashable {
        let rule: String
        let reason: String
        let obstacle: Value.Obstacle
    }

    private var cases: [Key: (count: Int, first: String)] = [:]

    /// Notes a value for each rule that looks at it; nothing where all of it was read.
    ///
    /// - Parameter most: The number of values that are looked at.
    mutating func note(
        _ value: Value, _ shape: [Int], type: DataType, rules: [String], at path: @autoclosure () -> String, most: Int
    ) {
        guard !rules.isEmpty, let reason = value.unseen(of: shape, type, most: most) else { return }
        let path = path()
        for rule in rules {
            let key = Key(rule: rule, reason: reason, obstacle: value.obstacle(most: most))
            guard let known = cases[key] else {
                cases[key] = (1, path)
                continue
            }
            let first = path.utf8.lexicographicallyPrecedes(known.first.utf8) ? path : known.first
            cases[key] = (known.count + 1, first)
        }
    }

    /// Sentences by rule, in order.
    var notes: [Validation.NotChecked] {
        cases.map { key, one in
            let values = one.count == 1 ? "a value is" : "\(one.count) values are"
            return Validation.NotChecked(
                rule: key.rule, because: "\(values) \(key.reason) (first \(one.first))",
                obstacle: key.obstacle == .limit ? .limit : key.obstacle == .sample ? .sample : .unread)
        }.sorted { ($0.rule, $0.because) < ($1.rule, $1.because) }
    }
}
