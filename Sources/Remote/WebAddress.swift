// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Transport

/// An address of the web that may be asked: http or https, a host, no user.
///
/// - Source: RFC 3986 sections 3 and 5.2.
public struct WebAddress: Sendable, Hashable {
    /// The scheme is https.
    public let isSecure: Bool
    /// In lower case; IPv6 in brackets.
    public let host: String
    /// nil for the port of the scheme.
    public let port: Int?
    /// Path and query, as they are sent; begins with a slash.
    let target: String

    private init(isSecure: Bool, host: String, port: Int?, target: String) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.target = target.isEmpty || target.first != "/" ? "/" + target : target
    }

    /// Nil for what is no such address, and for one with a user in front of its host.
    public init?(_ text: String) {
        let clean = Self.escaped(text)
        guard let colon = clean.firstIndex(of: ":"), clean[colon...].hasPrefix("://") else { return nil }
        let scheme = clean[..<colon].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = clean[colon...].dropFirst(3).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { return nil }
        var host = authority[...]
        var port: Int?
        let behind = authority.lastIndex(of: "]").map { authority[$0...] } ?? authority
        if let mark = behind.lastIndex(of: ":") {
            let digits = authority[authority.index(after: mark)...]
            host = authority[..<mark]
            if !digits.isEmpty {
                guard let number = Int(digits), (1...65_535).contains(number) else { return nil }
                port = number == (scheme == "https" ? 443 : 80) ? nil : number
            }
        }
        guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || ".-_[]:".contains($0) }) else {
            return nil
        }
        self.init(
            isSecure: scheme == "https", host: host.lowercased(), port: port,
            target: String(rest.dropFirst(authority.count)))
    }

    /// As it is asked.
    public var text: String { origin + target }

    /// The parts of the path, with escapes undone.
    public var parts: [String] {
        target.prefix { $0 != "?" }.split(separator: "/").map { part in
            var bytes: [UInt8] = []
            let all = Array(part.utf8)
            var at = 0
            while at < all.count {
                if all[at] == UInt8(ascii: "%"), at + 2 < all.count,
                    let byte = UInt8(String(decoding: all[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
                {
                    bytes.append(byte)
                    at += 3
                } else {
                    bytes.append(all[at])
                    at += 1
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Scheme, host and port.
    public var root: String { origin }

    private var origin: String {
        (isSecure ? "https://" : "http://") + host + (port.map { ":\($0)" } ?? "")
    }

    /// A place below this address; each part is written as it has to stand in a path, a slash in it as %2F.
    ///
    /// - Parameters:
    ///   - parts: Parts of the path, as they are meant.
    ///   - query: Names and values behind the question mark.
    public func below(_ parts: [String], query: [(name: String, value: String)] = []) -> WebAddress {
        var path = String(target.prefix { $0 != "?" })
        while path.last == "/" { path.removeLast() }
        path += parts.map { "/" + Self.part($0) }.joined()
        if !query.isEmpty {
            path += "?" + query.map { Self.part($0.name) + "=" + Self.part($0.value) }.joined(separator: "&")
        }
        return WebAddress(isSecure: isSecure, host: host, port: port, target: path)
    }

    /// The text with all but letters, digits and -._~ escaped.
    ///
    /// - Source: RFC 3986 section 2.3.
    public static func part(_ text: String) -> String { AddressText.escaped(Name(text)) }

    /// The address is of this machine.
    public var isLoopback: Bool {
        host == "localhost" || host == "[::1]" || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// As it may be shown: a query can hold what opens the file to whoever reads it.
    public var shown: String {
        guard let mark = target.firstIndex(of: "?") else { return text }
        return origin + target[..<mark] + "?..."
    }

    /// The same over https; nil where it names a port, behind which something else may listen.
    public var secured: WebAddress? {
        isSecure || port != nil ? nil : WebAddress(isSecure: true, host: host, port: nil, target: target)
    }

    /// What a reference in an answer leads to; nil where that is no such address.
    func resolved(_ reference: String) -> WebAddress? {
        let clean = Self.escaped(reference)
        let scheme = clean.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        if scheme.endIndex != clean.endIndex, clean[scheme.endIndex] == ":" { return WebAddress(clean) }
        let own = isSecure ? "https:" : "http:"
        if clean.hasPrefix("//") { return WebAddress(own + clean) }
        let path = target.prefix { $0 != "?" }
        let bare = String(clean.prefix { $0 != "#" })
        if bare.hasPrefix("/") { return replacing(bare) }
        if bare.hasPrefix("?") { return replacing(path + bare) }
        if bare.isEmpty { return self }
        return replacing(path[...(path.lastIndex(of: "/") ?? path.startIndex)] + bare)
    }

    private func replacing(_ target: some StringProtocol) -> WebAddress {
        let path = target.prefix { $0 != "?" }
        var parts: [Substring] = []
        for part in String(path).split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
        return WebAddress(
            isSecure: isSecure, host: host, port: port,
            target: "/" + parts.joined(separator: "/") + target.dropFirst(path.count))
    }

    /// With blanks, control characters and what is not ASCII written as the web writes them.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte <= 0x20 || byte >= 0x7F {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
