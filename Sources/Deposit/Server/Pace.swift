// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Packaging
internal import Remote
internal import Synchronization

/// Keeps requests below what a repository allows, whoever sends them.
final class Pace: Sendable {
    private struct State {
        /// When requests were sent, the latest last.
        var sent: [Double] = []
        /// Nobody asks before.
        var blocked = 0.0
    }

    private let limits: RepositoryTarget.Limits
    private let state = Mutex(State())

    init(_ limits: RepositoryTarget.Limits) { self.limits = limits }

    /// Seconds to wait before a request may go out; the request is counted when there are none.
    func wait() -> Double {
        let now = Moment.steady
        return state.withLock { state in
            state.sent.removeAll { now - $0 > 3_600 }
            var wait = max(0, state.blocked - now)
            for (most, span) in [(limits.requestsPerMinute, 60.0), (limits.requestsPerHour, 3_600.0)] {
                guard let most, most > 0 else { continue }
                let recent = state.sent.filter { now - $0 < span }
                if recent.count >= most { wait = max(wait, recent[recent.count - most] + span - now) }
            }
            if wait <= 0 { state.sent.append(now) }
            return wait
        }
    }

    /// Takes notice of what the server says of its limits.
    ///
    /// `Retry-After` stands on every answer and means something with 429 and 503 alone.
    func learn(_ reply: WebReply, longest: Int) {
        guard let left = reply.fields["x-ratelimit-remaining"].flatMap({ Int($0) }), left <= 0,
            let reset = reply.fields["x-ratelimit-reset"].flatMap({ Int($0) })
        else { return }
        // The clock of the server, where it tells its time.
        let server = reply.fields["date"].flatMap(HTTPDate.seconds) ?? Moment.seconds
        let wait = Double(min(max(0, reset - server), longest))
        state.withLock { $0.blocked = max($0.blocked, Moment.steady + wait) }
    }
}

/// Dates of HTTP.
enum HTTPDate {
    /// Seconds since 1970 of "Mon, 30 Nov 2026 10:43:36 GMT"; nil for another form.
    ///
    /// - Source: RFC 9110 section 5.6.7.
    static func seconds(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3]), (1970...9999).contains(year), (1...31).contains(day)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        return days(year, month + 1, day) * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2]
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
