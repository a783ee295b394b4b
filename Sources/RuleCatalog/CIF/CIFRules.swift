// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area CIF, by number.
    static let cifRules: [Rule] = [
        .cif001, .cif002, .cif003, .cif004, .cif005, .cif006, .cif007, .cif008, .cif009, .cif010, .cif011, .cif012,
    ]
}
