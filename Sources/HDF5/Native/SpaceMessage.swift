// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Extent {
    /// Reads the message that describes an extent.
    ///
    /// - Source: HDF5 File Format Specification, dataspace message, versions 1 and 2.
    init(message body: UnsafeRawBufferPointer) throws(NotPlain) {
        var cursor = FormatCursor(body)
        let version = try cursor.byte()
        let rank = Int(try cursor.byte())
        let flags = try cursor.byte()
        guard rank <= 32 else { throw NotPlain() }
        var kind: UInt8 = rank == 0 ? 0 : 1
        switch version {
        case 1:
            guard flags & 2 == 0 else { throw NotPlain() }
            try cursor.skip(5)
        case 2: kind = try cursor.byte()
        default: throw NotPlain()
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
                guard zip(shape, most).allSatisfy({ $0 <= $1 ?? Int.max }) else { throw NotPlain() }
            } else {
                most = shape
            }
            self.init(shape: shape, maxShape: most, elements: product(shape))
        case 2 where rank == 0: self.init(shape: nil, maxShape: nil, elements: 0)
        default: throw NotPlain()
        }
    }
}
