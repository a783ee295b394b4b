// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What capitals meant in names before nameType knew `partial`.
///
/// - Source: nexusformat/definitions#562 and #1490; names whose capitals are meant, by reading the definitions.
enum LegacyNames {
    private static let flexible: Set<String> = [
        "AXISNAME", "FIELDNAME", "VARIABLE", "DATA", "DIRECTION", "CHANNELNAME", "NAME",
    ]
    private static let meant: Set<String> = ["DASlogs", "NXSPE_info", "XAS_data_reduction", "ROI", "MCA", "UB"]

    static func match(of item: Item) -> Item.Match {
        guard let name = item.name, name.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return item.match }
        if item.match == .any { return name.utf8.contains(where: isLower) ? .partial : .any }
        guard item.match == .specified, !meant.contains(name), !holdsSNS(name) else { return item.match }
        let runs = NamePattern.runs(of: name)
        switch item.kind {
        case .group, .choice:
            return runs.contains { $0.filter { $0 != "_" }.utf8.count >= 3 } ? .partial : .specified
        case .field, .attribute:
            return runs.contains(where: flexible.contains) ? .partial : .specified
        case .link:
            return item.match
        }
    }

    /// Whether the name holds "SNS", byte by byte: the search of the library for texts is slow.
    private static func holdsSNS(_ name: String) -> Bool {
        var before: (UInt8, UInt8) = (0, 0)
        for byte in name.utf8 {
            if before == (0x53, 0x4E), byte == 0x53 { return true }
            before = (before.1, byte)
        }
        return false
    }

    private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}
