// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import ImgCIF

/// What keeps a text from being a location.
///
/// - Source: RFC 3986; imgCIF `_array_data_external_data.uri`.
enum LocationFault {
    private static let schemes: Set<String> = ["http", "https", "ftp", "rsync", "file"]

    /// The fault in words; nil for a URI of a scheme that is read.
    static func of(_ uri: String) -> String? {
        if uri.isEmpty || uri.allSatisfy({ "?.xX-_".contains($0) }) { return "a placeholder" }
        if uri.contains("<") || uri.contains(">") { return "a placeholder" }
        // "records/XXXXXXX": the number is to be filled in.
        let parts = uri.split { "/.=".contains($0) }
        if parts.contains(where: { $0.count > 3 && $0.allSatisfy { $0 == "X" } }) { return "a placeholder" }
        if uri.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) { return "a control character" }
        if uri.contains(" ") { return "a blank" }
        if uri.contains("\\") { return "a backslash" }
        if let bad = uri.unicodeScalars.first(where: { "\"^`{|}".unicodeScalars.contains($0) }) {
            return "the character \(bad)"
        }
        if !hasWholeEscapes(uri) { return "a % that no two hexadecimal digits follow" }
        guard let scheme = scheme(uri) else { return nil }
        if scheme.count == 1 { return "the drive of a Windows path" }
        guard schemes.contains(scheme) else { return "the scheme '\(scheme)'" }
        let rest = uri.drop { $0 != ":" }.dropFirst()
        guard rest.hasPrefix("//"), rest.dropFirst(2).first.map({ $0 != "/" || scheme == "file" }) ?? false else {
            return "no host"
        }
        return nil
    }

    /// The scheme in lower case; nil for a relative reference.
    static func scheme(_ uri: String) -> String? {
        guard let colon = uri.firstIndex(of: ":"), let first = uri.utf8.first, isLetter(first) else { return nil }
        let name = uri[..<colon]
        guard name.utf8.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E].contains($0) })
        else {
            return nil
        }
        return name.lowercased()
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    private static func hasWholeEscapes(_ uri: String) -> Bool {
        let bytes = Array(uri.utf8)
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "%") {
            guard index + 2 < bytes.count,
                UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16) != nil
            else { return false }
        }
        return true
    }
}

extension ExternalData {
    /// The file of a row: member of an archive, else location; nil when the row names neither.
    func fileName(_ row: Int) -> String? { text(.archivePath, row) ?? text(.uri, row) }
}

extension CIF.Column {
    /// Distinct values in the order of the file, each with its rows from 0; nulls are left out.
    var distinct: [(value: String, rows: [Int])] {
        let (codes, names) = codes()
        var rows = [[Int]](repeating: [], count: names.count)
        for (row, code) in codes.enumerated() where Int(code) < names.count { rows[Int(code)].append(row) }
        return zip(names, rows).map { ($0, $1) }
    }
}
