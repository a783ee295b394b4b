// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which files are meant: a path, or a pattern in which `*` and `?` stand for signs of one name and `**` for any.
///
/// Without a slash the last name of a path is compared; with one the whole path, or what follows one of its slashes.
public struct FilePattern: Sendable, Hashable {
    private let pattern: [UInt8]
    private let hasSlash: Bool

    public init(_ text: String) {
        pattern = Array(text.utf8)
        hasSlash = pattern.contains(0x2F)
    }

    /// The text holds a sign that stands for others.
    public static func isPattern(_ text: String) -> Bool { text.utf8.contains { $0 == 0x2A || $0 == 0x3F } }

    public func matches(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        guard hasSlash else { return matches(bytes[(bytes.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0)...]) }
        if matches(bytes[...]) { return true }
        return bytes.indices.contains { bytes[$0] == 0x2F && $0 + 1 < bytes.count && matches(bytes[($0 + 1)...]) }
    }

    /// Which beginnings of the pattern fit the bytes so far, byte by byte: no input takes more than the product of lengths.
    private func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
        var fits = [Bool](repeating: false, count: pattern.count + 1)
        fits[0] = true
        passStars(&fits)
        for byte in bytes {
            var next = [Bool](repeating: false, count: fits.count)
            for index in pattern.indices where fits[index] {
                switch pattern[index] {
                case 0x2A:
                    // A star goes on; a single one not across a slash.
                    if byte != 0x2F || isDouble(index) { next[index] = true }
                case 0x3F: if byte != 0x2F { next[index + 1] = true }
                case byte: next[index + 1] = true
                default: break
                }
            }
            passStars(&next)
            fits = next
        }
        return fits[pattern.count]
    }

    private func isDouble(_ index: Int) -> Bool {
        index + 1 < pattern.count && pattern[index + 1] == 0x2A || index > 0 && pattern[index - 1] == 0x2A
    }

    /// A star may stand for nothing.
    private func passStars(_ fits: inout [Bool]) {
        for index in pattern.indices where fits[index] && pattern[index] == 0x2A { fits[index + 1] = true }
    }
}
