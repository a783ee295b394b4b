// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area COUNT, by number.
    static let countRules: [Rule] = [
        .count001, .count003, .count004, .count006, .count007, .count008, .count009, .count010, .count011,
    ]
}
