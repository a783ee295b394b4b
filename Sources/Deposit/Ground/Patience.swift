// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Remote

/// How long a deposit waits, and how often it asks again.
public struct Patience: Sendable {
    /// For connections and silence.
    public var web = WebCaller.Patience()
    /// How often what is safe is asked, and what failed is done again.
    public var tries = 5
    /// Seconds before the first repetition; twice as long before each further one.
    public var pause = 1.0
    /// Seconds that a server may ask for.
    public var longestWait = 3_600
    /// Seconds in which a publication may show whose answer was lost.
    public var publication = 300.0
    /// Seconds between two looks at something that takes its time.
    public var look = 5.0

    public init() {}

    /// Seconds before a repetition, some more or less so that clients do not come back together.
    func pause(before attempt: Int) -> Double {
        pause * Double(1 << min(max(0, attempt - 1), 6)) * Double.random(in: 0.8...1.2)
    }
}

/// Time of this machine.
enum Moment {
    /// Seconds since 1970.
    static var seconds: Int { time(nil) }

    /// Seconds of a clock that nobody sets.
    static var steady: Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
    }

    static func sleep(_ seconds: Double) {
        let end = steady + seconds
        while steady < end { usleep(UInt32(min(0.2, max(0.001, end - steady)) * 1_000_000)) }
    }

    /// "2026-01-31T12:00:00Z".
    static func text(_ seconds: Int) -> String {
        var moment = seconds
        var parts = tm()
        gmtime_r(&moment, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }

    /// The day of the clock, in UTC.
    static var today: String { String(text(seconds).prefix(10)) }
}
