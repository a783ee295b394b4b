// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

@testable import CorpusRecipes

/// What may go wrong with a value, by the kind of the value.
struct ValueMutations {
    typealias Change = (kind: String, value: RecipeValue)

    /// The value as it stands.
    let value: RecipeValue

    var all: [Change] {
        switch value.elements {
        case .texts(let texts): return texts.isEmpty ? [] : ofTexts(texts)
        case .integers(let numbers): return ofNumbers(numbers.map(Double.init), whole: true)
        case .reals(let numbers): return ofNumbers(numbers, whole: false)
        case .booleans(let flags): return ofFlags(flags)
        case .fill, .counts: return ofArrays
        default: return []
        }
    }

    private func with(_ elements: RecipeValue.Elements, type: TypeWord? = nil, shape: [Int]? = nil) -> RecipeValue {
        RecipeValue(elements: elements, type: type, shape: shape ?? value.shape)
    }

    // MARK: Numbers

    private func ofNumbers(_ numbers: [Double], whole: Bool) -> [Change] {
        let count = numbers.count
        func mapped(_ change: (Double) -> Double) -> RecipeValue {
            let changed = numbers.map(change)
            let isWhole = whole && changed.allSatisfy { $0 == $0.rounded() && abs($0) < 2e9 }
            return with(
                isWhole ? .integers(changed.map { Int($0) }) : .reals(changed),
                type: isWhole ? value.type : whole ? nil : value.type)
        }
        func put(_ one: Double) -> RecipeValue {
            var changed = numbers
            if count > 0 { changed[count - 1] = one }
            return with(.reals(changed), type: whole ? nil : value.type)
        }
        var found: [Change] = [
            ("negated", mapped { -$0 }), ("zeroed", mapped { _ in 0 }), ("times-10", mapped { $0 * 10 }),
            ("times-1000", mapped { $0 * 1000 }), ("over-1000", mapped { $0 / 1000 }),
            ("times-1e10", with(.reals(numbers.map { $0 * 1e10 }))),
            ("plus-one", mapped { $0 + 1 }),
            ("nan", put(.nan)), ("infinite", put(.infinity)), ("marker", put(-9999)),
            ("as-text", with(.texts(numbers.map { "\($0)" }))), ("as-word", with(.texts(numbers.map { _ in "auto" }))),
            ("no-values", with(.null)), ("flags", with(.booleans(numbers.map { _ in true }))),
            ("twice", with(same(numbers + numbers, whole), type: value.type, shape: [2 * count])),
            (
                "row",
                with(same(numbers, whole), type: value.type, shape: [1] + (value.shape.isEmpty ? [1] : value.shape))
            ),
            ("empty", with(.reals([]), shape: [0])),
        ]
        if count > 1 {
            found += [
                ("short", with(same(Array(numbers.dropLast()), whole), type: value.type, shape: [count - 1])),
                ("long", with(same(numbers + [numbers[count - 1]], whole), type: value.type, shape: [count + 1])),
                ("one", with(same([numbers[0]], whole), type: value.type, shape: [1])),
                ("reversed", with(same(numbers.reversed(), whole), type: value.type)),
                ("repeated", with(same(numbers.map { _ in numbers[0] }, whole), type: value.type)),
                ("last-is-first", with(same(numbers.dropLast() + [numbers[0]], whole), type: value.type)),
                (
                    "first-off",
                    with(same([numbers[0] + 0.5] + numbers.dropFirst(), false), type: whole ? nil : value.type)
                ),
            ]
        }
        if value.shape.count == 2 {
            found.append(
                ("transposed", with(same(transposed(numbers), whole), type: value.type, shape: value.shape.reversed())))
        }
        if whole { found.append(("fraction", with(.reals(numbers.map { $0 + 0.5 })))) }
        return found
    }

    private func same(_ numbers: [Double], _ whole: Bool) -> RecipeValue.Elements {
        whole ? .integers(numbers.map { Int($0) }) : .reals(numbers)
    }

    private func transposed(_ numbers: [Double]) -> [Double] {
        let (rows, columns) = (value.shape[0], value.shape[1])
        return (0..<columns).flatMap { column in (0..<rows).map { numbers[$0 * columns + column] } }
    }

    private func ofFlags(_ flags: [Bool]) -> [Change] {
        [
            ("as-text", with(.texts(flags.map { $0 ? "true" : "false" }))),
            ("two", with(.integers(flags.map { _ in 2 }))),
            ("as-float", with(.reals(flags.map { $0 ? 1.5 : 0.5 }))), ("no-values", with(.null)),
            ("negated", with(.booleans(flags.map { !$0 }))), ("zeroed", with(.integers(flags.map { _ in 0 }))),
        ]
    }

    /// Frames, masks and flat fields: their values are not looked at, their forms are.
    private var ofArrays: [Change] {
        let shape = value.shape
        let type = TypeWord("float32")
        var found: [Change] = [
            ("as-float32", with(value.elements, type: type)),
            ("as-float64", with(value.elements, type: TypeWord("float64"))),
            ("as-int64", with(value.elements, type: TypeWord("int64"))),
            ("as-uint64", with(value.elements, type: TypeWord("uint64"))),
            ("as-uint8", with(value.elements, type: TypeWord("uint8"))),
            ("as-text", with(.texts(["none"]), shape: [1])),
            (
                "transposed",
                with(
                    value.elements, type: value.type,
                    shape: shape.dropLast(2) + [shape[shape.count - 1], shape[shape.count - 2]])
            ),
            ("narrow", with(value.elements, type: value.type, shape: shape.dropLast() + [shape[shape.count - 1] - 1])),
            ("flat", with(value.elements, type: value.type, shape: [shape.reduce(1, *)])),
            ("deep", with(value.elements, type: value.type, shape: [1, 1] + shape)),
            ("no-values", with(.null)), ("empty", with(.reals([]), shape: [0] + shape.dropFirst())),
            ("one", with(.integers([1]), shape: [1])),
        ]
        if shape.count > 2 {
            found += [
                ("short", with(value.elements, type: value.type, shape: [shape[0] - 1] + shape.dropFirst())),
                ("long", with(value.elements, type: value.type, shape: [shape[0] + 1] + shape.dropFirst())),
                ("frame-last", with(value.elements, type: value.type, shape: shape.dropFirst() + [shape[0]])),
                ("never-written", with(.unwritten, type: value.type)),
            ]
        }
        return found
    }

    // MARK: Texts

    private func ofTexts(_ texts: [String]) -> [Change] {
        func mapped(_ change: (String) -> String) -> RecipeValue { with(.texts(texts.map(change)), type: nil) }
        return [
            ("emptied", mapped { _ in "" }), ("blank", mapped { _ in "  " }), ("upper", mapped { $0.uppercased() }),
            ("lower", mapped { $0.lowercased() }), ("letter-lost", mapped(Self.withoutLetter)),
            ("letter-doubled", mapped(Self.withLetter)), ("blank-before", mapped { " " + $0 }),
            ("blank-behind", mapped { $0 + " " }), ("mark-before", mapped { "\u{FEFF}" + $0 }),
            ("as-number", with(.integers(texts.map { _ in 5 }))), ("other-word", mapped { _ in "unknown" }),
            ("twice", with(.texts(texts + texts), shape: [2 * texts.count])),
            ("no-values", with(.null, type: TypeWord("string"))),
        ]
            + (texts.count > 1 ? [("reversed", with(.texts(texts.reversed())))] : [])
    }

    /// Without its middle letter.
    static func withoutLetter(_ text: String) -> String {
        var letters = Array(text)
        if letters.count > 1 { letters.remove(at: letters.count / 2) }
        return String(letters)
    }

    /// With its middle letter twice.
    static func withLetter(_ text: String) -> String {
        var letters = Array(text)
        if let letter = letters.isEmpty ? nil : letters[letters.count / 2] {
            letters.insert(letter, at: letters.count / 2)
        }
        return String(letters)
    }
}
