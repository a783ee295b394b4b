// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area FILE, by number.
    static let fileRules: [Rule] = [
        .file001, .file002, .file003, .file004, .file005, .file006, .file007, .file008, .file009, .file010, .file011,
    ]
}
