// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What was found of one file of the deposit that holds data, in one read.
public struct WrittenFile: Sendable, Hashable {
    /// One file of the data in it.
    public struct Member: Sendable, Hashable {
        /// Hexadecimal, lower case.
        public let sha256: String
        public let crc32: UInt32
        /// Nil unless it was asked for.
        public let md5: String?

        public init(sha256: String, crc32: UInt32, md5: String?) {
            self.sha256 = sha256
            self.crc32 = crc32
            self.md5 = md5
        }
    }

    public let name: Name
    /// Bytes.
    public let size: Int
    /// Of the whole file; hexadecimal, lower case.
    public let md5: String
    public let sha256: String
    /// In the order of the plan.
    public let members: [Member]
}
