// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area NX, by number.
    static let nxRules: [Rule] = [
        .nx001, .nx002, .nx003, .nx004, .nx005, .nx006, .nx007, .nx008, .nx009, .nx010, .nx011, .nx012, .nx013,
        .nx014, .nx015, .nx016, .nx017, .nx018, .nx019, .nx020, .nx021, .nx022, .nx023, .nx024, .nx025, .nx026,
        .nx027, .nx028, .nx029, .nx030, .nx031,
    ]
}
