// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What is to be said about the units of a field whose category a definition states.
public enum UnitVerdict: Sendable, Hashable {
    /// Nothing.
    case fits
    /// No units, or blank ones.
    case absent
    /// Neither table knows a word of it.
    case notUnderstood
    /// Understood, of another dimension.
    case otherDimension
    /// Understood and right; written otherwise than it should be. The text is what it was read as.
    case spelling(String)
}

extension UnitCategory {
    /// Judges the units of a field.
    ///
    /// - Parameter units: The text of the units attribute; nil where there is none or it is no text.
    public func verdict(on units: String?) -> UnitVerdict {
        guard let units, units.contains(where: { !$0.isWhitespace }) else { return asksForUnits ? .absent : .fits }
        guard let unit = Unit(units) else { return .notUnderstood }
        if accepts(unit) { return unit.spellingVerdict(units) }
        for other in [isLength ? unit.readingAsAngstrom : nil, name == "NX_TEMPERATURE" ? unit.readingAsCelsius : nil] {
            if let other, accepts(other) { return other.spellingVerdict(units) }
        }
        return .otherDimension
    }
}

extension Unit {
    /// The whole text with the words replaced that are spelt otherwise than they should be.
    fileprivate func spellingVerdict(_ text: String) -> UnitVerdict {
        guard factors.contains(where: { $0.state == .reported }) else { return .fits }
        var rest = Substring(text)
        var reading = ""
        for factor in factors {
            guard let start = rest.indices.first(where: { rest[$0...].hasPrefix(factor.word) }) else { continue }
            reading += rest[..<start]
            reading += factor.state == .reported ? factor.reading : factor.word
            rest = rest[start...].dropFirst(factor.word.count)
        }
        return .spelling(reading + rest)
    }
}
