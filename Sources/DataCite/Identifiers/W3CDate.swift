// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A year, month, day or time as records have it.
///
/// - Source: W3C Date and Time Formats (NOTE-datetime); RKMS-ISO8601 for ranges.
public struct W3CDate: Sendable, Hashable {
    /// What keeps a text from being such a date.
    public enum Fault: Error, Sendable, Hashable {
        /// It has another form, or names a day or time that does not exist.
        case form
        /// A time without its zone.
        case noZone
    }

    /// Four digits.
    public var year: Int
    /// 1 to 12; nil where only the year is given.
    public var month: Int?
    /// From 1; nil where only year and month are given.
    public var day: Int?
    /// Seconds of the day, fractions included; nil for a day.
    public var seconds: Double?
    /// Minutes east of Greenwich; nil for a day, and for a time without zone.
    public var zone: Int?

    /// Reads one date.
    ///
    /// - Parameter needsZone: A time without its zone is a fault.
    public static func read(_ text: some StringProtocol, needsZone: Bool = true) -> Result<W3CDate, Fault> {
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.digits(4), year > 0 else { return .failure(.form) }
        var date = W3CDate(year: year)
        if reader.isAtEnd { return .success(date) }
        guard reader.take("-"), let month = reader.digits(2), (1...12).contains(month) else { return .failure(.form) }
        date.month = month
        if reader.isAtEnd { return .success(date) }
        guard reader.take("-"), let day = reader.digits(2), day > 0, day <= days(of: month, in: year) else {
            return .failure(.form)
        }
        date.day = day
        if reader.isAtEnd { return .success(date) }
        guard reader.take("T"), let hour = reader.digits(2), hour < 24, reader.take(":"),
            let minute = reader.digits(2), minute < 60
        else { return .failure(.form) }
        var seconds = Double(hour * 3600 + minute * 60)
        if reader.take(":") {
            guard let whole = reader.digits(2), whole < 61 else { return .failure(.form) }
            seconds += Double(whole)
            if reader.take(".") {
                guard let fraction = reader.fraction() else { return .failure(.form) }
                seconds += fraction
            }
        }
        date.seconds = seconds
        if reader.isAtEnd { return needsZone ? .failure(.noZone) : .success(date) }
        if reader.take("Z") {
            date.zone = 0
        } else {
            let isWest = reader.take("-")
            guard isWest || reader.take("+"), let hours = reader.digits(2), hours < 24, reader.take(":"),
                let minutes = reader.digits(2), minutes < 60
            else { return .failure(.form) }
            date.zone = (isWest ? -1 : 1) * (hours * 60 + minutes)
        }
        return reader.isAtEnd ? .success(date) : .failure(.form)
    }

    /// Days of a month.
    public static func days(of month: Int, in year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1 March of the year 0, for the day on which the date begins.
    private var dayNumber: Int {
        let month = month ?? 1
        let y = month > 2 ? year : year - 1
        let m = (month + 9) % 12
        return 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + (day ?? 1) - 1
    }

    /// Seconds on one line, at the beginning of what the date names; a time without zone counts as of Greenwich.
    public var instant: Double { Double(dayNumber) * 86_400 + (seconds ?? 0) - Double((zone ?? 0) * 60) }

    /// "2026-11-30", as far as it is known.
    public var dayText: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let digits = String(year)
        let year = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return ([year] + [month, day].compactMap { $0.map(two) }).joined(separator: "-")
    }

    /// The same day some years later; 29 February becomes 1 March where there is none.
    public func later(years: Int) -> W3CDate {
        var date = W3CDate(year: min(year + max(years, 0), 9999), month: month, day: day)
        if let month, let day, day > Self.days(of: month, in: date.year) {
            date.month = month + 1
            date.day = 1
        }
        return date
    }
}

/// Digits of fixed length from the front of a text.
struct DigitReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index >= bytes.count }

    mutating func digits(_ count: Int) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + count] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += count
        return value
    }

    mutating func fraction() -> Double? {
        var unit = 0.1
        var value = 0.0
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            value += Double(bytes[index] - 0x30) * unit
            unit /= 10
            index += 1
        }
        return index > start ? value : nil
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }
}
