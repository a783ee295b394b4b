// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport

/// Numbers and lists as sentences of findings write them.
public enum Wording {
    /// A number with at most `digits` significant digits, without trailing zeros: 0.97949, 287.22, 1e-07, -166.9.
    public static func number(_ value: Double, digits: Int = 6) -> String {
        guard value.isFinite else { return value.isNaN ? "not a number" : (value < 0 ? "-infinity" : "infinity") }
        return formatted("%.\(max(1, min(digits, 17)))g", value)
    }

    /// A number with a fixed number of decimals: 12.30. Never "-0.00".
    public static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return number(value) }
        let text = formatted("%.\(max(0, min(decimals, 12)))f", value)
        return text.hasPrefix("-") && !text.contains(where: { "123456789".contains($0) })
            ? String(text.dropFirst()) : text
    }

    /// "(0, -1, 0)"
    public static func vector(_ x: Double, _ y: Double, _ z: Double) -> String {
        "(\(number(x + 0)), \(number(y + 0)), \(number(z + 0)))"
    }

    /// The first few of a list: "a, b, c and 7 more".
    public static func list(_ items: [String], joinedBy separator: String = ", ", limit: Int = 5) -> String {
        guard items.count > limit + 1 else { return items.joined(separator: separator) }
        return items.prefix(limit).joined(separator: separator) + " and \(items.count - limit) more"
    }

    /// A text of the file cut to a length that fits a line; control characters are shown as \xNN.
    public static func excerpt(_ text: String, limit: Int = 60) -> String {
        var shown = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < limit else { return shown + "…" }
            Escaping.append(scalar, to: &shown)
        }
        return shown
    }

    private static func formatted(_ format: String, _ value: Double) -> String {
        withVaList([value]) { arguments in
            var buffer = [CChar](repeating: 0, count: 400)
            let length = vsnprintf(&buffer, buffer.count, format, arguments)
            return String(decoding: buffer.prefix(max(0, Int(length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
