// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A date and time as NeXus asks for them, judged by the calendar and not by a prefix.
///
/// - Source: ISO 8601; nxdlTypes.xsd (ISO8601); NeXus manual, dates and times.
public enum Timestamp: Sendable, Hashable {
    /// Date and time with a zone.
    case complete
    /// No zone, a date alone, or the zone `-00:00`.
    case withoutZone
    /// A blank for the `T`, or no seconds.
    case unusual
    /// No date and time of the calendar.
    case unreadable

    public init(_ text: String) {
        var scanner = TimestampScanner(text)
        self = scanner.scan()
    }

    /// What is wrong with a text that is unreadable, after its name and value.
    ///
    /// ISO 8601 allows more than is asked: a zone of hours alone, dates without hyphens, weeks.
    public static func fault(of text: String) -> String {
        let tail = Array(text.utf8.suffix(3))
        let isHours = tail.count == 3 && tail[1...].allSatisfy { (48...57).contains($0) }
        let hasSign = tail.first == UInt8(ascii: "+") || tail.first == UInt8(ascii: "-")
        let lacksMinutes = isHours && hasSign && Timestamp(text + ":00") == .complete
        return "is not a date and time of RFC 3339 and xs:dateTime"
            + (lacksMinutes ? "; the zone lacks its minutes" : "")
    }

    /// A zone alone, such as `Z` or `+01:00`.
    static func isZone(_ text: String) -> Bool {
        var scanner = TimestampScanner(text)
        return scanner.zone() != nil && scanner.isAtEnd
    }
}

/// A point in time as a text states it.
public struct Moment: Sendable, Hashable {
    /// Seconds since the beginning of 1970, the zone taken off; a text without one is taken as UTC.
    public let seconds: Double
    public let hasZone: Bool
    /// Seconds that the text leaves open: 1 without a fraction, a minute without seconds, a day for a date alone.
    public let resolution: Double

    /// - Returns: nil for what is no date and time of the calendar.
    public init?(_ text: String) {
        var scanner = TimestampScanner(text)
        let verdict = scanner.scan()
        guard verdict != .unreadable, let date = scanner.date else { return nil }
        seconds = Double(Self.days(date.year, date.month, date.day)) * 86400 + scanner.time - scanner.offset
        hasZone = verdict == .complete
        resolution = scanner.resolution
    }

    /// Days since the beginning of 1970 in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let inYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + inYear - 719_468
    }
}

private struct TimestampScanner {
    private let bytes: [UInt8]
    private var at = 0
    /// What has been read so far.
    private(set) var date: (year: Int, month: Int, day: Int)?
    private(set) var time = 0.0
    private(set) var offset = 0.0
    private(set) var resolution = 86400.0
    private var partOfSecond = 0.0

    init(_ text: String) { bytes = Array(text.utf8.prefix(64)) }

    var isAtEnd: Bool { at == bytes.count }

    mutating func scan() -> Timestamp {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
            isDate(year, month, day)
        else { return .unreadable }
        date = (year, month, day)
        if isAtEnd { return .withoutZone }
        var isUnusual = false
        if take(" ") { isUnusual = true } else if !take("T") && !take("t") { return .unreadable }
        guard let hour = number(2), take(":"), let minute = number(2) else { return .unreadable }
        var second = 0
        var fraction = false
        if take(":") {
            guard let stated = number(2) else { return .unreadable }
            second = stated
            if take(".") || take(",") {
                guard let tail = digits() else { return .unreadable }
                fraction = tail
            }
            resolution = fraction ? 0.001 : 1
        } else {
            isUnusual = true
            resolution = 60
        }
        time = Double(hour) * 3600 + Double(minute) * 60 + Double(second) + partOfSecond
        let isMidnight = hour == 24 && minute == 0 && second == 0 && !fraction
        guard hour < 24 || isMidnight, minute < 60, second <= 60 else { return .unreadable }
        if isAtEnd { return isUnusual ? .unusual : .withoutZone }
        guard let zone = zone(), isAtEnd else { return .unreadable }
        if isUnusual { return .unusual }
        return zone == .unknown ? .withoutZone : .complete
    }

    enum Zone { case known, unknown }

    /// `Z`, `+hh:mm` or `+hhmm` up to 14 hours, as xs:dateTime has it; unknown is `-00:00`.
    mutating func zone() -> Zone? {
        if take("Z") || take("z") { return .known }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = number(2) else { return nil }
        _ = take(":")
        guard let minutes = number(2), minutes < 60, hours * 60 + minutes <= 14 * 60 else { return nil }
        offset = Double((isNegative ? -1 : 1) * (hours * 60 + minutes)) * 60
        return isNegative && hours == 0 && minutes == 0 ? .unknown : .known
    }

    private func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1...12).contains(month) else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length =
            switch month {
            case 2: isLeap ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        return day >= 1 && day <= length
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: sign) else { return false }
        at += 1
        return true
    }

    private mutating func number(_ width: Int) -> Int? {
        guard at + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[at..<(at + width)] {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        at += width
        return value
    }

    /// A run of digits; whether one of them is not zero.
    private mutating func digits() -> Bool? {
        let start = at
        while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 { at += 1 }
        var weight = 0.1
        for byte in bytes[start..<at] {
            partOfSecond += Double(byte &- 48) * weight
            weight /= 10
        }
        return at > start ? bytes[start..<at].contains { $0 != 48 } : nil
    }
}
