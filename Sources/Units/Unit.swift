// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A unit as written in a file and understood: its dimension, its size, and how its words were read.
///
/// Our own table comes first, the other units of UDUNITS-2 second. UDUNITS-2 alone would refuse `deg` and `pixel` and take `ph` for
/// phot and `ct` for a hundredth of a tonne.
public struct Unit: Sendable {
    /// A word of the unit and what it was read as.
    public struct Factor: Sendable, Hashable {
        /// As written.
        public let word: String
        /// The spelling of the unit that was understood.
        public let reading: String
        /// How far the spelling is from the usual one.
        public let state: SpellingState
        /// The exponent it carries, brackets and divisions counted.
        public let power: Int
    }

    /// The dimension of the whole.
    public let dimension: Dimension

    /// Size in base units (m, kg, s, A, K, mol, cd, rad, pixel); offsets of temperatures are left out.
    public let size: Double

    /// The words in order.
    public let factors: [Factor]

    /// Reads a unit: a product of powers of names, symbols, numbers and brackets.
    ///
    /// - Returns: nil when a word is in neither table or the text is no product.
    /// - Source: NeXus manual, data units; UDUNITS-2 grammar of units.
    public init?(_ text: String) {
        guard let unit = UnitMemory.shared.unit(text) else { return nil }
        self = unit
    }

    init?(scanning text: String) {
        var scanner = UnitScanner(text)
        guard let unit = scanner.scan() else { return nil }
        self = unit
    }

    init(dimension: Dimension, size: Double, factors: [Factor]) {
        self.dimension = dimension
        self.size = size
        self.factors = factors
    }

    /// The factor that turns a value in this unit into one in the other; nil between unlike dimensions.
    ///
    /// Temperatures in degrees differ by an offset too, which this factor does not hold.
    public func factor(to other: Unit) -> Double? {
        guard dimension == other.dimension, size.isFinite, other.size.isFinite, other.size != 0 else { return nil }
        return size / other.size
    }

    /// Whether both name the same unit, whatever the spelling; a bare `A` counts as angstrom.
    public func isSame(as other: Unit) -> Bool {
        let own = readingAsAngstrom
        let theirs = other.readingAsAngstrom
        // Counts and arbitrary units have no dimension and are not the same all the same.
        if own.dimension == .none {
            return factors.map { $0.word.lowercased() } == other.factors.map { $0.word.lowercased() }
        }
        return own.dimension == theirs.dimension
            && abs(own.size - theirs.size) <= 1e-6 * max(abs(own.size), abs(theirs.size))
    }

    /// The unit with each bare `A` (ampere) taken as angstrom.
    var readingAsAngstrom: Unit {
        replacing("A", with: Reading(dimension: .init(length: 1), size: 1e-10, spelling: "angstrom", state: .reported))
    }

    /// The unit with each bare `C` (coulomb) taken as degrees Celsius.
    var readingAsCelsius: Unit {
        replacing("C", with: Reading(dimension: .init(temperature: 1), size: 1, spelling: "degC", state: .reported))
    }

    private func replacing(_ word: String, with reading: Reading) -> Unit {
        guard factors.contains(where: { $0.word == word }), let old = UnitIndex.shared.ownReading(of: word) else {
            return self
        }
        var result = dimension
        var total = size
        let changed = factors.map { factor -> Factor in
            guard factor.word == word else { return factor }
            result = result * old.dimension.raised(to: -factor.power) * reading.dimension.raised(to: factor.power)
            total *= power(reading.size / old.size, factor.power)
            return Factor(word: word, reading: reading.spelling, state: reading.state, power: factor.power)
        }
        return Unit(dimension: result, size: total, factors: changed)
    }
}

/// The number raised to a whole power of at most 999.
func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<min(exponent.magnitude, 999) { result *= base }
    return exponent < 0 ? 1 / result : result
}
