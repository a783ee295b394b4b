// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area LINK, by number.
    static let linkRules: [Rule] = [
        .link001, .link002, .link003, .link004, .link005, .link006, .link007, .link008, .link009, .link010, .link011,
        .link012,
    ]
}
