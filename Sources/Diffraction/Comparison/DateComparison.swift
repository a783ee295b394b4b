// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Comparison {
    /// Compares two dates: as instants when both have a zone or neither has, else as texts.
    mutating func compare(
        _ fact: String, of subject: String = "", dates first: Sourced<String>?, _ second: Sourced<String>?
    ) {
        guard let (a, b) = both(fact, of: subject, first, second, text: { "'\($0)'" }) else { return }
        if let x = DateAndTime(a.value), let y = DateAndTime(b.value), (x.offset == nil) == (y.offset == nil) {
            guard (x.seconds - y.seconds).magnitude >= 0.0005 else { return }
        } else if a.value == b.value {
            return
        }
        differences.append(
            Difference(
                kind: .text, subject: subject, fact: fact, first: ComparedValue(text: "'\(a.value)'", origin: a.origin),
                second: ComparedValue(text: "'\(b.value)'", origin: b.origin), amount: nil, unit: nil))
    }
}
