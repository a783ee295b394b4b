// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The numbers of one header line in the unit of its item, and what of the line readers take otherwise.
public struct HeaderReading: Sendable, Hashable {
    /// How the line is to be understood beside what readers take.
    public enum Peculiarity: Sendable, Hashable {
        /// Another unit of the same quantity.
        case unit(String)
        /// A word where a unit belongs that is none of the quantity; the number is taken as readers take it.
        case unknownUnit(String)
        /// A comma where a decimal point belongs.
        case decimalComma
    }

    public let item: HeaderItem
    public let entry: ImageHeader.Entry
    /// In the unit of the quantity; a beam centre in lengths is in metres. Empty when nothing on the line is a number.
    public let values: [Double]
    /// The numbers as readers take them, with the unit that they take.
    public let taken: [Double]
    public let peculiarity: Peculiarity?
    /// A beam centre is given in lengths: `values` are metres.
    public let isLength: Bool

    /// Nothing on the line is a number.
    public var isText: Bool { values.isEmpty }

    init(_ item: HeaderItem, _ entry: ImageHeader.Entry, _ quantity: HeaderQuantity) {
        self.item = item
        self.entry = entry
        let words = HeaderWords(entry.value, isPair: item.isPair)
        let numbers = words.numbers
        taken = words.plainNumbers
        var factors = [Double](repeating: 1, count: numbers.count)
        var found: Peculiarity? = words.hasDecimalComma ? .decimalComma : nil
        var isLength = false
        for (index, number) in numbers.enumerated() {
            // The unit of the last number of a pair serves for both.
            guard let word = number.unit ?? numbers[index...].lazy.compactMap(\.unit).first else { continue }
            if let factor = quantity.factor(of: word) {
                factors[index] = factor
                if factor != 1, found == nil { found = .unit(word) }
            } else if quantity == .pixels, let metres = HeaderQuantity.lengths[word.lowercased()] {
                factors[index] = metres
                isLength = true
                if found == nil { found = .unit(word) }
            } else if quantity != .ratio, found == nil {
                found = .unknownUnit(word)
            }
        }
        values = zip(numbers, factors).map { $0.value * $1 }
        peculiarity = found
        self.isLength = isLength
    }
}

/// Numbers of a header value, each with the word behind it.
struct HeaderWords {
    struct Number: Hashable {
        var value: Double
        var unit: String?
    }

    private(set) var numbers: [Number] = []
    /// The numbers up to the first comma of each, as a reader that knows no decimal comma takes them.
    private(set) var plainNumbers: [Double] = []
    private(set) var hasDecimalComma = false

    /// - Parameter isPair: A comma may part two numbers.
    init(_ text: String, isPair: Bool) {
        let words = Self.words(isPair ? Self.parted(text) : text)
        for word in words {
            if let value = Double(word), value.isFinite, Self.beginsAsNumber(word) {
                numbers.append(Number(value: value))
                plainNumbers.append(value)
            } else if word.contains(","), Self.beginsAsNumber(word) {
                let parts = word.split(separator: ",", omittingEmptySubsequences: false)
                if let plain = parts.first.flatMap({ Double($0) }) { plainNumbers.append(plain) }
                hasDecimalComma = true
                if parts.count == 2, let value = Double(parts[0] + "." + parts[1]), value.isFinite {
                    numbers.append(Number(value: value))
                }
            } else if let last = numbers.indices.last, numbers[last].unit == nil,
                !["x", "by", "and"].contains(word.lowercased())
            {
                numbers[last].unit = word
            }
        }
    }

    /// A pair in one word, "(243.5,310)": its comma parts two numbers. Several such words have decimal commas.
    private static func parted(_ text: String) -> String {
        let pieces = text.split { " \t()[]".contains($0) }.filter { beginsAsNumber(String($0)) }
        guard pieces.count == 1, let pair = pieces.first else { return text }
        let halves = pair.split(separator: ",", omittingEmptySubsequences: false)
        // "0,172" has a decimal comma: no pair begins with a bare 0.
        guard halves.count == 2, halves[0] != "0", halves.allSatisfy({ Double(String($0)) != nil }) else { return text }
        return text[..<pair.startIndex] + halves.joined(separator: " ") + text[pair.endIndex...]
    }

    private static func beginsAsNumber(_ word: String) -> Bool {
        guard let first = word.first else { return false }
        return first.isASCII && (first.isNumber || "+-.".contains(first))
    }

    /// The words of a value: parted by white space and brackets; a unit that touches its number is parted from it.
    private static func words(_ text: String) -> [String] {
        text.split { " \t()[]{}=\"'".contains($0) }.flatMap { piece -> [String] in
            var piece = piece
            while let last = piece.last, ",;.".contains(last) { piece.removeLast() }
            guard !piece.isEmpty, beginsAsNumber(String(piece)), Double(String(piece)) == nil else {
                return piece.isEmpty ? [] : [String(piece)]
            }
            let number = piece.prefix { "0123456789+-.,eE".contains($0) }
            var end = number.endIndex
            // "0.1e" is a number and a letter.
            while end > piece.startIndex, Double(String(piece[..<end]).filter { $0 != "," }) == nil {
                end = piece.index(before: end)
            }
            guard end > piece.startIndex, end < piece.endIndex else { return [String(piece)] }
            // "0.110.00" is no number, and nobody knows where it ends.
            if piece[end] == "." || piece[end].isNumber { return [String(piece)] }
            return [String(piece[..<end]), String(piece[end...])]
        }
    }
}
