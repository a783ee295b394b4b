// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Pieces of a source too large to be read whole, kept as long as this lives.
///
/// For one reader on one thread.
public final class Pages {
    private let source: Source
    private let pageBytes: Int
    /// Bytes kept, at most; beyond them there is no view.
    private static let mostBytes = 256 << 20

    private var pages: [Int: UnsafeMutableRawBufferPointer] = [:]
    /// Pieces that lie across pages.
    private var pieces: [UnsafeMutableRawBufferPointer] = []
    private var keptBytes = 0
    /// The first piece that could not be read.
    public private(set) var failure: Failure?

    fileprivate init(_ source: Source, pageBytes: Int) {
        self.source = source
        self.pageBytes = max(1, pageBytes)
    }

    deinit {
        for page in pages.values { page.deallocate() }
        for piece in pieces { piece.deallocate() }
    }

    /// Bytes from a place on, which stay where they are; nil if they cannot be read, or too many are kept.
    public func view(from start: Int, count: Int) -> UnsafeRawBufferPointer? {
        guard start >= 0, count >= 0, count <= source.size, start <= source.size &- count else { return nil }
        let first = start / pageBytes
        if count == 0 || first == (start &+ count &- 1) / pageBytes {
            guard let page = page(first) else { return nil }
            let inside = start &- first &* pageBytes
            guard inside &+ count <= page.count else { return nil }
            return UnsafeRawBufferPointer(rebasing: page[inside..<(inside &+ count)])
        }
        guard let piece = piece(from: start, count: count) else { return nil }
        pieces.append(piece)
        return UnsafeRawBufferPointer(piece)
    }

    private func page(_ number: Int) -> UnsafeMutableRawBufferPointer? {
        if let known = pages[number] { return known }
        let start = number &* pageBytes
        let page = piece(from: start, count: min(pageBytes, max(0, source.size &- start)))
        pages[number] = page
        return page
    }

    private func piece(from start: Int, count: Int) -> UnsafeMutableRawBufferPointer? {
        guard keptBytes &+ count <= Self.mostBytes else { return nil }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
        let whole = UnsafeMutableRawBufferPointer(rebasing: piece[..<count])
        do throws(Failure) {
            guard try source.read(into: whole, at: start) == count else {
                piece.deallocate()
                return nil
            }
        } catch {
            failure = failure ?? error
            piece.deallocate()
            return nil
        }
        keptBytes &+= count
        return whole
    }
}

extension Source {
    /// Views of pieces of the source.
    ///
    /// - Parameter bytes: As small as the blocks that metadata lie in: between them lie the pixels, which nobody wants to
    ///   read. Larger where each read is a journey.
    public func pages(_ bytes: Int = 1 << 12) -> Pages { Pages(self, pageBytes: bytes) }
}
