// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings

/// What a conversion assumed, applied, left out or met: a finding of a rule, before it is told.
struct ConversionNote: Hashable {
    let rule: RuleID
    let message: String
    /// A value that was assumed or is unknown: refused under --strict.
    let isAssumption: Bool

    init(_ rule: RuleID, _ message: String, isAssumption: Bool = false) {
        self.rule = rule
        self.message = message
        self.isAssumption = isAssumption
    }
}
