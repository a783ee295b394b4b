// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A date and time of day with its zone, where one is stated.
///
/// - Source: ISO 8601, RFC 3339.
public struct DateAndTime: Sendable, Hashable {
    /// Seconds since 1970-01-01T00:00:00 of the clock that is told: that of the zone, where one is known.
    public var clock: Int
    /// Billionths of a second beyond `clock`.
    public var nanoseconds: Int
    /// Digits of the fraction as stated.
    public var decimals: Int
    /// Seconds that the clock is ahead of UTC; nil where no zone is stated.
    public var offset: Int?

    /// Reads `2026-03-01T10:00:00.5+01:00`, with a blank for the T too; nil for other forms.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            return bytes[range].reduce(0 as Int?) { sum, byte in
                (0x30...0x39).contains(byte) ? sum.map { $0 * 10 + Int(byte) - 0x30 } : nil
            }
        }
        guard bytes.count >= 19, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            bytes[4] == 0x2D, bytes[7] == 0x2D, (1...12).contains(month), bytes[10] == 0x54 || bytes[10] == 0x20
        else { return nil }
        clock = Self.days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        nanoseconds = 0
        decimals = 0
        var index = 19
        if index < bytes.count, bytes[index] == 0x2E {
            var scale = 100_000_000
            index += 1
            while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
                nanoseconds += Int(bytes[index] - 0x30) * scale
                scale /= 10
                decimals += 1
                index += 1
            }
        }
        guard index < bytes.count else { return }
        if bytes[index] == 0x5A {
            guard index + 1 == bytes.count else { return nil }
            offset = 0
            return
        }
        guard bytes[index] == 0x2B || bytes[index] == 0x2D, let hours = number(index + 1..<index + 3) else {
            return nil
        }
        let seconds = hours * 3600 + (number(index + 4..<index + 6) ?? 0) * 60
        offset = bytes[index] == 0x2B ? seconds : -seconds
    }

    /// A moment of UTC.
    ///
    /// - Parameter seconds: Since 1970-01-01T00:00:00Z.
    public init(unix seconds: Int) {
        (clock, nanoseconds, decimals, offset) = (seconds, 0, 0, 0)
    }

    /// Days from 1970-01-01 to a day of the calendar of Gregory.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Years that begin in March, from 0000-03-01.
        let y = month > 2 ? year : year - 1
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day - 1 - 719_468
    }

    /// Seconds since 1970-01-01T00:00:00 of UTC, or of the clock where no zone is known.
    public var seconds: Double { Double(clock - (offset ?? 0)) + Double(nanoseconds) * 1e-9 }

    /// The same moment some seconds later, told to the millisecond at least where they are no whole number.
    public func later(by seconds: Double) -> DateAndTime? {
        guard seconds.isFinite, abs(seconds) < 1e10 else { return nil }
        var later = self
        let whole = seconds.rounded(.down)
        later.clock += Int(whole)
        later.nanoseconds += Int(((seconds - whole) * 1e9).rounded())
        if later.nanoseconds >= 1_000_000_000 {
            later.clock += 1
            later.nanoseconds -= 1_000_000_000
        }
        if whole != seconds { later.decimals = max(3, decimals) }
        return later
    }

    /// The same moment told in UTC; itself where no zone is known.
    public var inUTC: DateAndTime {
        guard let offset, offset != 0 else { return self }
        var moment = self
        moment.clock -= offset
        moment.offset = 0
        return moment
    }

    /// `2026-03-01T09:00:00.500Z`; without a zone where none is known.
    public var text: String {
        var (clock, nanoseconds) = (clock, nanoseconds)
        let digits = min(decimals, 9)
        var unit = 1
        for _ in 0..<(9 - digits) { unit *= 10 }
        nanoseconds = (nanoseconds + unit / 2) / unit
        if nanoseconds * unit >= 1_000_000_000 {
            nanoseconds = 0
            clock += 1
        }
        let day = clock >= 0 ? clock / 86_400 : (clock - 86_399) / 86_400
        let second = clock - day * 86_400
        let fraction = digits == 0 ? "" : "." + Self.padded(nanoseconds, digits)
        return Self.date(day) + "T" + Self.padded(second / 3600, 2) + ":" + Self.padded(second / 60 % 60, 2) + ":"
            + Self.padded(second % 60, 2) + fraction + zone
    }

    /// The zone as RFC 3339 writes it: `Z`, `+01:00`; empty where none is known.
    public var zone: String {
        guard let offset else { return "" }
        guard offset != 0 else { return "Z" }
        let minutes = abs(offset) / 60
        return (offset < 0 ? "-" : "+") + Self.padded(minutes / 60, 2) + ":" + Self.padded(minutes % 60, 2)
    }

    /// Year, month and day of a number of days from 1970-01-01.
    private static func date(_ day: Int) -> String {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
        return padded(year, 4) + "-" + padded(month < 10 ? month + 3 : month - 9, 2) + "-"
            + padded(dayOfYear - (153 * month + 2) / 5 + 1, 2)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
