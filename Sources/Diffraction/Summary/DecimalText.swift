// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Decimal text of numbers, without a locale.
public enum DecimalText {
    /// The shortest text that reads back to the same number, without a trailing ".0".
    public static func shortest(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The number rounded to some decimals, without trailing zeros.
    ///
    /// - Parameter decimals: 0...15.
    public static func rounded(_ value: Double, decimals: Int) -> String { shortest(value.cleared(to: decimals)) }

    /// One unit of the last digit of the shortest text of a number: 0.001 for 0.976, 1 for 40.
    public static func lastDigit(of value: Double) -> Double {
        let parts = "\(value.magnitude)".split(separator: "e")
        guard let mantissa = parts.first else { return 0 }
        let decimals = mantissa.split(separator: ".").dropFirst().first.map { $0 == "0" ? 0 : $0.count } ?? 0
        let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - decimals
        guard exponent.magnitude < 300 else { return 0 }
        return (0..<exponent.magnitude).reduce(1.0) { unit, _ in exponent < 0 ? unit / 10 : unit * 10 }
    }
}
