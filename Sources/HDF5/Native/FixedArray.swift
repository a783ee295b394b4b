// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The index of chunks of a dataset that cannot grow.
///
/// - Source: HDF5 File Format Specification, fixed array index.
struct FixedArray {
    private static let mostElements = 1 << 24

    let index: ChunkIndex
    /// Logarithm of the elements of a page, as the layout message states it.
    let pageBits: UInt8

    func chunks(at address: UInt64) throws(Stop) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        var head = try index.bytes.checked(at: address, count: 28, of: .fixedArray)
        try head.expect("FAHD")
        guard try head.byte() == 0 else { throw head.damaged }
        let client = try head.byte()
        let entryBytes = Int(try head.byte())
        let pageBits = try head.byte()
        let count = try head.count(8)
        let block = try head.word()
        guard client == (index.isFiltered ? 1 : 0), entryBytes == index.entryBytes, pageBits == self.pageBits,
            pageBits < 24, count == index.grid.largestTotal
        else { throw head.damaged }
        guard count <= Self.mostElements else { throw .unread(.limit) }
        var chunks: [StoredChunk] = []
        guard block != noAddress else { return chunks }
        let pageElements = 1 << Int(pageBits)
        let isPaged = count > pageElements
        let pages = isPaged ? (count &- 1) / pageElements &+ 1 : 0
        // Signature, version, client, address of the header, a bit for each page.
        let headBytes = 14 &+ (pages &+ 7) / 8
        let bodyBytes = isPaged ? 0 : count &* entryBytes
        var cursor = try index.bytes.checked(at: block, count: headBytes &+ bodyBytes &+ 4, of: .fixedArray)
        try cursor.expect("FADB")
        guard try cursor.byte() == 0, try cursor.byte() == client, try cursor.word() == address else {
            throw cursor.damaged
        }
        let written = try cursor.take((pages &+ 7) / 8)
        if isPaged {
            try index.addPages(
                at: block &+ UInt64(headBytes &+ 4), elements: count, pageElements: pageElements, from: 0,
                of: .fixedArray, isWritten: { ChunkIndex.bit($0, of: written) }, to: &chunks)
        } else {
            try index.add(try cursor.take(bodyBytes), from: 0, to: &chunks)
        }
        return chunks
    }
}
