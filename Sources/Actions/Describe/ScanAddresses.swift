// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Addresses of the data, one for all scans or one for each.
extension DescriptionRun.Request {
    /// Takes what `--url` was given, each `URL` or `SCAN=URL`.
    ///
    /// A name of a scan has letters, digits and underscores, and so no address begins like one.
    public mutating func takeAddresses(_ texts: [String]) throws(Failure) {
        var plain: [String] = []
        for text in texts {
            let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            let rest = text[name.endIndex...]
            guard !name.isEmpty, rest.first == "=" else {
                plain.append(text)
                continue
            }
            guard urlOfScan.updateValue(String(rest.dropFirst()), forKey: name.uppercased()) == nil else {
                throw Failure(usage: "--url gives two addresses of scan '\(name)'", remedy: "")
            }
        }
        if plain.count == 1 { url = plain[0] } else { urlsInOrder = plain }
        guard urlsInOrder.isEmpty || urlOfScan.isEmpty else {
            throw Failure(
                usage: "--url is given by names of scans and several times without", remedy: "give each scan its name")
        }
    }

    /// Every address that is given.
    var addresses: [String] {
        [url].compactMap { $0 } + urlsInOrder + urlOfScan.sorted { $0.key < $1.key }.map(\.value)
    }

    public var hasAddresses: Bool { !addresses.isEmpty }

    /// The address of a scan, counted from 0 in its block; nil where none is given.
    func address(ofScan index: Int) -> String? {
        if let named = urlOfScan["SCAN\(index + 1)"] { return named }
        return urlsInOrder.isEmpty ? url : index < urlsInOrder.count ? urlsInOrder[index] : nil
    }

    /// This request, once it fits so many scans.
    func forScans(_ count: Int) throws(Failure) -> Self {
        if !urlsInOrder.isEmpty, urlsInOrder.count != count {
            throw Failure(
                usage:
                    "--url is given \(urlsInOrder.count) times, and there \(count == 1 ? "is 1 scan" : "are \(count) scans")",
                remedy: "give it once, or once for each scan")
        }
        let known = Set((0..<max(count, 0)).map { "SCAN\($0 + 1)" })
        if let stray = urlOfScan.keys.sorted().first(where: { !known.contains($0) }) {
            throw Failure(
                usage:
                    "--url names scan '\(stray)', and the scans are \(count == 1 ? "SCAN1" : "SCAN1 to SCAN\(count)")",
                remedy: "name the scans as the description does")
        }
        return self
    }
}
