// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// A document of a deposit beside the data, such as its README.
public struct PackageDocument: Sendable {
    /// One name without a folder.
    public let name: Name
    public let bytes: [UInt8]

    public init(_ name: String, _ bytes: [UInt8]) {
        self.name = Name(name)
        self.bytes = bytes
    }

    public init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
}
