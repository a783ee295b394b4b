// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area GEOM, by number.
    static let geomRules: [Rule] = [
        .geom001, .geom002, .geom003, .geom004, .geom005, .geom006, .geom007, .geom008, .geom009, .geom010, .geom011,
        .geom012, .geom017, .geom018, .geom019,
    ]
}
