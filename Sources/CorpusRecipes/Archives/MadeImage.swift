// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Images of little content, as members of made archives.
public enum MadeImage {
    /// A CBF of integers that are not packed, each number another one.
    ///
    /// - Parameters:
    ///   - seed: Gives the pixels, 0 to 9.
    ///   - isSigned: Integers of 32 bits with a sign, else without.
    ///   - header: Lines of a comment header, without their `# `.
    public static func cbf(
        fast: Int, slow: Int, seed: Int, isSigned: Bool = true, header: [String] = []
    ) -> [UInt8] {
        let comments =
            header.isEmpty
            ? "" : "\n_array_data.header_contents\n;\n" + header.map { "# \($0)\n" }.joined() + ";"
        let head = """
            ###CBF: VERSION 1.5
            data_image_\(seed)\(comments)
            _array_data.data
            ;
            --CIF-BINARY-FORMAT-SECTION--
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: BINARY
            X-Binary-Size: \(fast * slow * 4)
            X-Binary-ID: 1
            X-Binary-Element-Type: "\(isSigned ? "signed" : "unsigned") 32-bit integer"
            X-Binary-Element-Byte-Order: LITTLE_ENDIAN
            X-Binary-Number-of-Elements: \(fast * slow)
            X-Binary-Size-Fastest-Dimension: \(fast)
            X-Binary-Size-Second-Dimension: \(slow)
            X-Binary-Size-Padding: 0

            """
        var pixels: [UInt8] = []
        pixels.reserveCapacity(fast * slow * 4)
        var state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        for _ in 0..<(fast * slow) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            pixels += [UInt8((state >> 33) % 10), 0, 0, 0]
        }
        return Array(head.utf8) + [10, 0x0C, 0x1A, 0x04, 0xD5] + pixels
            + Array("\n--CIF-BINARY-FORMAT-SECTION----\n;\n".utf8)
    }
}
