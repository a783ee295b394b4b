// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings

/// Why a rule was not checked, each reason once, in the order in which they were met.
///
/// Mostly there is none or one: a set is made only when there are many, for the first use of a set costs more than many
/// rules.
struct Reasons {
    private(set) var list: [Reason] = []
    private var met: Set<Reason> = []

    mutating func add(_ reason: Reason) {
        if list.count < Reasons.few {
            if !list.contains(reason) { list.append(reason) }
            return
        }
        if met.isEmpty { met = Set(list) }
        if met.insert(reason).inserted { list.append(reason) }
    }

    private static let few = 16
}
