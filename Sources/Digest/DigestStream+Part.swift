// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes in memory, and a part of them that has a sum of its own, such as the image in a file that states the sum of it.
package struct PartedBytes {
    let bytes: UnsafeRawBufferPointer
    let part: UnsafeRawBufferPointer

    package init(_ bytes: UnsafeRawBufferPointer, part: Range<Int>) {
        self.bytes = bytes
        self.part = UnsafeRawBufferPointer(rebasing: bytes[part.clamped(to: 0..<bytes.count)])
    }
}

extension DigestStream {
    /// Digests of bytes, and the MD5 of a part of them, in little more time than MD5 of the longer takes: both are lanes
    /// of one loop.
    ///
    /// - Parameter part: Within the bytes.
    /// - Returns: The digests asked for, and 32 hexadecimal digits.
    package static func digests(
        _ algorithms: Set<DigestAlgorithm>, of bytes: UnsafeRawBufferPointer, md5Of part: Range<Int>
    ) -> (whole: Digests, part: String) {
        let parted = PartedBytes(bytes, part: part)
        return digests(algorithms, of: parted, beside: nil).first
    }

    /// The same of two files at once, in the time of one: the loop has four lanes.
    package static func digests(
        _ algorithms: Set<DigestAlgorithm>, of first: PartedBytes, and second: PartedBytes
    ) -> (first: (whole: Digests, part: String), second: (whole: Digests, part: String)) {
        let found = digests(algorithms, of: first, beside: second)
        return (found.first, found.second ?? digests(algorithms, of: second, beside: nil).first)
    }

    private static func digests(
        _ algorithms: Set<DigestAlgorithm>, of first: PartedBytes, beside second: PartedBytes?
    ) -> (first: (whole: Digests, part: String), second: (whole: Digests, part: String)?) {
        let files = [first, second ?? first]
        let wholes = files.map { _ in DigestStream(algorithms) }
        let parts = files.map { _ in DigestStream([.md5]) }
        // What the lanes have taken of each.
        var done = 0
        let bases = (files.map(\.bytes) + files.map(\.part)).compactMap(\.baseAddress)
        if algorithms.contains(.md5), hasKernels, bases.count == Lanes.count {
            let blocks = files.reduce(Int.max) { min($0, $1.bytes.count, $1.part.count) } / blockSize
            Lanes().update(wholes + parts, from: bases, blocks: blocks)
            done = blocks * blockSize
        }
        let found = files.indices.prefix(second == nil ? 1 : 2).map { index in
            let (file, whole) = (files[index], wholes[index])
            whole.updateOthers(file.bytes)
            whole.updateBlocks(UnsafeRawBufferPointer(rebasing: file.bytes[done...]))
            parts[index].update(UnsafeRawBufferPointer(rebasing: file.part[done...]))
            return (whole: whole.finish(), part: parts[index].finish()[.md5] ?? "")
        }
        return (found[0], found.count > 1 ? found[1] : nil)
    }
}
