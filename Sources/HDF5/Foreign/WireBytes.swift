// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers and texts on their way between two processes, little endian; what came is not believed.
struct WireBytes {
    private(set) var bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    var isEmpty: Bool { place == bytes.count }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ word: UInt64) { withUnsafeBytes(of: word.littleEndian) { bytes += $0 } }

    mutating func append(_ text: String) {
        append(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    mutating func byte() -> UInt8? {
        guard place < bytes.count else { return nil }
        place += 1
        return bytes[place - 1]
    }

    mutating func word() -> UInt64? {
        guard bytes.count - place >= 8 else { return nil }
        var word: UInt64 = 0
        for index in (place..<place + 8).reversed() { word = word << 8 | UInt64(bytes[index]) }
        place += 8
        return word
    }

    mutating func count() -> Int? { word().flatMap { Int(exactly: $0) } }

    mutating func text() -> String? {
        guard let count = count(), count <= bytes.count - place else { return nil }
        let text = String(validating: bytes[place..<(place + count)], as: UTF8.self)
        place += count
        return text
    }

    /// Words that follow, of which there are so many.
    mutating func words(_ count: Int) -> [UInt64]? {
        guard count <= (bytes.count - place) / 8 else { return nil }
        var words: [UInt64] = []
        words.reserveCapacity(count)
        for _ in 0..<count {
            guard let word = word() else { return nil }
            words.append(word)
        }
        return words
    }
}

extension Value {
    /// Appends kind, number of elements and elements; values that were not read have no place here.
    func append(to bytes: inout WireBytes) {
        switch self {
        case .strings(let texts):
            bytes.append(UInt8(1))
            bytes.append(UInt64(texts.count))
            for text in texts {
                bytes.append(text.string)
                bytes.append(text.firstBadByte.map { UInt64(clamping: $0) } ?? UInt64.max)
                bytes.append(UInt8(text.hadBlanks ? 1 : 0))
            }
        case .integers(let values):
            bytes.append(UInt8(2))
            bytes.append(UInt64(values.count))
            for value in values { bytes.append(UInt64(bitPattern: value)) }
        case .unsigned(let values):
            bytes.append(UInt8(3))
            bytes.append(UInt64(values.count))
            for value in values { bytes.append(value) }
        case .reals(let values):
            bytes.append(UInt8(4))
            bytes.append(UInt64(values.count))
            for value in values { bytes.append(value.bitPattern) }
        case .null, .notRead:
            bytes.append(UInt8(0))
            bytes.append("the value was not read")
        }
    }

    /// Nil for bytes that make no sense.
    init?(kind: UInt8, _ bytes: inout WireBytes) {
        guard let count = bytes.count() else { return nil }
        switch kind {
        case 1:
            var texts: [Text] = []
            for _ in 0..<count {
                guard let text = bytes.text(), let bad = bytes.word(), let hadBlanks = bytes.byte() else { return nil }
                texts.append(Text(text, firstBadByte: Int(exactly: bad), hadBlanks: hadBlanks == 1))
            }
            self = .strings(texts)
        case 2:
            guard let words = bytes.words(count) else { return nil }
            self = .integers(words.map { Int64(bitPattern: $0) })
        case 3:
            guard let words = bytes.words(count) else { return nil }
            self = .unsigned(words)
        case 4:
            guard let words = bytes.words(count) else { return nil }
            self = .reals(words.map { Double(bitPattern: $0) })
        default: return nil
        }
    }
}
