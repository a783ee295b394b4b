// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

/// The text without blanks and nulls at its ends.
func trimmed(_ text: String) -> String {
    func isBlank(_ character: Character) -> Bool { character.isWhitespace || character == "\0" }
    // Most texts begin and end with a printed character of ASCII.
    let printed: ClosedRange<UInt8> = 0x21...0x7E
    if let head = text.utf8.first, let tail = text.utf8.last, printed.contains(head), printed.contains(tail) {
        return text
    }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
}

/// The text that libraries see: blanks behind a text of variable length belong to it, those that fill a fixed length do
/// not.
func textAsWritten(_ value: Value, _ type: DataType) -> String? {
    guard let first = value.firstText else { return nil }
    if first.hadBlanks, case .string(fixedBytes: nil, _, _) = type { return first.string + " " }
    return first.string
}
