// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
public import RuleEngine
import Transport

/// How much of a file is read for one frame, and for one sinogram: the same row of the detector in all frames.
public struct StorageLayout: Sendable {
    /// Datasets of one layout beyond these are counted, not listed.
    private static let most = 8
    /// Chunks below and above are told: each is a seek, or much more than one frame.
    public static let bounds = 64_000...32_000_000

    /// Terms and words, in the order of the frames.
    public private(set) var lines: [ReaderNotes.Line] = []

    /// Nil for files that are not HDF5, were not opened, or hold no frames.
    public init?(_ view: TreeView) {
        guard let files = view.files else { return nil }
        for stack in view.imageStacks {
            var seen: [(words: [ReaderNotes.Line], count: Int)] = []
            for block in StoredBlock.all(stack, view.frames, files) where block.rank >= 3 {
                let words = Self.words(on: block)
                if let index = seen.firstIndex(where: { $0.words.map(\.words) == words.map(\.words) }) {
                    seen[index].count += 1
                } else if seen.count < Self.most {
                    seen.append((words, 1))
                }
            }
            for one in seen {
                lines += one.words
                if one.count > 1 { lines.append(("alike", "\(one.count - 1) more datasets")) }
            }
        }
        if lines.isEmpty { return nil }
    }

    private static func words(on block: StoredBlock) -> [ReaderNotes.Line] {
        guard let shape = block.dataset.shape, let bytes = elementBytes(block.dataset.type),
            shape.allSatisfy({ $0 > 0 })
        else { return [("dataset", "\(block.name): its extent or type has no size")] }
        var lines: [ReaderNotes.Line] = [
            (
                "dataset",
                "\(block.name): \(shape.map(String.init).joined(separator: " x ")), \(block.dataset.type.words)"
            )
        ]
        let whole = product(shape, bytes)
        // The first dimension counts frames; the last two are rows and columns.
        let frame = [1] + shape.dropFirst()
        let row = shape.dropLast(2) + [1] + shape.suffix(1)
        switch block.dataset.layout {
        case .chunked(let chunking) where chunking.shape.count == shape.count && chunking.shape.allSatisfy({ $0 > 0 }):
            let chunk = product(chunking.shape, bytes)
            let share: Double? =
                if let stored = block.dataset.storedBytes, let count = chunking.allocated, count > 0, chunk > 0 {
                    Double(stored) / Double(count) / Double(chunk)
                } else {
                    nil
                }
            let filters = block.dataset.filters.map(\.name).joined(separator: ", ")
            let stored = share.map { ", \(SizeText.of(Int(Double(chunk) * $0))) each as stored" } ?? ""
            lines.append(
                (
                    "chunks",
                    "\(chunking.shape.map(String.init).joined(separator: " x ")), \(SizeText.of(chunk)) each\(stored)"
                        + (filters.isEmpty ? "" : " (\(filters))")
                ))
            lines.append(("one frame", touched(frame, chunking.shape, chunk, share, wanted: product(frame, bytes))))
            lines.append(("one sinogram", touched(row, chunking.shape, chunk, share, wanted: product(row, bytes))))
            if chunk < bounds.lowerBound, whole > bounds.lowerBound {
                lines.append(
                    (
                        "told",
                        "chunks of \(SizeText.of(chunk)) are below 64 kB: each is a read and an entry of the index"
                    ))
            }
            if chunk > bounds.upperBound {
                lines.append(("told", "chunks of \(SizeText.of(chunk)) are above 32 MB: each is unpacked as a whole"))
            }
        case .contiguous, .compact, .external:
            lines.append(("stored", "in one piece of \(SizeText.of(whole))"))
            lines.append(("one frame", "1 read of \(SizeText.of(product(frame, bytes)))"))
            let reads = shape.dropLast(2).reduce(1, saturating)
            lines.append(("one sinogram", "\(reads) reads, \(SizeText.of(product(row, bytes))) in all"))
        default: lines.append(("stored", "in a way that is not followed"))
        }
        return lines
    }

    /// "12 chunks, 4.1 MB of the file for 18.0 MB".
    private static func touched(
        _ box: some Collection<Int>, _ chunk: [Int], _ chunkBytes: Int, _ share: Double?, wanted: Int
    ) -> String {
        let count = zip(box, chunk).map { ($0 - 1) / $1 + 1 }.reduce(1, saturating)
        let all = saturating(count, chunkBytes)
        let read = share.map { Int(min(Double(all) * $0, 1e18)) } ?? all
        return "\(count) chunk\(count == 1 ? "" : "s"), \(SizeText.of(read)) of the file"
            + (share == nil ? "" : ", \(SizeText.of(all)) unpacked") + " for \(SizeText.of(wanted))"
    }

    private static func product(_ shape: some Sequence<Int>, _ bytes: Int) -> Int { shape.reduce(bytes, saturating) }

    private static func saturating(_ one: Int, _ other: Int) -> Int {
        let (product, isTooLarge) = one.multipliedReportingOverflow(by: other)
        return isTooLarge ? .max : product
    }

    private static func elementBytes(_ type: DataType) -> Int? {
        switch type {
        case .integer(let bytes, _, _), .float(let bytes, _), .bitfield(let bytes), .opaque(let bytes, _): bytes
        case .enumeration(let base, _, _): elementBytes(base)
        default: nil
        }
    }
}
