// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area BEAM, by number.
    static let beamRules: [Rule] = [
        .beam001, .beam002, .beam003, .beam004, .beam006, .beam007, .beam009,
    ]
}
