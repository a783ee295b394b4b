// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Comparison {
    /// Compares two dates: as instants when both have a zone or neither has, else as texts.
    mutating func compare(
        _ fact: String, of subject: String = "", dates first: Sourced<String>?, _ second: Sourced<String>?
    ) {
        guard let (a, b) = both(fact, of: subject, first, second, text: { "'\($0)'" }) else { return }
        if let x = Self.seconds(a.value), let y = Self.seconds(b.value), x.hasZone == y.hasZone {
            guard (x.seconds - y.seconds).magnitude >= 0.0005 else { return }
        } else if a.value == b.value {
            return
        }
        differences.append(
            Difference(
                kind: .text, subject: subject, fact: fact, first: ComparedValue(text: "'\(a.value)'", origin: a.origin),
                second: ComparedValue(text: "'\(b.value)'", origin: b.origin), amount: nil, unit: nil))
    }

    /// Seconds of `2026-03-01T10:00:00.5+01:00`, with a blank for the T too; nil for other forms.
    static func seconds(_ text: String) -> (seconds: Double, hasZone: Bool)? {
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
        // Days since 0000-03-01, years that begin in March.
        let y = month > 2 ? year : year - 1
        let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        var seconds = Double(days) * 86_400 + Double(hour * 3600 + minute * 60 + second)
        var index = 19
        if index < bytes.count, bytes[index] == 0x2E {
            var scale = 0.1
            index += 1
            while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
                seconds += Double(bytes[index] - 0x30) * scale
                scale /= 10
                index += 1
            }
        }
        guard index < bytes.count else { return (seconds, false) }
        if bytes[index] == 0x5A { return index + 1 == bytes.count ? (seconds, true) : nil }
        guard bytes[index] == 0x2B || bytes[index] == 0x2D, let hours = number(index + 1..<index + 3) else {
            return nil
        }
        let minutes = number(index + 4..<index + 6) ?? 0
        let offset = Double(hours * 3600 + minutes * 60)
        return (seconds - (bytes[index] == 0x2B ? offset : -offset), true)
    }
}
