// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the grammar of units; total on every string, brackets on a stack.
///
/// `*`, `.`, `·`, `×` or a blank stand between factors; `/` or `per` divides the next factor only. An exponent follows
/// `^` or `**`, or directly as a signed integer, one digit or superscripts. What follows `since`, `after`, `from` or
/// `@` is dropped.
struct UnitScanner {
    /// A product inside brackets while it is read.
    private struct Product {
        var dimension = Dimension.none
        var size = 1.0
        var firstFactor: Int
        var divides = false
        var isEmpty = true
        var awaitsFactor = false
    }

    private let text: [Unicode.Scalar]
    private var at = 0
    private var factors: [Unit.Factor] = []

    private static let longest = 256

    /// Spellings with a sign of the grammar inside.
    private static let unbroken: [[Unicode.Scalar]] = ["arb.u.", "a.u.", "e-"].map { Array($0.unicodeScalars) }

    init(_ text: String) {
        self.text = Array(text.unicodeScalars.prefix(Self.longest + 1))
    }

    mutating func scan() -> Unit? {
        guard text.count <= Self.longest else { return nil }
        if let whole = wholeText() { return whole }
        var stack = [Product(firstFactor: 0)]
        scanning: while at < text.count {
            let scalar = text[at]
            switch scalar {
            case " ", "\t", "\n", "\r":
                at += 1
            case "@":
                break scanning
            case "*", ".", "\u{B7}", "\u{D7}", "\u{22C5}":
                guard mark(divides: false, in: &stack) else { return nil }
            case "/", "\u{2215}":
                guard mark(divides: true, in: &stack) else { return nil }
            case "(":
                at += 1
                stack.append(Product(firstFactor: factors.count))
            case ")":
                at += 1
                guard stack.count > 1, let inner = stack.popLast(), !inner.isEmpty, !inner.awaitsFactor,
                    let exponent = exponent(afterNumber: false)
                else { return nil }
                combine(inner.dimension, inner.size, exponent, from: inner.firstFactor, into: &stack)
            case "0"..."9":
                guard let number = number(), let exponent = exponent(afterNumber: true) else { return nil }
                combine(.none, number, exponent, from: factors.count, into: &stack)
            default:
                guard let word = word() else { return nil }
                switch word.lowercased() {
                case "since", "after", "from":
                    break scanning
                case "per":
                    guard mark(divides: true, in: &stack, length: 0) else { return nil }
                default:
                    guard let reading = UnitIndex.shared.reading(of: word),
                        let exponent = exponent(afterNumber: false)
                    else { return nil }
                    let first = factors.count
                    factors.append(.init(word: word, reading: reading.spelling, state: reading.state, power: 1))
                    combine(reading.dimension, reading.size, exponent, from: first, into: &stack)
                }
            }
        }
        guard stack.count == 1, let product = stack.first, !product.isEmpty, !product.awaitsFactor else { return nil }
        return Unit(dimension: product.dimension, size: product.size, factors: factors)
    }

    /// A spelling of the table with blanks inside, such as `arb. units` or `degree C`.
    private func wholeText() -> Unit? {
        var spelling = ""
        for scalar in text {
            if scalar == " " || scalar == "_" {
                if spelling.last == "." { spelling.removeLast() }
                if spelling.last != "_" { spelling.append("_") }
            } else {
                spelling.unicodeScalars.append(scalar)
            }
        }
        guard spelling.contains("_"), let reading = UnitIndex.shared.ownReading(of: spelling) else { return nil }
        let whole = Unit.Factor(
            word: String(String.UnicodeScalarView(text)), reading: reading.spelling, state: reading.state, power: 1)
        return Unit(dimension: reading.dimension, size: reading.size, factors: [whole])
    }

    /// Takes an operator; false where a factor was due.
    private mutating func mark(divides: Bool, in stack: inout [Product], length: Int = 1) -> Bool {
        guard var top = stack.popLast(), !top.awaitsFactor else { return false }
        if !divides, length == 1, text[at] == "*", at + 1 < text.count, text[at + 1] == "*" { return false }
        at += length
        if top.isEmpty {
            guard divides else { return false }
        }
        top.divides = divides
        top.awaitsFactor = true
        stack.append(top)
        return true
    }

    private mutating func combine(
        _ dimension: Dimension, _ size: Double, _ exponent: Int, from first: Int, into stack: inout [Product]
    ) {
        guard var top = stack.popLast() else { return }
        let exponent = top.divides ? -exponent : exponent
        top.dimension = top.dimension * dimension.raised(to: exponent)
        top.size *= power(size, exponent)
        top.divides = false
        top.awaitsFactor = false
        top.isEmpty = false
        for index in first..<max(first, factors.count) {
            let old = factors[index]
            factors[index] = .init(
                word: old.word, reading: old.reading, state: old.state, power: old.power &* exponent)
        }
        stack.append(top)
    }

    private mutating func number() -> Double? {
        let start = at
        skipDigits()
        if at + 1 < text.count, text[at] == ".", isDigit(at + 1) {
            at += 1
            skipDigits()
        }
        if at < text.count, text[at] == "e" || text[at] == "E" {
            let sign = at + 1 < text.count && (text[at + 1] == "-" || text[at + 1] == "+") ? 1 : 0
            if isDigit(at + 1 + sign) {
                at += 1 + sign
                skipDigits()
            }
        }
        return Double(String(String.UnicodeScalarView(text[start..<at])))
    }

    /// A run of letters and signs that a name or symbol is made of.
    private mutating func word() -> String? {
        for spelling in Self.unbroken where text[at...].starts(with: spelling) {
            let next = at + spelling.count
            if spelling.last == "-", isDigit(next) { continue }
            at = next
            return String(String.UnicodeScalarView(spelling))
        }
        let start = at
        while at < text.count {
            let scalar = text[at]
            let isLetter = scalar.properties.isAlphabetic && superscript(scalar) == nil
            let isMark = scalar.properties.canonicalCombiningClass != .notReordered
            guard isLetter || isMark || Self.signs.contains(scalar) else { break }
            at += 1
        }
        return at > start ? String(String.UnicodeScalarView(text[start..<at])) : nil
    }

    private static let signs: Set<Unicode.Scalar> = [
        "_", "%", "'", "\u{B0}", "\u{2032}", "\u{2033}", "\u{2103}", "\u{2109}",
    ]

    /// The exponent behind a factor, 1 without one; nil when it is broken or beyond 99.
    private mutating func exponent(afterNumber: Bool) -> Int? {
        guard at < text.count else { return 1 }
        if text[at] == "^" { return signedInteger(from: at + 1) }
        if text[at] == "*", at + 1 < text.count, text[at + 1] == "*" { return signedInteger(from: at + 2) }
        if text[at] == "-" || text[at] == "+" { return signedInteger(from: at) }
        if !afterNumber, isDigit(at), !isDigit(at + 1) { return signedInteger(from: at) }
        guard superscript(text[at]) != nil else { return 1 }
        var sign = 1
        var value = 0
        while at < text.count, let one = superscript(text[at]) {
            if one == -1 { sign = -1 } else { value = value * 10 + one }
            guard value <= 99 else { return nil }
            at += 1
        }
        return sign * value
    }

    private mutating func signedInteger(from start: Int) -> Int? {
        at = start
        var bracketed = false
        if at < text.count, text[at] == "(" {
            bracketed = true
            at += 1
        }
        var sign = 1
        if at < text.count, text[at] == "-" || text[at] == "+" || text[at] == "\u{2212}" {
            sign = text[at] == "+" ? 1 : -1
            at += 1
        }
        guard isDigit(at) else { return nil }
        var value = 0
        while isDigit(at) {
            value = value * 10 + Int(text[at].value - 48)
            guard value <= 99 else { return nil }
            at += 1
        }
        if bracketed {
            guard at < text.count, text[at] == ")" else { return nil }
            at += 1
        }
        return sign * value
    }

    private func isDigit(_ index: Int) -> Bool {
        index < text.count && text[index].value >= 48 && text[index].value <= 57
    }

    private mutating func skipDigits() {
        while isDigit(at) { at += 1 }
    }

    /// The digit of a superscript, -1 for the minus.
    private func superscript(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x207B: -1
        case 0xB9: 1
        case 0xB2, 0xB3: Int(scalar.value) - 0xB0
        case 0x2070, 0x2074...0x2079: Int(scalar.value) - 0x2070
        default: nil
        }
    }
}
