// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// Values that were to be looked at and that were not read, or not to their end.
struct UnseenValues {
    private struct Key: Hashable {
        let kind: NXFault.Kind
        let reason: String
        let obstacle: Value.Obstacle
    }

    private var cases: [Key: (count: Int, first: String)] = [:]

    /// Notes a value for each fault that is looked for in it; nothing where all of it was read.
    ///
    /// - Parameter most: The number of values that are looked at.
    mutating func note(
        _ value: Value, _ shape: [Int], type: DataType, of kinds: [NXFault.Kind], at path: @autoclosure () -> String,
        most: Int
    ) {
        // What was never written reads as the fill value: there is nothing that a definition could be asked about.
        if case .notRead(.unwritten) = value { return }
        guard !kinds.isEmpty, let reason = value.unseen(of: shape, type, most: most) else { return }
        let path = path()
        for kind in kinds {
            let key = Key(kind: kind, reason: reason, obstacle: value.obstacle(most: most))
            guard let known = cases[key] else {
                cases[key] = (1, path)
                continue
            }
            let first = path.utf8.lexicographicallyPrecedes(known.first.utf8) ? path : known.first
            cases[key] = (known.count + 1, first)
        }
    }

    /// Notes a value of which is known only why it was not read.
    mutating func note(_ kinds: [NXFault.Kind], _ reason: String, at path: String) {
        for kind in kinds {
            let key = Key(kind: kind, reason: reason, obstacle: .unread)
            cases[key] = ((cases[key]?.count ?? 0) + 1, cases[key]?.first ?? path)
        }
    }

    /// Sentences by kind of fault, in order.
    var notes: [Validation.NotChecked] {
        cases.map { key, one in
            let values = one.count == 1 ? "a value is" : "\(one.count) values are"
            return Validation.NotChecked(
                kind: key.kind, because: "\(values) \(key.reason) (first \(one.first))",
                obstacle: key.obstacle == .limit ? .limit : key.obstacle == .sample ? .sample : .unread)
        }.sorted { ($0.kind.rawValue, $0.because) < ($1.kind.rawValue, $1.because) }
    }
}
