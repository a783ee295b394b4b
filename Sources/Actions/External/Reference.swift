// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// A location as far as it has to be taken apart to find a file for it.
///
/// - Source: RFC 3986, RFC 8089.
struct Reference {
    /// In lower case; nil for a relative reference.
    let scheme: String?
    /// Behind the authority, before query and fragment, with escapes undone.
    let path: String

    init(_ text: String) {
        var rest = text[...]
        let name = text.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        if name.endIndex != text.endIndex, text[name.endIndex] == ":", name.count > 1,
            name.utf8.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) })
        {
            scheme = name.lowercased()
            rest = text[name.endIndex...].dropFirst()
        } else {
            scheme = nil
        }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        if scheme != nil, rest.hasPrefix("//") { rest = rest.dropFirst(2).drop { $0 != "/" } }
        path = Self.unescaped(rest)
    }

    /// A server has it.
    var isRemote: Bool { scheme == "http" || scheme == "https" || scheme == "ftp" || scheme == "rsync" }

    /// Parts of the path; what services write behind the name of a file is left out.
    var parts: [Substring] {
        var parts = path.split(separator: "/").filter { $0 != "." }
        while let last = parts.last, parts.count > 1, isRemote, ["content", "download"].contains(last.lowercased()) {
            parts.removeLast()
        }
        return parts
    }

    private static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        let all = Array(text.utf8)
        var at = 0
        while at < all.count {
            if all[at] == UInt8(ascii: "%"), at + 2 < all.count,
                let byte = UInt8(String(decoding: all[(at + 1)...(at + 2)], as: UTF8.self), radix: 16), byte != 0
            {
                bytes.append(byte)
                at += 3
            } else {
                bytes.append(all[at])
                at += 1
            }
        }
        return Name(bytes: bytes).text
    }
}
