// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Dates of image headers in the form of RFC 3339.
///
/// - Source: RFC 3339; date lines of PILATUS, MAR and SMV headers.
public enum DateText {
    /// `2011-07-14T12:45:19.719`, from that form, from `2010/Oct/21 15:13:38.462` and `Mon Sep 10 23:15:52 2018`.
    ///
    /// `2018-12-13T15:51Z34.902` is UTC: cctbx.xfel writes the Z before the seconds.
    /// - Parameter zone: Appended where the text has none.
    /// - Returns: Nil for a text that is no date and time of the calendar.
    public static func normalised(_ text: String, zone: String?) -> String? {
        var parts = text.split { $0 == " " || $0 == "\t" }.map(String.init)
        if parts.count == 1, let mark = text.firstIndex(of: "Z"), text.distance(from: text.startIndex, to: mark) == 16 {
            let seconds = text[text.index(after: mark)...]
            if seconds.first?.isNumber == true { return normalised("\(text[..<mark]):\(seconds)Z", zone: zone) }
        }
        if parts.count == 6, parts[0].count == 3, parts[4].count == 3 { parts.remove(at: 4) }
        if parts.count == 1, let mark = text.firstIndex(where: { $0 == "T" || $0 == "t" }) {
            parts = [String(text[..<mark]), String(text[text.index(after: mark)...])]
        }
        if parts.count == 5, parts[0].count == 3 { parts = ["\(parts[4])/\(parts[1])/\(parts[2])", parts[3]] }
        guard parts.count == 2 else { return nil }
        let day = parts[0].split { $0 == "-" || $0 == "/" }.map(String.init)
        guard day.count == 3, day[0].count == 4, let year = Int(day[0]), let month = month(day[1]),
            let date = Int(day[2]), (1...days(year, month)).contains(date), let time = time(parts[1], zone)
        else { return nil }
        return "\(day[0])-\(two(month))-\(two(date))T\(time)"
    }

    private static func month(_ text: String) -> Int? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        if let index = names.firstIndex(of: String(text.lowercased().prefix(3))) { return index + 1 }
        return Int(text).flatMap { (1...12).contains($0) ? $0 : nil }
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][max(0, min(month - 1, 11))]
    }

    /// Hours, minutes and seconds with their fraction, and the zone behind them.
    private static func time(_ text: String, _ zone: String?) -> String? {
        var clock = text[...]
        var own: String?
        if clock.hasSuffix("Z") || clock.hasSuffix("z") {
            own = "Z"
            clock = clock.dropLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let offset = clock[sign...]
            let digits = offset.dropFirst().filter { $0 != ":" }
            guard digits.count == 4, let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours < 15,
                minutes < 60
            else { return nil }
            own = "\(offset.prefix(1))\(two(hours)):\(two(minutes))"
            clock = clock[..<sign]
        }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
            (0...59).contains(minute), let second = Double(parts[2]), second >= 0, second < 61,
            parts[2].allSatisfy({ $0.isNumber || $0 == "." })
        else { return nil }
        let fraction = parts[2].firstIndex(of: ".").map { String(parts[2][$0...]) } ?? ""
        return "\(two(hour)):\(two(minute)):\(two(Int(second)))\(fraction == "." ? "" : fraction)\(own ?? zone ?? "")"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
