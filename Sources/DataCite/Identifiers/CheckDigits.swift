// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Identifiers of people and organisations that carry check digits.
///
/// - Source: ISO/IEC 7064 (MOD 11-2 and MOD 97-10); ror.org and orcid.org on the structure of their identifiers.
public enum CheckDigits {
    /// The kinds of identifier that are told apart by their form.
    public enum Kind: String, Sendable, Hashable {
        case orcid = "ORCID"
        case ror = "ROR"
        case isni = "ISNI"
        case funder = "Crossref Funder ID"
        case grid = "GRID"
    }

    /// The kind that an address names; nil for one that names none of them.
    public static func kind(ofAddress text: String) -> Kind? {
        var rest = text.lowercased()[...]
        for prefix in ["https://", "http://", "www."] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
        }
        if rest.hasPrefix("orcid.org/") { return .orcid }
        if rest.hasPrefix("ror.org/") { return .ror }
        if rest.hasPrefix("isni.org/") { return .isni }
        if rest.hasPrefix("doi.org/10.13039/") || rest.hasPrefix("10.13039/") { return .funder }
        if rest.hasPrefix("grid.ac/") || rest.hasPrefix("grid.") { return .grid }
        return nil
    }

    /// What is after the last slash.
    public static func bare(_ text: String) -> String { text.split(separator: "/").last.map(String.init) ?? text }

    /// What keeps a bare text from being an ORCID; nil for one.
    public static func faultOfORCID(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ $0.utf8.count == 4 }) else {
            return "an ORCID is four groups of four digits"
        }
        return mod11(parts.joined()) ? nil : "its check digit does not fit"
    }

    /// What keeps a bare text from being an ISNI; nil for one.
    public static func faultOfISNI(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "-" }
        guard digits.utf8.count == 16 else { return "an ISNI has 16 digits" }
        return mod11(digits) ? nil : "its check digit does not fit"
    }

    /// What keeps a bare text from being a ROR id; nil for one.
    public static func faultOfROR(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        guard bytes.count == 9, bytes[0] == UInt8(ascii: "0") else { return "a ROR id is 0 and eight characters" }
        var value = 0
        for byte in bytes[1..<7] {
            guard let digit = alphabet.firstIndex(of: byte) else {
                return "a ROR id has no '\(Unicode.Scalar(byte))'"
            }
            value = value * 32 + digit
        }
        guard bytes[7...].allSatisfy({ (0x30...0x39).contains($0) }) else { return "it has no check digits" }
        let stated = Int(bytes[7] - 0x30) * 10 + Int(bytes[8] - 0x30)
        return stated == 98 - (value * 100) % 97 ? nil : "its check digits do not fit"
    }

    /// ISO/IEC 7064 MOD 11-2 over 15 digits and a check character.
    private static func mod11(_ text: String) -> Bool {
        var total = 0
        let bytes = Array(text.utf8)
        guard bytes.count == 16 else { return false }
        for byte in bytes.dropLast() {
            guard (0x30...0x39).contains(byte) else { return false }
            total = (total + Int(byte - 0x30)) * 2 % 11
        }
        let check = (12 - total) % 11
        return bytes[15] == (check == 10 ? UInt8(ascii: "X") : UInt8(0x30 + check))
    }
}
