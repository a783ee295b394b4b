// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of a location, as far as its text tells them; nothing is decoded.
///
/// - Source: RFC 3986 section 3.
struct Location {
    let text: String
    /// In lower case; nil for a relative reference.
    let scheme: String?
    /// Before the last '@' of the authority; nil without one.
    private(set) var user: Substring?
    /// In lower case, without user and port; empty without an authority.
    private(set) var host = ""
    private(set) var path: Substring
    private(set) var query: Substring = ""
    private(set) var fragment: Substring = ""

    init(_ text: String) {
        self.text = text
        scheme = LocationFault.scheme(text)
        var rest = text[...]
        if let scheme { rest = rest.dropFirst(scheme.count + 1) }
        fragment = rest.drop { $0 != "#" }.dropFirst()
        rest = rest.prefix { $0 != "#" }
        if let mark = rest.firstIndex(of: "?") {
            query = rest[mark...].dropFirst()
            rest = rest[..<mark]
        }
        path = rest
        guard scheme != nil, rest.hasPrefix("//") else { return }
        let authority = rest.dropFirst(2).prefix { $0 != "/" }
        path = rest.dropFirst(2 + authority.count)
        var address = authority
        if let at = authority.lastIndex(of: "@") {
            user = authority[..<at]
            address = authority[at...].dropFirst()
        }
        if address.hasPrefix("["), let end = address.firstIndex(of: "]") {
            host = address[...end].lowercased()
        } else {
            host = address.prefix { $0 != ":" }.lowercased()
        }
    }

    /// Only this computer, or this network, knows the place: a file, a relative reference, an address that is not public.
    ///
    /// - Source: RFC 1918, 3927, 4193, 4291, 6598, 6761, 6762.
    var isLocal: Bool {
        guard let scheme else { return true }
        if scheme == "file" { return true }
        guard !host.isEmpty else { return false }
        if host.hasPrefix("[") { return Self.isLocalIPv6(host.dropFirst().dropLast()) }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt8($0) }
        if parts.count == 4, numbers.count == 4 {
            switch (numbers[0], numbers[1]) {
            case (0, _), (10, _), (127, _), (169, 254), (192, 168): return true
            case (172, let second): return (16...31).contains(second)
            case (100, let second): return (64...127).contains(second)
            default: return false
            }
        }
        let last = parts.last { !$0.isEmpty } ?? ""
        return parts.filter { !$0.isEmpty }.count < 2
            || ["local", "localhost", "localdomain", "internal", "lan", "intranet"].contains(last)
            || host.hasSuffix(".home.arpa")
    }

    private static func isLocalIPv6(_ address: Substring) -> Bool {
        if address == "::1" || address == "::" { return true }
        guard let first = UInt16(address.prefix { $0 != ":" }, radix: 16) else { return false }
        return first & 0xFE00 == 0xFC00 || first & 0xFFC0 == 0xFE80
    }

    /// What opens the location to whoever reads it: "a password", or the name of a field of the query.
    var secret: String? {
        if hasPassword { return "a password" }
        if hasTokenAsUser { return "an access token as the user" }
        return secretFields.first.map { "the access key '\($0)'" }
    }

    private var hasPassword: Bool {
        guard let user, let colon = user.firstIndex(of: ":"), user.index(after: colon) != user.endIndex else {
            return false
        }
        // What anybody may say at a public server of files is no secret.
        return !["anonymous", "ftp", "guest"].contains(user[..<colon].lowercased())
    }

    /// A user of the web whose name no person has: letters and digits in a long row.
    private var hasTokenAsUser: Bool {
        guard let user, !user.contains(":"), scheme == "http" || scheme == "https" else { return false }
        return user.count >= 20 && user.contains(where: \.isNumber)
    }

    private var fields: [(name: Substring, value: Substring)] { Self.fields(query) + Self.fields(fragment) }

    private static func fields(_ text: Substring) -> [(name: Substring, value: Substring)] {
        text.split { $0 == "&" || $0 == ";" }.map { field in
            let name = field.prefix { $0 != "=" }
            return (name, field.dropFirst(name.count + 1))
        }
    }

    private var secretFields: [Substring] {
        fields.filter { field in
            guard !field.value.isEmpty else { return false }
            let name = field.name.lowercased()
            if Self.secretNames.contains(name) || Self.secretEndings.contains(where: name.hasSuffix) { return true }
            // The form of a JSON Web Token, whatever it is called.
            if field.value.hasPrefix("eyJ"), field.value.contains(".") { return true }
            // 'key' may name a file as well; a name has a dot or a slash.
            return name == "key" && field.value.count >= 16
                && field.value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_=".contains($0)) }
        }.map(\.name)
    }

    private static let secretNames: Set<String> = [
        "token", "access_token", "accesstoken", "auth_token", "authtoken", "id_token", "jwt", "sig", "signature",
        "x-amz-signature", "x-amz-security-token", "x-goog-signature", "awsaccesskeyid", "api_key", "apikey", "api-key",
        "access_key", "secret", "client_secret", "password", "passwd", "pwd", "sharekey", "auth", "authorization",
        "authkey", "ticket", "sid", "session", "sessionid", "session_id", "jsessionid", "phpsessid", "credential",
        "credentials", "bearer", "x-amz-credential",
    ]
    private static let secretEndings = [
        "token", "-token", "_secret", "password", "_signature", "-signature", "apikey", "api_key", "_auth",
        "privatekey",
    ]

    /// The text with every secret put out.
    var masked: String {
        guard secret != nil else { return text }
        var shown = text
        if let user, let range = text.range(of: user + "@") {
            let name = user.firstIndex(of: ":").map { user[...$0] } ?? ""
            shown = text[..<range.lowerBound] + name + "***@" + text[range.upperBound...]
        }
        let names = Set(secretFields)
        guard !names.isEmpty else { return shown }
        func masked(_ text: Substring, after mark: String) -> String {
            guard !text.isEmpty else { return "" }
            return mark
                + Self.fields(text).map { field in
                    names.contains(field.name)
                        ? field.name + "=***"
                        : field.value.isEmpty ? String(field.name) : field.name + "=" + field.value
                }.joined(separator: "&")
        }
        return shown.prefix { $0 != "?" && $0 != "#" } + masked(query, after: "?") + masked(fragment, after: "#")
    }
}

extension String {
    /// The first place of a text in this one; without Foundation.
    fileprivate func range(of needle: Substring) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}
