// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Files that are named as CIF and hold something else, told by their first bytes.
struct ForeignContent {
    /// "UTF-16 text"
    let words: String
    let remedy: String

    /// Nil for bytes that may be CIF with faults.
    static func of(_ head: [UInt8]) -> ForeignContent? {
        if head.isEmpty { return ForeignContent(words: "it is empty", remedy: "write the file again") }
        if head.allSatisfy({ $0 == 0 }) {
            return ForeignContent(
                words: "it begins with \(head.count) zeros: it was never written", remedy: "copy the file again")
        }
        if isUTF32(head) {
            return ForeignContent(
                words: "it is UTF-32 text, and CIF is ASCII or UTF-8",
                remedy: "convert it, for example by: iconv -f UTF-32 -t UTF-8")
        }
        if isUTF16(head) {
            return ForeignContent(
                words: "it is UTF-16 text, and CIF is ASCII or UTF-8",
                remedy: "convert it, for example by: iconv -f UTF-16 -t UTF-8")
        }
        var start = head[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        start = start.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let known: [(bytes: String, words: String, remedy: String)] = [
            ("PK\u{3}\u{4}", "it is a ZIP archive", "unpack it and name the file inside"),
            ("7z", "it is a 7z archive", "unpack it and name the file inside"),
            ("Rar!", "it is a RAR archive", "unpack it and name the file inside"),
            ("%PDF", "it is a PDF document", "name the file that describes the images"),
            ("version https://git-lfs", "it is a pointer of Git LFS to a file", "fetch the file: git lfs pull"),
            ("<?xml", "it is XML", "name the file that describes the images"),
        ]
        for one in known where start.starts(with: one.bytes.utf8) {
            return ForeignContent(words: one.words, remedy: one.remedy)
        }
        let lower = start.prefix(256).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if lower.starts(with: "<!doctype html".utf8) || lower.starts(with: "<html".utf8) {
            return ForeignContent(
                words: "it is a web page", remedy: "download the file itself, not the page that offers it")
        }
        if lower.count > 262 || head.count > 262, head.count > 262, head[257..<262].elementsEqual("ustar".utf8) {
            return ForeignContent(words: "it is a tar archive", remedy: "unpack it and name the file inside")
        }
        return nil
    }

    /// A byte order mark of UTF-32, or zeros in three of each four of the first bytes.
    private static func isUTF32(_ head: [UInt8]) -> Bool {
        if head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF]) { return true }
        let first = head.prefix(64)
        guard first.count >= 16 else { return false }
        return [0, 3].contains { place in first.indices.allSatisfy { (first[$0] == 0) == ($0 % 4 != place) } }
    }

    /// A byte order mark of UTF-16, or zeros in every second of the first bytes.
    private static func isUTF16(_ head: [UInt8]) -> Bool {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return true }
        let first = head.prefix(64)
        guard first.count >= 8 else { return false }
        for odd in [0, 1] {
            let zeros = first.indices.filter { $0 % 2 == odd }.allSatisfy { first[$0] == 0 }
            let text = first.indices.filter { $0 % 2 != odd }.allSatisfy { first[$0] != 0 }
            if zeros, text { return true }
        }
        return false
    }
}
