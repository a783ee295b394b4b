// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area DATA, by number.
    static let dataRules: [Rule] = [
        .data001, .data002, .data003, .data007, .data014,
    ]
}
