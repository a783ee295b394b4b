// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// Text of a tag file of a bag: lines in the encoding that the declaration names.
enum TagText {
    /// Lines without their ends, which are LF, CR or both; nil where the bytes are no text of the encoding.
    static func lines(_ bytes: [UInt8], _ encoding: String) -> [String]? {
        guard let text = text(bytes, encoding) else { return nil }
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            defer { isAfterReturn = scalar == "\r" }
            if scalar == "\n", isAfterReturn { continue }
            if scalar == "\n" || scalar == "\r" {
                lines.append(String(line))
                line = String.UnicodeScalarView()
            } else {
                line.append(scalar)
            }
        }
        if !line.isEmpty { lines.append(String(line)) }
        return lines
    }

    static func isKnown(_ encoding: String) -> Bool { form(encoding) != nil }

    private enum Form {
        case utf8, latin
        case wide(isBig: Bool?)
    }

    private static func form(_ encoding: String) -> Form? {
        switch encoding.uppercased() {
        case "UTF-8", "UTF8", "US-ASCII", "ASCII": .utf8
        case "ISO-8859-1", "ISO8859-1", "LATIN1", "LATIN-1": .latin
        case "UTF-16": .wide(isBig: nil)
        case "UTF-16BE": .wide(isBig: true)
        case "UTF-16LE": .wide(isBig: false)
        default: nil
        }
    }

    private static func text(_ bytes: [UInt8], _ encoding: String) -> String? {
        switch form(encoding) {
        case .utf8: return String(validating: bytes, as: UTF8.self)
        case .latin:
            var scalars = String.UnicodeScalarView()
            for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
            return String(scalars)
        case .wide(let stated):
            guard bytes.count % 2 == 0 else { return nil }
            var rest = bytes[...]
            var isBig = stated ?? true
            if rest.starts(with: [0xFF, 0xFE]) {
                isBig = false
                rest = rest.dropFirst(2)
            } else if rest.starts(with: [0xFE, 0xFF]) {
                isBig = true
                rest = rest.dropFirst(2)
            }
            var units: [UInt16] = []
            var at = rest.startIndex
            while at + 1 < rest.endIndex {
                let (first, second) = (UInt16(rest[at]), UInt16(rest[at + 1]))
                units.append(isBig ? first << 8 | second : second << 8 | first)
                at += 2
            }
            return String(validating: units, as: UTF16.self)
        case nil: return nil
        }
    }
}

/// Paths of bags.
enum BagPath {
    /// A path as a manifest writes it.
    ///
    /// - Source: RFC 8493, section 2.1.3: `%`, CR and LF as `%25`, `%0D`, `%0A`.
    static func escaped(_ name: Name) -> [UInt8] {
        name.bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x25: Array("%25".utf8)
            case 0x0D: Array("%0D".utf8)
            case 0x0A: Array("%0A".utf8)
            default: [byte]
            }
        }
    }

    /// The path of a line.
    ///
    /// - Parameter isOld: Before 1.0 a `%` stands for itself, unless CR or LF follow as digits.
    static func unescaped(_ text: String, isOld: Bool) -> Name {
        var bytes: [UInt8] = []
        var rest = Name(text).bytes[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25, rest.count >= 2 else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self).uppercased()
            let known: [String: UInt8] = isOld ? ["0D": 0x0D, "0A": 0x0A] : ["0D": 0x0D, "0A": 0x0A, "25": 0x25]
            guard let meant = known[digits] else {
                bytes.append(byte)
                continue
            }
            bytes.append(meant)
            rest = rest.dropFirst(2)
        }
        return Name(bytes: bytes)
    }

    /// Why a path is not looked up; nil for one below the bag.
    ///
    /// - Source: RFC 8493, section 5.
    static func refusal(_ name: Name) -> String? {
        let parts = name.bytes.split(separator: 0x2F, omittingEmptySubsequences: false)
        if name.bytes.isEmpty { return "is empty" }
        if name.isAbsolute { return "is absolute" }
        if parts.contains(where: { $0.elementsEqual([0x2E, 0x2E]) }) { return "leads out of the bag by '..'" }
        if name.bytes.first == 0x7E { return "begins with '~', which shells take for a home folder" }
        let text = name.text
        if text.contains("\\.\\."), text.contains("/") { return "leads out of the bag by '..' behind backslashes" }
        if name.bytes.contains(0) { return "holds a byte of zero" }
        if text.dropFirst().first == ":", text.first?.isLetter == true { return "begins with the letter of a drive" }
        return nil
    }
}
