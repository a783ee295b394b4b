// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import TestSupport
import Testing

/// Oracle: the published check value of CRC-32 (ISO 3309) for "123456789".
@Suite struct ChecksumOfZIPTests {
    @Test("the published value") func published() {
        let sum = Array("123456789".utf8).withUnsafeBytes { CRC32.sum(0, $0) }
        #expect(CRC32.text(sum) == "cbf43926")
    }

    @Test("pieces of any length give the sum of the whole") func pieces() {
        var numbers = SeededNumbers(seed: 17)
        let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &numbers) }
        bytes.withUnsafeBytes { all in
            let whole = CRC32.sum(0, all)
            for cut in [0, 1, 7, 15, 16, 63, 64, 127, 128, 129, 1000, 4999, 5000] {
                let first = CRC32.sum(0, UnsafeRawBufferPointer(rebasing: all[..<cut]))
                #expect(CRC32.sum(first, UnsafeRawBufferPointer(rebasing: all[cut...])) == whole)
            }
        }
    }
}
