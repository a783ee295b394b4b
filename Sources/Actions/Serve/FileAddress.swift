// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Addresses of files of this machine.
///
/// - Source: RFC 8089.
enum FileAddress {
    /// The path that a `file:` address names; nil for one of another machine or another scheme.
    static func path(of address: String) -> String? {
        guard address.lowercased().hasPrefix("file:") else { return nil }
        var rest = address.utf8.dropFirst(5)
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            guard let slash = rest.firstIndex(of: 0x2F) else { return nil }
            let host = String(decoding: rest[..<slash], as: UTF8.self).lowercased()
            guard host.isEmpty || host == "localhost" else { return nil }
            rest = rest[slash...]
        }
        let path = Reference(address).path
        return rest.first == 0x2F && !path.utf8.contains(0) ? path : nil
    }
}
