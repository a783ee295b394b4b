// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

@testable import CorpusRecipes

/// Other spellings that common readers take, and other units of the same dimension.
enum UnitForms {
    static let spellings: [String: [String]] = [
        "m": ["metre", "meter", "meters"], "mm": ["millimetre", "millimeter", "millimeters"],
        "um": ["µm", "micrometre", "micron"], "s": ["second", "seconds", "sec"], "deg": ["degree", "degrees", "°"],
        "degree": ["deg", "degrees"], "angstrom": ["Å", "angstroms"], "eV": ["electron_volt", "electronvolt"],
        "K": ["kelvin"], "Hz": ["hertz", "1/s", "s^-1"], "pixel": ["pixels", "px"],
    ]
    static let others: [String: (String, Double)] = [
        "m": ("mm", 1e3), "mm": ("m", 1e-3), "um": ("m", 1e-6), "s": ("ms", 1e3), "deg": ("rad", .pi / 180),
        "degree": ("rad", .pi / 180), "angstrom": ("nm", 0.1), "eV": ("keV", 1e-3), "keV": ("eV", 1e3),
        "Hz": ("kHz", 1e-3),
    ]
}

/// The same values stored otherwise.
struct StorageForms {
    let field: RecipeField

    var all: [(kind: String, field: RecipeField)] {
        var found = ofNumbers.map { change in
            var changed = field
            changed.value = change.value
            if changed.value.shape != field.value.shape { changed.storage = RecipeStorage() }
            return (change.kind, changed)
        }
        let isSmall: Bool
        switch field.value.elements {
        case .reals, .integers, .booleans: isSmall = true
        default: isSmall = false
        }
        func stored(_ kind: String, _ change: (inout RecipeField) -> Void) {
            var changed = field
            changed.storage = RecipeStorage()
            change(&changed)
            found.append((kind, changed))
        }
        if isSmall { stored("compact") { $0.storage.isCompact = true } }
        if !field.value.shape.isEmpty, isSmall {
            stored("chunked") { $0.storage.chunk = $0.value.shape }
            stored("deflated") {
                ($0.storage.chunk, $0.storage.stages) = ($0.value.shape, [.init(id: 1, parameters: [6])])
            }
            stored("extensible") {
                $0.storage.chunk = $0.value.shape
                $0.storage.maxShape = [nil] + $0.value.shape.dropFirst().map { $0 }
            }
        }
        if case .counts = field.value.elements {
            let frame = [1] + field.value.shape.dropFirst()
            stored("contiguous") { _ in }
            stored("deflated") { ($0.storage.chunk, $0.storage.stages) = (frame, [.init(id: 1, parameters: [4])]) }
            stored("bitshuffled") {
                ($0.storage.chunk, $0.storage.stages) = (
                    frame, [.init(id: 32008, isOptional: true, isBitshuffle: true)]
                )
            }
            stored("extensible") {
                $0.storage.chunk = frame
                $0.storage.maxShape = [nil] + $0.value.shape.dropFirst().map { $0 }
            }
        }
        return found
    }

    /// Other types of number that hold the values, and lists of one.
    var ofNumbers: [(kind: String, value: RecipeValue)] {
        let value = field.value
        func typed(_ word: String) -> (String, RecipeValue) {
            (word, RecipeValue(elements: value.elements, type: TypeWord(word), shape: value.shape))
        }
        var found: [(kind: String, value: RecipeValue)] = []
        switch value.elements {
        case .integers(let numbers):
            found = ["int32>", "int64", "int32"].map(typed)
            if numbers.allSatisfy({ abs($0) < 120 }) { found.append(typed("int8")) }
            if numbers.allSatisfy({ $0 >= 0 && $0 < 60_000 }) { found += ["uint16", "uint64>"].map(typed) }
        case .reals: found = ["float32", "float64>", "float64"].map(typed)
        case .booleans(let flags):
            found = [
                (
                    "int8",
                    RecipeValue(
                        elements: .integers(flags.map { $0 ? 1 : 0 }), type: TypeWord("int8"), shape: value.shape)
                )
            ]
        default: return []
        }
        if value.shape.isEmpty {
            found.append(("array-of-one", RecipeValue(elements: value.elements, type: value.type, shape: [1])))
        } else if value.shape == [1] {
            found.append(("scalar", RecipeValue(elements: value.elements, type: value.type, shape: [])))
        }
        return found
    }
}

/// The same text stored otherwise.
struct TextForms {
    let value: RecipeValue
    let texts: [String]

    var all: [(kind: String, value: RecipeValue)] {
        let room = max(1, texts.map(\.utf8.count).max() ?? 1)
        func typed(_ kind: String, _ word: String) -> (String, RecipeValue) {
            (kind, RecipeValue(elements: value.elements, type: TypeWord(word), shape: value.shape))
        }
        let isLatin = texts.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } }
        var found = [
            typed("text-variable", "string"), typed("text-nulls", "string[\(room + 3)] nulls"),
            typed("text-blanks", "string[\(room + 3)] blanks"), typed("text-exact", "string[\(room)] nulls"),
        ]
        if isLatin { found.append(typed("text-ascii", "string[\(room + 1)] ascii")) }
        if value.shape.isEmpty {
            found.append(("array-of-one", RecipeValue(elements: value.elements, type: value.type, shape: [1])))
        }
        return found
    }
}

/// One name of a group or an axis exchanged wherever it stands.
struct Renaming {
    let from: String
    let to: String

    func applied(to group: RecipeGroup) -> RecipeGroup {
        var copy = RecipeGroup()
        for (name, value) in group.attributes.entries { copy.attributes[self.name(name)] = self.value(value) }
        for (name, node) in group.members.entries { copy.members[self.name(name)] = applied(to: node) }
        return copy
    }

    private func applied(to node: RecipeNode) -> RecipeNode {
        switch node {
        case .group(let group): return .group(applied(to: group))
        case .field(var field):
            field.value = value(field.value)
            for (name, value) in field.attributes.entries { field.attributes[name] = self.value(value) }
            return .field(field)
        case .link(.hard(let target)): return .link(.hard(path(target)))
        case .link(.soft(let target)): return .link(.soft(path(target)))
        case .link: return node
        }
    }

    private func name(_ name: String) -> String {
        for ending in ["", "_end", "_increment_set", "_indices"] where name == from + ending { return to + ending }
        return name
    }

    private func path(_ text: String) -> String {
        text.split(separator: "/", omittingEmptySubsequences: false).map { $0 == from ? to : String($0) }.joined(
            separator: "/")
    }

    private func value(_ value: RecipeValue) -> RecipeValue {
        guard case .texts(let texts) = value.elements else { return value }
        return RecipeValue(elements: .texts(texts.map(path)), type: nil, shape: value.shape)
    }
}
