// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleCatalog
public import Transport

extension DescriptionRun.Request {
    /// Refuses what our own check would find in the description: before anything is read.
    public func check() throws(Failure) {
        if let doi, let fault = DOI.fault(in: doi) {
            throw Failure(usage: "--doi '\(doi)' is \(fault)", remedy: "write it as 10.5281/zenodo.7654321")
        }
        if let timeZone, timeZone != "Z", !Self.isOffset(timeZone) {
            throw Failure(usage: "--time-zone takes an offset such as +01:00, or Z, not '\(timeZone)'", remedy: "")
        }
        for url in addresses {
            guard let fault = ImageAddress.fault(url, archive: archive) else { continue }
            throw Failure(usage: "--url: \(fault)", remedy: "give the address of the file, and its kind with --archive")
        }
    }

    private static func isOffset(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == 0x2B || bytes[0] == 0x2D, bytes[3] == 0x3A else { return false }
        return [1, 2, 4, 5].allSatisfy { (0x30...0x39).contains(bytes[$0]) }
    }
}
