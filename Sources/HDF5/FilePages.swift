// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Pieces of a file too large to be read whole, kept as long as it is open.
final class FilePages {
    /// As small as the blocks that libhdf5 puts metadata into: between them lie the pixels, which nobody wants to read.
    private static let pageBytes = 1 << 12
    /// Bytes kept, at most; beyond them there is no view.
    private static let mostBytes = 256 << 20

    private var pages: [Int: UnsafeMutableRawBufferPointer] = [:]
    /// Pieces that lie across pages.
    private var pieces: [UnsafeMutableRawBufferPointer] = []
    private var keptBytes = 0

    deinit {
        for page in pages.values { page.deallocate() }
        for piece in pieces { piece.deallocate() }
    }

    /// Bytes of a file; nil if they cannot be read, or too many are kept.
    func view(of input: borrowing InputFile, from start: Int, count: Int) -> UnsafeRawBufferPointer? {
        let first = start / Self.pageBytes
        if count == 0 || first == (start &+ count &- 1) / Self.pageBytes {
            guard let page = page(first, of: input) else { return nil }
            let inside = start &- first &* Self.pageBytes
            guard inside &+ count <= page.count else { return nil }
            return UnsafeRawBufferPointer(rebasing: page[inside..<(inside &+ count)])
        }
        guard let piece = piece(of: input, from: start, count: count), piece.count == count else { return nil }
        pieces.append(piece)
        return UnsafeRawBufferPointer(piece)
    }

    private func page(_ number: Int, of input: borrowing InputFile) -> UnsafeMutableRawBufferPointer? {
        if let known = pages[number] { return known }
        let start = number &* Self.pageBytes
        let page = piece(of: input, from: start, count: min(Self.pageBytes, max(0, input.size &- start)))
        pages[number] = page
        return page
    }

    private func piece(
        of input: borrowing InputFile, from start: Int, count: Int
    ) -> UnsafeMutableRawBufferPointer? {
        guard keptBytes &+ count <= Self.mostBytes else { return nil }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
        let whole = UnsafeMutableRawBufferPointer(rebasing: piece[..<count])
        guard let filled = try? input.read(into: whole, from: start), filled == count else {
            piece.deallocate()
            return nil
        }
        keptBytes &+= count
        return whole
    }
}
