// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What is told of what an entry lacks by release, but for its place; entries of one structure lack the same.
struct ReleaseTelling: Sendable {
    struct Row: Sendable {
        let release: String
        let required: Int
        let absent: [String]
    }

    /// All that a telling depends on.
    struct Key: Hashable {
        let structure: Int
        let application: String
        let releases: [String]
        let used: String?
    }

    let name: String
    let release: String
    let rows: [Row]
}
