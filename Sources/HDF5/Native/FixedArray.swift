// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The index of chunks of a dataset that cannot grow.
///
/// - Source: HDF5 File Format Specification, fixed array index.
struct FixedArray {
    private static let mostElements = 1 << 24

    let index: ChunkIndex

    func chunks(at address: UInt64) throws(NotPlain) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        var head = FormatCursor(try index.bytes.checked(at: address, count: 28))
        try head.expect("FAHD")
        guard try head.byte() == 0 else { throw NotPlain() }
        let client = try head.byte()
        let entryBytes = Int(try head.byte())
        let pageBits = Int(try head.byte())
        let count = try head.count(8)
        let block = try head.word()
        guard client <= 1, pageBits < 24, count <= Self.mostElements else { throw NotPlain() }
        var chunks: [StoredChunk] = []
        guard block != noAddress else { return chunks }
        let pageElements = 1 << pageBits
        let isPaged = count > pageElements
        let pages = isPaged ? (count &- 1) / pageElements &+ 1 : 0
        // Signature, version, client, address of the header, a bit for each page.
        let headBytes = 14 &+ (pages &+ 7) / 8
        let bodyBytes = isPaged ? 0 : count &* entryBytes
        var cursor = FormatCursor(try index.bytes.checked(at: block, count: headBytes &+ bodyBytes &+ 4))
        try cursor.expect("FADB")
        guard try cursor.byte() == 0, try cursor.byte() == client, try cursor.word() == address else {
            throw NotPlain()
        }
        let written = try cursor.take((pages &+ 7) / 8)
        if isPaged {
            try index.addPages(
                at: block &+ UInt64(headBytes &+ 4), elements: count, pageElements: pageElements,
                entryBytes: entryBytes, isFiltered: client == 1, from: 0,
                isWritten: { ChunkIndex.bit($0, of: written) }, to: &chunks)
        } else {
            try index.add(
                try cursor.take(bodyBytes), entryBytes: entryBytes, isFiltered: client == 1, from: 0, to: &chunks)
        }
        return chunks
    }
}
