// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers of bytes for people, by powers of 1000 as disks are sold.
public enum SizeText {
    /// "3.2 GB", cut and not rounded; "17 bytes" below a thousand.
    public static func of(_ bytes: Int) -> String {
        for (limit, unit) in [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")]
        where bytes >= limit {
            let tenths = bytes / (limit / 10)
            return "\(tenths / 10).\(tenths % 10) \(unit)"
        }
        return "\(bytes) bytes"
    }
}
