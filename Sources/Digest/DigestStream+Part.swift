// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension DigestStream {
    /// Digests of bytes, and the MD5 of a part of them, in little more time than MD5 of the longer takes: both are lanes
    /// of one loop.
    ///
    /// - Parameter part: Within the bytes, such as the image in a file that states the sum of it.
    /// - Returns: The digests asked for, and 32 hexadecimal digits.
    package static func digests(
        _ algorithms: Set<DigestAlgorithm>, of bytes: UnsafeRawBufferPointer, md5Of part: Range<Int>
    ) -> (whole: Digests, part: String) {
        let part = UnsafeRawBufferPointer(rebasing: bytes[part.clamped(to: 0..<bytes.count)])
        let ofPart = DigestStream([.md5])
        guard algorithms.contains(.md5), hasKernels, let first = bytes.baseAddress, let second = part.baseAddress else {
            let stream = DigestStream(algorithms)
            stream.update(bytes)
            ofPart.update(part)
            return (stream.finish(), ofPart.finish()[.md5] ?? "")
        }
        let others = DigestStream(algorithms.subtracting([.md5]))
        others.update(bytes)
        let ofAll = DigestStream([.md5])
        let blocks = min(bytes.count, part.count) / blockSize
        // The loop has four lanes; two of them run along.
        Lanes().update(
            [ofAll, ofPart, DigestStream([.md5]), DigestStream([.md5])], from: [first, second, first, second],
            blocks: blocks)
        ofAll.update(UnsafeRawBufferPointer(rebasing: bytes[(blocks * blockSize)...]))
        ofPart.update(UnsafeRawBufferPointer(rebasing: part[(blocks * blockSize)...]))
        var values = others.finish().values
        values[.md5] = ofAll.finish()[.md5]
        return (Digests(values, byteCount: bytes.count), ofPart.finish()[.md5] ?? "")
    }
}
