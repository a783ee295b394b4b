// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area AXIS, by number.
    static let axisRules: [Rule] = [
        .axis001, .axis002, .axis003, .axis004, .axis005, .axis006, .axis007, .axis008, .axis009, .axis010, .axis013,
        .axis014, .axis015, .axis016, .axis017, .axis018, .axis020, .axis022, .axis023, .axis024,
    ]
}
