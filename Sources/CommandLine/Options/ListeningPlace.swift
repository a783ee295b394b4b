// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An address and a port of this machine.
struct ListeningPlace: Sendable {
    /// An IP address as text.
    let address: String
    /// 0: one that is free.
    let port: Int

    /// As a browser names the address.
    var shown: String { address.contains(":") ? "[\(address)]" : address }

    /// "8080", "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; loopback where no address is told.
    init?(_ text: String) {
        let digits: Substring
        if let colon = text.lastIndex(of: ":") {
            let front = text[..<colon]
            digits = text[text.index(after: colon)...]
            if front.hasPrefix("["), front.hasSuffix("]") {
                address = String(front.dropFirst().dropLast())
            } else {
                guard !front.contains(":") else { return nil }
                address = front.isEmpty || front == "localhost" ? "127.0.0.1" : String(front)
            }
        } else {
            address = "127.0.0.1"
            digits = text[...]
        }
        guard let port = Int(digits), (0...65_535).contains(port), digits.allSatisfy(\.isNumber),
            address.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) || $0 == 0x2E || $0 == 0x3A
            })
        else { return nil }
        self.port = port
    }
}
