// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How a spelling stands to the one the NeXus manual asks for (UDUNITS-2).
public enum SpellingState: Sendable, Hashable {
    /// UDUNITS-2 reads it so.
    case standard
    /// Not of UDUNITS-2, but so common and clear that nothing is said.
    case tolerated
    /// Understood and reported.
    case reported
}

/// One unit of our own table.
struct UnitRow: Sendable {
    let unit: String
    let dimension: Dimension
    /// Size in base units.
    let size: Double
    let symbols: [String]
    let names: [String]
    let takesPrefix: Bool
    let state: SpellingState

    init(
        _ unit: String, _ dimension: Dimension, _ size: Double, symbols: [String], names: [String], takesPrefix: Bool,
        _ state: SpellingState
    ) {
        self.unit = unit
        self.dimension = dimension
        self.size = size
        self.symbols = symbols
        self.names = names
        self.takesPrefix = takesPrefix
        self.state = state
    }
}

/// What a word of a unit was read as.
struct Reading: Sendable {
    var dimension: Dimension
    var size: Double
    /// The spelling to write instead, or the unit that was understood.
    var spelling: String
    var state: SpellingState
}

/// The table turned round, for look-up by spelling.
struct UnitIndex: Sendable {
    static let shared = UnitIndex()

    private var symbols: [String: Int] = [:]
    private var names: [String: Int] = [:]

    /// Symbols with and without prefixes by their small letters; made when a word is met that is no symbol as it stands.
    private static let foldedSymbols: [String: String] = {
        var folded: [String: String] = [:]
        for row in UnitRow.table {
            for symbol in row.symbols {
                folded[symbol.lowercased()] = symbol
                guard row.takesPrefix else { continue }
                for (prefix, _) in prefixSymbols where folded[(prefix + symbol).lowercased()] == nil {
                    folded[(prefix + symbol).lowercased()] = prefix + symbol
                }
            }
        }
        return folded
    }()

    private static let prefixSymbols: [(String, Double)] = [
        ("da", 1e1), ("Y", 1e24), ("Z", 1e21), ("E", 1e18), ("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6),
        ("k", 1e3), ("h", 1e2), ("d", 1e-1), ("c", 1e-2), ("m", 1e-3), ("u", 1e-6), ("\u{B5}", 1e-6),
        ("\u{3BC}", 1e-6), ("n", 1e-9), ("p", 1e-12), ("f", 1e-15), ("a", 1e-18), ("z", 1e-21), ("y", 1e-24),
    ]

    private static let prefixNames: [(String, Double)] = [
        ("yotta", 1e24), ("zetta", 1e21), ("exa", 1e18), ("peta", 1e15), ("tera", 1e12), ("giga", 1e9),
        ("mega", 1e6), ("kilo", 1e3), ("hecto", 1e2), ("deca", 1e1), ("deka", 1e1), ("deci", 1e-1), ("centi", 1e-2),
        ("milli", 1e-3), ("micro", 1e-6), ("nano", 1e-9), ("pico", 1e-12), ("femto", 1e-15), ("atto", 1e-18),
        ("zepto", 1e-21), ("yocto", 1e-24),
    ]

    private init() {
        for (index, row) in UnitRow.table.enumerated() {
            for symbol in row.symbols { symbols[symbol] = index }
            for name in row.names { names[name.lowercased()] = index }
        }
    }

    /// The reading of one word, without its exponent; nil where no table has it.
    func reading(of word: String) -> Reading? {
        if let found = ownReading(of: word) { return found }
        let folded = word.lowercased()
        if let spelling = Self.foldedSymbols[folded], var found = symbolReading(of: spelling) {
            found.spelling = spelling
            found.state = .reported
            return found
        }
        return otherReading(of: word)
    }

    /// The reading by our table alone; symbols as they stand, names with any capitals.
    func ownReading(of word: String) -> Reading? {
        symbolReading(of: word, exactly: true) ?? nameReading(of: word.lowercased()) ?? symbolReading(of: word)
    }

    private func symbolReading(of word: String, exactly: Bool = false) -> Reading? {
        if let index = symbols[word] { return reading(UnitRow.table[index], size: 1) }
        if exactly { return nil }
        for (prefix, size) in Self.prefixSymbols where word.hasPrefix(prefix) {
            guard let index = symbols[String(word.dropFirst(prefix.count))] else { continue }
            let row = UnitRow.table[index]
            if row.takesPrefix { return reading(row, size: size, prefix: prefix) }
        }
        return nil
    }

    private func nameReading(of folded: String) -> Reading? {
        for candidate in folded.hasSuffix("s") ? [folded, String(folded.dropLast())] : [folded] {
            if let index = names[candidate] { return reading(UnitRow.table[index], size: 1) }
            for (prefix, size) in Self.prefixNames where candidate.hasPrefix(prefix) {
                guard let index = names[String(candidate.dropFirst(prefix.count))] else { continue }
                let row = UnitRow.table[index]
                if row.takesPrefix { return reading(row, size: size, prefix: prefix) }
            }
        }
        return nil
    }

    private func reading(_ row: UnitRow, size: Double, prefix: String = "") -> Reading {
        Reading(
            dimension: row.dimension, size: row.size * size, spelling: row.unit == "1" ? "1" : prefix + row.unit,
            state: prefix == "\u{3BC}" && row.state == .standard ? .tolerated : row.state)
    }

    /// The reading by the table of the other units; worked out when a word is met that our own does not have.
    private func otherReading(of word: String) -> Reading? {
        let others = OtherUnits.shared
        guard let unit = others.names[word.lowercased()] ?? others.symbols[word] else { return nil }
        return Reading(dimension: unit.dimension, size: unit.size, spelling: word, state: .standard)
    }
}

/// The table of the other units, turned round.
private struct OtherUnits: Sendable {
    static let shared = OtherUnits()

    private(set) var names: [String: (dimension: Dimension, size: Double)] = [:]
    private(set) var symbols: [String: (dimension: Dimension, size: Double)] = [:]

    private init() {
        for line in UnitIndex.others.split(separator: "\n") {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            guard fields.count == 4, let size = Double(fields[0]) else { continue }
            let unit = (dimension: Self.dimension(fields[1]), size: size)
            for name in fields[2].split(separator: " ") { names[String(name)] = unit }
            for symbol in fields[3].split(separator: " ") { symbols[String(symbol)] = unit }
        }
    }

    private static func dimension(_ words: Substring) -> Dimension {
        var result = Dimension.none
        for word in words.split(separator: " ") {
            let power = Int(word.dropFirst()) ?? 1
            let base: Dimension? =
                switch word.first {
                case "L": .init(length: 1)
                case "M": .init(mass: 1)
                case "T": .init(time: 1)
                case "I": .init(current: 1)
                case "K": .init(temperature: 1)
                case "N": .init(amount: 1)
                case "J": .init(luminosity: 1)
                case "A": .init(angle: 1)
                default: nil
                }
            if let base { result = result * base.raised(to: power) }
        }
        return result
    }
}
