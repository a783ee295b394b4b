// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

extension Value {
    /// What keeps a value from being seen whole.
    enum Obstacle: Sendable, Hashable {
        /// A limit of ours.
        case limit
        /// The number of values that are looked at, as a profile states it.
        case sample
        case unread
    }

    /// The kind of what `unseen` tells.
    func obstacle(most: Int = Int.max) -> Obstacle {
        switch self {
        case .notRead(.large): .limit
        case .strings, .integers, .unsigned, .reals: count > most ? .sample : .limit
        case .null, .notRead: .unread
        }
    }

    /// Why not every number or text of a dataset or attribute is at hand; nil where all are, and where none is wanted.
    ///
    /// - Parameter most: How many are looked at.
    func unseen(of shape: [Int], _ type: DataType, most: Int = Int.max) -> String? {
        switch self {
        case .null, .notRead(.notWanted), .notRead(.type): return nil
        case .notRead(.large): return "larger than what is read"
        case .notRead(.filter(let id)): return "behind filter \(id)"
        case .notRead(.otherFile): return "in other files or datasets"
        case .notRead(.unreadable): return "unreadable"
        case .notRead(.unwritten): return "never written"
        case .strings, .integers, .unsigned, .reals:
            var stated = shape.reduce(1.0) { $0 * Double($1) }
            if case .array(_, let inner) = type { stated *= inner.reduce(1.0) { $0 * Double($1) } }
            if Double(count) < stated { return "read in part" }
            return count > most ? "more than \(most) numbers, the first of which are looked at" : nil
        }
    }
}
