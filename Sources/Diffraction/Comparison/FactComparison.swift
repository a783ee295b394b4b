// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Comparison {
    /// How near two numbers count as one.
    enum Closeness {
        /// Within half a unit of the last digit of the coarser text, and within a part of the greater number.
        case printed
        /// Limits of counts: one more or less is another limit.
        case exact

        func holds(_ a: Double, _ b: Double, within rounding: Double) -> Bool {
            if a == b || self == .exact { return a == b }
            let digit = max(DecimalText.lastDigit(of: a), DecimalText.lastDigit(of: b))
            return (a - b).magnitude <= min(digit * 0.500001, rounding * max(a.magnitude, b.magnitude))
        }
    }

    /// Compares a number that both state.
    mutating func compare(
        _ fact: String, of subject: String = "", _ first: Sourced<Double>?, _ second: Sourced<Double>?,
        unit: String?, closeness: Closeness = .printed
    ) {
        func told(_ value: Double) -> String { DecimalText.shortest(value) + (unit.map { " \($0)" } ?? "") }
        guard let (a, b) = both(fact, of: subject, first, second, text: told),
            !closeness.holds(a.value, b.value, within: rounding)
        else { return }
        let apart = (a.value - b.value).magnitude
        differences.append(
            Difference(
                kind: .value, subject: subject, fact: fact, first: ComparedValue(text: told(a.value), origin: a.origin),
                second: ComparedValue(text: told(b.value), origin: b.origin), amount: apart.isFinite ? apart : nil,
                unit: unit))
    }

    /// Compares a whole number, exactly.
    mutating func compare(
        _ fact: String, of subject: String = "", counts first: Sourced<Int>?, _ second: Sourced<Int>?
    ) {
        guard let (a, b) = both(fact, of: subject, first, second, text: { "\($0)" }), a.value != b.value else { return }
        differences.append(
            Difference(
                kind: .count, subject: subject, fact: fact, first: ComparedValue(text: "\(a.value)", origin: a.origin),
                second: ComparedValue(text: "\(b.value)", origin: b.origin),
                amount: (Double(a.value) - Double(b.value)).magnitude, unit: nil))
    }

    /// Compares a text without regard to case and space.
    mutating func compare(
        _ fact: String, of subject: String = "", texts first: Sourced<String>?, _ second: Sourced<String>?
    ) {
        guard let (a, b) = both(fact, of: subject, first, second, text: { "'\($0)'" }) else { return }
        func plain(_ text: String) -> [Character] { text.lowercased().filter { !$0.isWhitespace } }
        guard plain(a.value) != plain(b.value) else { return }
        differences.append(
            Difference(
                kind: .text, subject: subject, fact: fact, first: ComparedValue(text: "'\(a.value)'", origin: a.origin),
                second: ComparedValue(text: "'\(b.value)'", origin: b.origin), amount: nil, unit: nil))
    }

    /// The two values when both sides tell the fact; else keeps what one side tells.
    mutating func both<Value>(
        _ fact: String, of subject: String, _ first: Sourced<Value>?, _ second: Sourced<Value>?,
        text: (Value) -> String
    ) -> (Sourced<Value>, Sourced<Value>)? {
        switch (first, second) {
        case (.some(let a), .some(let b)): return (a, b)
        case (.some(let only), nil), (nil, .some(let only)):
            oneSided.append(
                OneSidedFact(
                    subject: subject, fact: fact, isInFirst: first != nil,
                    value: ComparedValue(text: text(only.value), origin: only.origin)))
            return nil
        case (nil, nil): return nil
        }
    }

    /// Pairs what has the same ids, in whatever order; by order when the ids say nothing.
    static func pairs<Element>(_ first: [Element], _ second: [Element], id: (Element) -> String) -> [(Element, Element)]
    {
        var places: [String: Int] = [:]
        for (index, element) in second.enumerated() where places[id(element)] == nil { places[id(element)] = index }
        let matched = first.compactMap { places[id($0)] }
        if Set(matched).count == first.count, first.count == second.count {
            return zip(first, matched).map { ($0, second[$1]) }
        }
        return Array(zip(first, second))
    }
}
