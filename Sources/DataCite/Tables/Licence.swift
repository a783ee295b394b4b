// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Licences by their SPDX identifiers.
///
/// - Source: SPDX licence list; creativecommons.org on the form of its addresses.
public enum Licence {
    /// Address of the text of a licence: that of Creative Commons, else the page of SPDX.
    public static func address(of identifier: String) -> String {
        if identifier == "CC0-1.0" { return "https://creativecommons.org/publicdomain/zero/1.0/legalcode" }
        let parts = identifier.split(separator: "-")
        if parts.first == "CC", parts.count > 2, let version = parts.last, version.contains(".") {
            let kind = parts.dropFirst().dropLast().joined(separator: "-").lowercased()
            return "https://creativecommons.org/licenses/\(kind)/\(version)/legalcode"
        }
        return "https://spdx.org/licenses/\(identifier).html"
    }

    /// The SPDX identifier of an address of Creative Commons or SPDX; nil for one that tells nothing.
    public static func identifier(ofAddress address: String) -> String? {
        var rest = address.lowercased()[...]
        for prefix in ["https://", "http://", "www."] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
        }
        let parts = rest.split(separator: "/")
        if parts.first == "spdx.org", parts.count > 2, let last = address.split(separator: "/").last {
            return last.hasSuffix(".html") ? String(last.dropLast(5)) : String(last)
        }
        guard parts.first == "creativecommons.org", parts.count > 3 else { return nil }
        if parts[1] == "publicdomain" { return parts[2] == "zero" ? "CC0-\(parts[3])" : nil }
        guard parts[1] == "licenses", parts[3].first?.isNumber == true else { return nil }
        // A ported version, such as /by/3.0/de/, is another licence.
        let port = parts.count > 4 && parts[4].count == 2 ? "-\(parts[4].uppercased())" : ""
        return "CC-\(parts[2].uppercased())-\(parts[3])\(port)"
    }
}
