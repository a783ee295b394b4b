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

    /// The first of each word, up to as many as a report keeps findings of a rule; the rest is counted.
    var told: [Reason] {
        guard list.count > Engine.findingLimit else { return list }
        var counts: [(word: Reason.Word, count: Int)] = []
        var told: [Reason] = []
        for reason in list {
            let index = counts.firstIndex { $0.word == reason.word } ?? counts.count
            if index == counts.count { counts.append((reason.word, 0)) }
            counts[index].count += 1
            if counts[index].count <= Engine.findingLimit { told.append(reason) }
        }
        for (word, count) in counts where count > Engine.findingLimit {
            told.append(Reason(word, "\(count - Engine.findingLimit) more of this kind"))
        }
        return told
    }
}
