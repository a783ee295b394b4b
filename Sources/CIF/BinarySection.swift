// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Binary data inside a text field, located and not read.
public struct BinarySection: Sendable {
    /// Lines of the MIME header, unfolded, with the offset of each; the old form gives `X-Binary-ID`,
    /// `X-Binary-Size` and `X-Binary-Compression-Code` from its three numbers.
    public let headerFields: [(name: String, value: String, offset: Int)]
    /// Offset of the semicolon that opens the field.
    public let offset: Int
    /// The data: behind the lead bytes `0C 1A 04 D5` for binary transfer, without padding; the encoded text for others.
    public let dataRange: Range<Int>
    /// `X-Binary-Size`, bytes; nil when absent or not a number.
    public let statedSize: Int?
    /// Why the section does not fit its header; nil when it does.
    public let fault: Fault?

    /// A header field by its name, in any case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headerFields.first { $0.name.lowercased() == wanted }?.value
    }
}
