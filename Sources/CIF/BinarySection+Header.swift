// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension BinarySection {
    /// Elements along the fastest dimension; nil where the header does not say.
    public var fast: Int? { whole("X-Binary-Size-Fastest-Dimension") }
    /// Elements along the second dimension; nil where the header does not say.
    public var slow: Int? { whole("X-Binary-Size-Second-Dimension") }
    /// Elements along the third dimension; nil where the header does not say.
    public var planes: Int? { whole("X-Binary-Size-Third-Dimension") }
    /// Elements in all; nil where the header does not say.
    public var elements: Int? { whole("X-Binary-Number-of-Elements") }

    /// `X-Binary-Element-Type` in lower case, one blank between words; nil when absent.
    public var elementType: String? {
        header("X-Binary-Element-Type").map {
            $0.lowercased().filter { $0 != "\"" }.split(separator: " ").joined(separator: " ")
        }
    }

    /// The compression, such as `x-cbf_byte_offset`, in lower case; nil for data that are not compressed.
    public var conversion: String? { Self.parameter("conversions", of: header("Content-Type") ?? "") }

    /// Words beside the compression, such as `flat`, in lower case.
    public var conversionWords: [String] {
        (header("Content-Type") ?? "").split(separator: ";").dropFirst().compactMap { part in
            part.contains("=") ? nil : part.filter { $0 != "\"" && !$0.isWhitespace }.lowercased()
        }
    }

    /// How the bytes are written as text, in lower case; "binary" where the header does not say.
    public var transferEncoding: String { header("Content-Transfer-Encoding")?.lowercased() ?? "binary" }

    /// The larger byte of an element comes first.
    public var isBigEndian: Bool { header("X-Binary-Element-Byte-Order")?.lowercased() == "big_endian" }

    private func whole(_ name: String) -> Int? { header(name).flatMap { Int($0) } }

    /// The value of a parameter such as `conversions="x-CBF_BYTE_OFFSET"`, in lower case.
    private static func parameter(_ name: String, of text: String) -> String? {
        for part in text.split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].filter({ !$0.isWhitespace }).lowercased() == name else { continue }
            let value = sides[1].filter { $0 != "\"" && !$0.isWhitespace }.lowercased()
            return value.isEmpty ? nil : value
        }
        return nil
    }
}
