// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What in a text leads to a person: a home folder, or an address of e-mail.
///
/// Only the kind is told, never the text itself: a report goes further than the file.
/// - Source: RFC 5322 section 3.4.1 (addresses); Filesystem Hierarchy Standard 3.0 section 3.8 (home folders).
enum PersonalTrace: String {
    case home = "a home folder"
    case address = "an e-mail address"

    /// The first trace in a text; nil for a text that has none.
    static func first(in text: String) -> PersonalTrace? {
        let bytes = Array(text.utf8)
        for at in bytes.indices {
            switch bytes[at] {
            case UInt8(ascii: "/"), UInt8(ascii: "\\"):
                if isHome(bytes, at) { return .home }
            case UInt8(ascii: "@"):
                if isAddress(bytes, at) { return .address }
            default: continue
            }
        }
        return nil
    }

    // MARK: Home folders

    private static let folders = ["home", "users", "documents and settings"].map { Array($0.utf8) }
    /// Names below such folders that are of nobody: for all users, and words that stand for a name.
    private static let nobodies: Set<String> = [
        "public", "shared", "default", "all users", "all", "user", "username", "linuxbrew", "conda", "runner",
    ]

    /// A separator behind which the folder of accounts stands, and behind that a name.
    private static func isHome(_ bytes: [UInt8], _ at: Int) -> Bool {
        for folder in folders {
            let end = at + 1 + folder.count
            guard end < bytes.count, lower(bytes[(at + 1)..<end]) == folder, isSeparator(bytes[end]) else { continue }
            var start = end
            while start < bytes.count, isSeparator(bytes[start]) { start += 1 }
            let name = bytes[start...].prefix { isName($0) }
            guard let first = name.first, isLetter(first) else { return false }
            if nobodies.contains(String(decoding: lower(name), as: UTF8.self)) { return false }
            return !isBehindHost(bytes, at)
        }
        return false
    }

    /// The path is of an address of the web, whose pages may be called so; a path behind "file://" is of a machine.
    private static func isBehindHost(_ bytes: [UInt8], _ at: Int) -> Bool {
        let front = lower(word(bytes, upTo: at))
        return ["http://", "https://", "ftp://"].contains { String(decoding: front, as: UTF8.self).contains($0) }
    }

    // MARK: Addresses

    /// Boxes of facilities and programs, which are of no person.
    private static let boxes: Set<String> = [
        "info", "support", "help", "helpdesk", "contact", "webmaster", "admin", "office", "users", "useroffice",
        "noreply", "no-reply", "git", "root", "mail", "bugs", "sales", "service", "postmaster", "data", "archive",
        "deposit", "journals", "beamline", "staff", "team", "list", "hdf-forum",
    ]

    private static func isAddress(_ bytes: [UInt8], _ at: Int) -> Bool {
        var start = at
        while start > 0, isName(bytes[start - 1]) || [0x2B, 0x25].contains(bytes[start - 1]) { start -= 1 }
        let local = bytes[start..<at]
        guard let first = local.first, isLetter(first) || isDigit(first) else { return false }
        // A user in front of the host of a location, or a folder of one, is DATA-016's.
        if start > 0, isSeparator(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ":") && isBehindHost(bytes, at)
        {
            return false
        }
        if boxes.contains(String(decoding: lower(local), as: UTF8.self)) { return false }
        var domain = bytes[(at + 1)...].prefix { isLetter($0) || isDigit($0) || $0 == 0x2D || $0 == 0x2E }
        while domain.last == 0x2E { domain = domain.dropLast() }
        let labels = domain.split(separator: 0x2E, omittingEmptySubsequences: false)
        // "git@host:path" and "hdf5@1.14.3" are none.
        guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last, last.count > 1,
            last.allSatisfy(isLetter)
        else { return false }
        let name = String(decoding: lower(domain), as: UTF8.self)
        return !["example.org", "example.com", "example.net"].contains(name) && !name.hasSuffix(".example")
    }

    // MARK: Bytes

    /// What stands in front of a place without a blank or a quote.
    private static func word(_ bytes: [UInt8], upTo at: Int) -> ArraySlice<UInt8> {
        var start = at
        while start > 0, bytes[start - 1] > 0x20, ![0x22, 0x27, 0x3C, 0x3E].contains(bytes[start - 1]) { start -= 1 }
        return bytes[start..<at]
    }

    private static func lower(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80 }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isName(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
    }
}
