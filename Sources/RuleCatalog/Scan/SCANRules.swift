// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area SCAN, by number.
    static let scanRules: [Rule] = [
        .scan001, .scan002, .scan003, .scan004, .scan005, .scan006, .scan007, .scan008, .scan009, .scan010, .scan011,
        .scan012, .scan013, .scan014, .scan016, .scan017, .scan018, .scan019, .scan020,
    ]
}
