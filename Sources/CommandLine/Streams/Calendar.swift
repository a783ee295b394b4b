// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The date of today, or of SOURCE_DATE_EPOCH.
enum Calendar {
    /// ISO 8601, in UTC.
    static func today() -> String {
        var seconds = Environment.value("SOURCE_DATE_EPOCH").flatMap { Int($0) } ?? time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let padded = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    }
}
