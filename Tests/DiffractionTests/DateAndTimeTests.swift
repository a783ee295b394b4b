// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Testing

/// Dates and times. Oracle: the calendar; the text that was read.
@Suite struct DateAndTimeTests {
    @Test(arguments: [
        "2016-03-05T09:01:45.613", "2000-02-29T23:59:59Z", "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.5Z",
        "2026-11-30T10:00:00+01:00", "2026-11-30T10:00:00.25-09:30", "9999-12-31T00:00:00",
    ])
    func `a text that is read is told as it was`(_ text: String) throws {
        #expect(try #require(DateAndTime(text)).text == text)
    }

    @Test func `later is later, over the end of a month, a year and a second`() throws {
        let start = try #require(DateAndTime("2023-12-31T23:59:59.900"))
        #expect(start.later(by: 0.1)?.text == "2024-01-01T00:00:00.000")
        #expect(start.later(by: 60 * 86_400)?.text == "2024-02-29T23:59:59.900")
        #expect(start.later(by: -86_400)?.text == "2023-12-30T23:59:59.900")
        #expect(start.later(by: .infinity) == nil)
    }

    @Test func `a zone is taken off, and no zone stays none`() throws {
        #expect(try #require(DateAndTime("2026-06-01T00:30:00+01:00")).inUTC.text == "2026-05-31T23:30:00Z")
        #expect(try #require(DateAndTime("2026-06-01T00:30:00")).inUTC.text == "2026-06-01T00:30:00")
        #expect(DateAndTime(unix: 951_782_400).text == "2000-02-29T00:00:00Z")
    }

    @Test(arguments: ["", "2026-13-01T00:00:00", "2026-01-01", "2026-01-01T00:00:0x", "2026-01-01T00:00:00x", "Z"])
    func `what is no date is none`(_ text: String) {
        #expect(DateAndTime(text) == nil)
    }
}
