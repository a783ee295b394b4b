// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

/// Makes the content of a field or an attribute from what a recipe says.
struct ContentMaker {
    let recipe: String
    let path: String

    /// The type of numbers: as stated, else the widest of their kind.
    func numberType(of value: RecipeValue) -> DataType {
        if case .number(let type) = value.type?.kind { return type }
        switch value.elements {
        case .integers, .counts, .diffraction, .gaps: return .integer(bytes: 8, isSigned: true, bigEndian: false)
        case .fill(let number) where number == number.rounded():
            return .integer(bytes: 8, isSigned: true, bigEndian: false)
        default: return .float(bytes: 8, bigEndian: false)
        }
    }

    func content(of value: RecipeValue) throws(RecipeFault) -> Content {
        switch value.elements {
        case .texts(let texts): return try strings(texts, value)
        case .booleans(let booleans): return .booleans(booleans, shape: value.shape)
        case .null:
            if case .text = value.type?.kind {
                return .null(.string(fixedBytes: nil, isUTF8: true, padding: .nullTerminated))
            }
            return .null(numberType(of: value))
        case .unwritten: return .unwritten(numberType(of: value), shape: value.shape)
        case .virtual: throw RecipeFault("\(recipe) \(path)", "an attribute has no virtual value")
        case .integers(let numbers) where value.isBoolean:
            return .booleans(numbers.map { $0 != 0 }, shape: value.shape)
        case .integers, .reals, .fill, .counts, .diffraction, .gaps:
            let type = numberType(of: value)
            let count = value.shape.reduce(1, *)
            return .raw(type, shape: value.shape, bytes: try bytes(of: value, type: type, from: 0, count: count))
        }
    }

    /// Elements of a numeric value as they lie in the file.
    func bytes(of value: RecipeValue, type: DataType, from start: Int, count: Int) throws(RecipeFault) -> [UInt8] {
        guard value.overlays.isEmpty else {
            var plain = value
            plain.overlays = []
            let total = value.shape.reduce(1, *)
            var all = try bytes(of: plain, type: type, from: 0, count: total)
            let width = type.numberBytes
            for overlay in value.overlays { overlay.lay(over: &all, value.shape, type) }
            return Array(all[(start * width)..<((start + count) * width)])
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * type.numberBytes)
        switch value.elements {
        case .integers(let numbers):
            try expect(numbers.count, from: start, count: count)
            for number in numbers[start..<start + count] { type.append(Double(number), whole: number, to: &bytes) }
        case .reals(let numbers):
            try expect(numbers.count, from: start, count: count)
            for number in numbers[start..<start + count] { type.append(number, whole: nil, to: &bytes) }
        case .fill(let number):
            var one: [UInt8] = []
            type.append(number, whole: nil, to: &one)
            for _ in 0..<count { bytes += one }
        case .counts(let seed):
            var state = UInt64(truncatingIfNeeded: seed) &+ UInt64(truncatingIfNeeded: start)
            for _ in 0..<count {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                type.append(Double((state >> 33) % 10), whole: nil, to: &bytes)
            }
        case .diffraction(let seed, let centre):
            guard value.shape.count == 3, case .integer(4, _, false) = type else {
                throw RecipeFault("\(recipe) \(path)", "diffraction is made as 32-bit frames of rank 3")
            }
            let pattern = SyntheticDiffraction(
                seed: seed, slow: value.shape[1], fast: value.shape[2], centre: centre)
            let frame = value.shape[1] * value.shape[2]
            for number in (start / max(frame, 1))..<((start + count) / max(frame, 1)) {
                bytes += pattern.frame(number)
            }
        case .gaps:
            guard value.shape.count == 2, case .integer(4, _, false) = type, start == 0 else {
                throw RecipeFault("\(recipe) \(path)", "gaps are made as one 32-bit mask of rank 2")
            }
            bytes += SyntheticDiffraction(seed: 0, slow: value.shape[0], fast: value.shape[1]).mask
        case .texts, .booleans, .unwritten, .null, .virtual:
            throw RecipeFault("\(recipe) \(path)", "numbers are expected")
        }
        return bytes
    }

    private func expect(_ there: Int, from start: Int, count: Int) throws(RecipeFault) {
        guard start + count <= there else {
            throw RecipeFault("\(recipe) \(path)", "\(there) values where the shape holds \(start + count)")
        }
    }

    private func strings(_ texts: [String], _ value: RecipeValue) throws(RecipeFault) -> Content {
        guard let type = value.type else { return .strings(texts, shape: value.shape) }
        guard case .text(let room, let padding, let isUTF8) = type.kind else {
            throw RecipeFault("\(recipe) \(path)", "a text has another type")
        }
        guard let room else { return .strings(texts, shape: value.shape) }
        // Characters up to U+00FF of a string that is not UTF-8 are written as bytes of Latin-1.
        let bytes = texts.map { text in
            isUTF8 ? Array(text.utf8) : text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
        return .fixedStrings(bytes, bytes: room, shape: value.shape, padding: padding, isUTF8: isUTF8)
    }
}

extension RecipeValue {
    fileprivate var isBoolean: Bool { if case .boolean = type?.kind { true } else { false } }
}

extension RecipeValue.Overlay {
    /// - Parameter bytes: All elements, the last dimension fastest.
    fileprivate func lay(over bytes: inout [UInt8], _ shape: [Int], _ type: DataType) {
        let width = type.numberBytes
        switch self {
        case .frame(let frame, let other):
            let size = shape.dropFirst().reduce(width, *)
            let kept = Array(bytes[(other * size)..<((other + 1) * size)])
            bytes.replaceSubrange((frame * size)..<((frame + 1) * size), with: kept)
        case .box(let ranges, let number):
            var one: [UInt8] = []
            type.append(number, whole: nil, to: &one)
            var places = [0]
            for (range, extent) in zip(ranges, shape) {
                places = places.flatMap { place in range.map { place * extent + $0 } }
            }
            for place in places { bytes.replaceSubrange((place * width)..<((place + 1) * width), with: one) }
        }
    }
}
