// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// One file that is to be deposited.
public struct DepositFile: Sendable, Hashable {
    /// Its name in the record.
    public let key: String
    /// Where it lies.
    public let source: Name
    /// Bytes.
    public let size: Int
    /// Hexadecimal, as the package states it; nil where nobody has.
    public let md5: String?

    public init(key: String, source: Name, size: Int, md5: String?) {
        self.key = key
        self.source = source
        self.size = size
        self.md5 = md5
    }
}
