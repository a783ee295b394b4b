// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The index of chunks of a dataset that grows along one dimension.
///
/// Its elements lie in the index block, then in data blocks that double their size, whose addresses stand in the index
/// block and, further on, in secondary blocks.
///
/// - Source: HDF5 File Format Specification, extensible array index.
struct ExtensibleArray {
    let index: ChunkIndex
    /// What the layout message states: bits of the largest number, elements of the index block, least pointers of a
    /// secondary block, least elements of a data block, bits of a page.
    let parameters: [UInt8]

    private struct Shape {
        let address: UInt64
        let client: UInt8
        let entryBytes: Int
        let indexElements: Int
        let leastElements: Int
        let leastPointers: Int
        let pageElements: Int
        /// Bytes of the offset of a block.
        let offsetBytes: Int
        /// Secondary blocks that the largest array has.
        let levels: Int

        /// Secondary blocks whose data blocks the index block names itself.
        var directLevels: Int { 2 &* leastPointers.trailingZeroBitCount }

        func blocks(_ level: Int) -> Int { 1 << (level / 2) }

        func elements(_ level: Int) -> Int { (1 << ((level &+ 1) / 2)) &* leastElements }
    }

    func chunks(at address: UInt64) throws(Stop) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        var head = try index.bytes.checked(at: address, count: 72, of: .extensibleArray)
        try head.expect("EAHD")
        guard try head.byte() == 0 else { throw head.damaged }
        let client = try head.byte()
        let entryBytes = Int(try head.byte())
        let bits = Int(try head.byte())
        let indexElements = Int(try head.byte())
        let leastElements = Int(try head.byte())
        let leastPointers = Int(try head.byte())
        let pageBits = Int(try head.byte())
        // Statistics, of which readers go by one: how far elements were set.
        try head.skip(32)
        let end = try head.count(8)
        try head.skip(8)
        let block = try head.word()
        guard client == (index.isFiltered ? 1 : 0), entryBytes == index.entryBytes,
            parameters == [bits, indexElements, leastPointers, leastElements, pageBits].map({ UInt8($0) }),
            index.grid.unlimited == 1
        else { throw head.damaged }
        guard (1...40).contains(bits), leastElements.nonzeroBitCount == 1,
            leastPointers.nonzeroBitCount == 1, pageBits < 24, leastElements.trailingZeroBitCount <= bits
        else { throw head.damaged }
        let shape = Shape(
            address: address, client: client, entryBytes: entryBytes, indexElements: indexElements,
            leastElements: leastElements, leastPointers: leastPointers, pageElements: 1 << pageBits,
            offsetBytes: (bits &+ 7) / 8, levels: 1 &+ bits &- leastElements.trailingZeroBitCount)
        guard block != noAddress else { return [] }
        var reach = 0
        let chunks = try chunks(shape, at: block, &reach)
        // An element is set in a block that is there; libraries that count chunks go on to the stated end.
        guard end <= reach || index.bytes.isGrowing else { throw head.damaged }
        return chunks
    }

    /// - Parameter reach: Where the last block that is there ends.
    private func chunks(_ shape: Shape, at address: UInt64, _ reach: inout Int) throws(Stop) -> [StoredChunk] {
        let direct = min(shape.directLevels, shape.levels)
        let blocks = (0..<direct).reduce(0) { $0 &+ shape.blocks($1) }
        let secondary = shape.levels &- direct
        let size = 14 &+ shape.indexElements &* shape.entryBytes &+ (blocks &+ secondary) &* 8 &+ 4
        var cursor = try index.bytes.checked(at: address, count: size, of: .extensibleArray)
        try expect("EAIB", &cursor, shape)
        var chunks: [StoredChunk] = []
        try index.add(try cursor.take(shape.indexElements &* shape.entryBytes), from: 0, to: &chunks)
        var number = shape.indexElements
        reach = number
        for level in 0..<direct {
            for _ in 0..<shape.blocks(level) {
                let block = try cursor.word()
                try addBlock(at: block, level, shape, from: number, isWritten: nil, to: &chunks)
                number &+= shape.elements(level)
                if block != noAddress { reach = number }
            }
        }
        for level in direct..<shape.levels {
            let block = try cursor.word()
            try addSecondary(at: block, level, shape, from: number, &reach, to: &chunks)
            let (elements, overflow) = shape.blocks(level).multipliedReportingOverflow(by: shape.elements(level))
            guard !overflow else { throw .damaged(.extensibleArray) }
            number &+= elements
        }
        return chunks
    }

    private func expect(_ signature: StaticString, _ cursor: inout FormatCursor, _ shape: Shape) throws(Stop) {
        try cursor.expect(signature)
        guard try cursor.byte() == 0, try cursor.byte() == shape.client, try cursor.word() == shape.address else {
            throw .damaged(.extensibleArray)
        }
    }

    private func addSecondary(
        at address: UInt64, _ level: Int, _ shape: Shape, from number: Int, _ reach: inout Int,
        to chunks: inout [StoredChunk]
    ) throws(Stop) {
        guard address != noAddress else { return }
        let elements = shape.elements(level)
        let blocks = shape.blocks(level)
        let (all, isFar) = blocks.multipliedReportingOverflow(by: elements)
        let (end, isFarther) = number.addingReportingOverflow(all)
        if !isFar, !isFarther, !index.isWanted(number..<max(number, end)) {
            reach = end
            return
        }
        let pages = elements > shape.pageElements ? elements / shape.pageElements : 0
        let bitBytes = blocks &* ((pages &+ 7) / 8)
        let size = 14 &+ shape.offsetBytes &+ bitBytes &+ blocks &* 8 &+ 4
        var cursor = try index.bytes.checked(at: address, count: size, of: .extensibleArray)
        try expect("EASB", &cursor, shape)
        try cursor.skip(shape.offsetBytes)
        let written = try cursor.take(bitBytes)
        for block in 0..<blocks {
            let address = try cursor.word()
            let first = number &+ block &* elements
            try addBlock(
                at: address, level, shape, from: first,
                isWritten: { ChunkIndex.bit(block &* pages &+ $0, of: written) }, to: &chunks)
            if address != noAddress { reach = first &+ elements }
        }
    }

    private func addBlock(
        at address: UInt64, _ level: Int, _ shape: Shape, from number: Int, isWritten: ((Int) -> Bool)?,
        to chunks: inout [StoredChunk]
    ) throws(Stop) {
        guard address != noAddress else { return }
        let elements = shape.elements(level)
        let (end, isFar) = number.addingReportingOverflow(elements)
        if !isFar, !index.isWanted(number..<max(number, end)) { return }
        let headBytes = 14 &+ shape.offsetBytes
        let isPaged = elements > shape.pageElements
        let bodyBytes = isPaged ? 0 : elements &* shape.entryBytes
        var cursor = try index.bytes.checked(
            at: address, count: headBytes &+ bodyBytes &+ 4, of: .extensibleArray)
        try expect("EADB", &cursor, shape)
        try cursor.skip(shape.offsetBytes)
        guard isPaged else {
            return try index.add(try cursor.take(bodyBytes), from: number, to: &chunks)
        }
        // Only secondary blocks tell which pages were written.
        guard let isWritten else { throw .damaged(.extensibleArray) }
        try index.addPages(
            at: address &+ UInt64(headBytes &+ 4), elements: elements, pageElements: shape.pageElements,
            from: number, of: .extensibleArray, isWritten: isWritten, to: &chunks)
    }
}
