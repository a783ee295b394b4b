// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import HDF5
import Transport

/// The parts in which a file stores images, each to be digested by itself: binary sections of a CBF, chunks of
/// HDF5.
///
/// A decoder notices few of the faults of a stored chunk, and the digest of a whole file does not say which
/// frames are at fault.
struct StoredPieces {
    /// In the order of the list; nil for a file of another kind.
    private var pieces: [Manifest.Piece]?
    /// Indices of the pieces by rising address.
    private var order: [Int] = []
    /// Why the parts of a file that has some cannot be listed.
    private(set) var failure: Failure?

    /// - Parameter source: The whole of a CBF is held in memory while it is digested.
    init(of source: Source) {
        do throws(Failure) {
            let head = try source.bytes(at: 0, count: 4096)
            let hasSuperblock = try Superblock.locate(in: source) != nil
            switch ContentKind.of(head, hasSuperblock: hasSuperblock) {
            case .cif: try take(try Self.sections(of: source), source)
            case .hdf5:
                let stored = try StoredParts(of: source)
                try take(Self.chunks(stored), source)
                failure = stored.failures.first.map { Self.named($0, in: source) }
            default: break
            }
        } catch {
            failure = error
        }
    }

    /// Takes parts that lie apart from one another, as those of a sound file do.
    private mutating func take(_ pieces: [Manifest.Piece], _ source: Source) throws(Failure) {
        let order = pieces.indices.sorted { (pieces[$0].address, $0) < (pieces[$1].address, $1) }
        var end = 0
        for index in order {
            let piece = pieces[index]
            guard piece.address >= end, piece.size >= 0, let after = Self.sum(piece.address, piece.size) else {
                throw Failure(
                    attempt: "list the stored parts of", subject: source.name.text, code: .damaged,
                    words: "two of them lie over one another at byte \(piece.address)",
                    remedy: "look at the file with 'imprimatur check'")
            }
            end = after
        }
        self.pieces = pieces
        self.order = order
    }

    private static func sum(_ a: Int, _ b: Int) -> Int? {
        let (sum, isOver) = a.addingReportingOverflow(b)
        return isOver ? nil : sum
    }

    /// Where the parts lie, by rising address.
    var ranges: [Range<Int>] {
        guard let pieces else { return [] }
        return order.map { pieces[$0].address..<(pieces[$0].address + pieces[$0].size) }
    }

    /// The parts with their digests, which come in the order of `ranges`.
    func filled(_ digests: [String?]) -> [Manifest.Piece]? {
        guard var pieces else { return nil }
        for (index, digest) in zip(order, digests) { pieces[index].digest = digest }
        return pieces
    }

    private static func sections(of source: Source) throws(Failure) -> [Manifest.Piece] {
        guard let bytes = try source.whole(most: largest) else {
            throw Failure(
                attempt: "list the sections of", subject: source.name.text, code: .limit("size"),
                words: "a CBF of more than \(largest >> 20) MiB is not taken apart", remedy: "leave out --chunks")
        }
        return Document.parse(bytes).binarySections.enumerated().map { index, section in
            Manifest.Piece(
                .section(index + 1), address: section.dataRange.lowerBound, size: section.dataRange.count)
        }
    }

    /// The failure with the file before the path in it.
    private static func named(_ failure: Failure, in source: Source) -> Failure {
        Failure(
            attempt: failure.attempt, subject: source.name.text + "::" + failure.subject, code: failure.code,
            words: failure.words, remedy: failure.remedy, causes: failure.causes)
    }

    private static func chunks(_ stored: StoredParts) -> [Manifest.Piece] {
        stored.tables.flatMap { table in
            table.parts.map { part in
                Manifest.Piece(
                    .chunk(dataset: table.path, first: part.first), address: part.address, size: part.size,
                    frames: part.first.count > 2 ? part.slices : 1)
            }
        }
    }

    private static let largest = 1 << 30
}
