// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A source name of a virtual dataset: `%b` stands for the number of a block, `%%` for a percent sign.
///
/// - Source: HDF5 reference, H5Pset_virtual; libhdf5 knows no width.
struct BlockPattern {
    /// The texts between the numbers; one text if there is no number.
    private var texts: [String]

    init(_ name: String) {
        var parts: [[UInt8]] = [[]]
        var isMarked = false
        for byte in name.utf8 {
            switch (isMarked, byte) {
            case (false, UInt8(ascii: "%")): isMarked = true
            case (true, UInt8(ascii: "b")):
                parts.append([])
                isMarked = false
            case (true, UInt8(ascii: "%")):
                parts[parts.count &- 1].append(byte)
                isMarked = false
            case (true, _):
                parts[parts.count &- 1] += [UInt8(ascii: "%"), byte]
                isMarked = false
            case (false, _): parts[parts.count &- 1].append(byte)
            }
        }
        if isMarked { parts[parts.count &- 1].append(UInt8(ascii: "%")) }
        texts = parts.map { String(decoding: $0, as: UTF8.self) }
    }

    var isNumbered: Bool { texts.count > 1 }

    func name(_ block: Int) -> String { texts.joined(separator: String(block)) }
}
