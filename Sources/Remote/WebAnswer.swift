// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Status and header of an answer, as far as they are used.
///
/// - Source: RFC 9110.
struct WebAnswer: Sendable {
    var status = 0
    /// Content-Length.
    var length: Int?
    /// Content-Range: the bytes that were sent and the size of the file; the bytes are nil for "*".
    var range: (bytes: Range<Int>?, size: Int?)?
    /// Content-Type in lower case, without parameters.
    var type = ""
    var identity = RemoteIdentity()
    var location: String?
    /// Seconds.
    var retryAfter: Int?

    /// Takes a line; one of status begins a new header, for servers may send words ahead.
    mutating func take(_ line: String) {
        if line.hasPrefix("HTTP/") {
            self = WebAnswer()
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        switch line[..<colon].lowercased() {
        case "content-length": length = Int(value).flatMap { $0 >= 0 ? $0 : nil }
        case "content-range": range = Self.range(value)
        case "content-type":
            type = value.prefix { $0 != ";" && $0 != " " }.lowercased()
        case "etag": identity.tag = String(value.prefix(200))
        case "last-modified": identity.modified = String(value.prefix(100))
        case "location": location = String(value.prefix(8_000))
        case "retry-after": retryAfter = Int(value)
        default: break
        }
    }

    /// "bytes 0-99/1000", "bytes */1000", "bytes 0-99/*".
    private static func range(_ text: Substring) -> (bytes: Range<Int>?, size: Int?)? {
        guard text.lowercased().hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/")
        guard parts.count == 2 else { return nil }
        let size = Int(parts[1])
        if let size, size < 0 { return nil }
        let ends = parts[0].split(separator: "-").compactMap { Int($0) }
        guard ends.count == 2 else { return parts[0] == "*" ? (nil, size) : nil }
        guard ends[0] >= 0, ends[0] <= ends[1], ends[1] < size ?? Int.max else { return nil }
        return (ends[0]..<(ends[1] + 1), size)
    }
}

/// By what a server tells one state of a file from another.
public struct RemoteIdentity: Sendable, Hashable {
    /// ETag as sent.
    public var tag: String?
    /// Last-Modified as sent.
    public var modified: String?

    /// The value of If-Range: a strong tag, else the date.
    ///
    /// - Source: RFC 9110 section 13.1.5.
    var condition: String? {
        [tag.flatMap { $0.hasPrefix("\"") ? $0 : nil }, modified].lazy.compactMap(Self.plain).first
    }

    /// What may stand in a field of a request: a server does not write other fields into it.
    private static func plain(_ value: String?) -> String? {
        guard let value, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return value
    }
}
