// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Extent {
    /// Reads the message that describes an extent.
    ///
    /// - Source: HDF5 File Format Specification, dataspace message, versions 1 and 2. Reserved bytes and flags beyond bit 1
    ///   are not looked at.
    init(message start: FormatCursor) throws(Stop) {
        var cursor = start
        let version = try cursor.version(1...2)
        let rank = Int(try cursor.byte())
        let flags = try cursor.byte()
        // Bit 1: the order of dimensions, which was never written.
        guard rank <= 32, flags & 2 == 0 else { throw cursor.damaged }
        var kind: UInt8 = rank == 0 ? 0 : 1
        if version == 1 {
            try cursor.skip(5)
        } else {
            kind = try cursor.byte()
        }
        switch kind {
        case 0 where rank == 0: self.init(shape: [], maxShape: [], elements: 1)
        case 1 where rank > 0:
            var shape: [Int] = []
            var most: [Int?] = []
            for _ in 0..<rank { shape.append(Int(clamping: try cursor.word())) }
            if flags & 1 != 0 {
                for _ in 0..<rank {
                    let number = try cursor.word()
                    most.append(number == UInt64.max ? nil : Int(clamping: number))
                }
                guard zip(shape, most).allSatisfy({ $0 <= $1 ?? Int.max }) else { throw cursor.damaged }
            } else {
                most = shape
            }
            self.init(shape: shape, maxShape: most, elements: product(shape))
        case 2 where rank == 0: self.init(shape: nil, maxShape: nil, elements: 0)
        case 0, 1, 2: throw cursor.damaged
        default: throw cursor.newer
        }
    }
}
