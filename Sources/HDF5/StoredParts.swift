// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Where the elements of the arrays of a file lie: chunks as they are stored, or slices of contiguous arrays.
///
/// Numbers of two dimensions and more; read by our own reader alone.
public struct StoredParts: Sendable {
    /// The parts of one dataset.
    public struct Table: Sendable {
        /// Path by the links through which the dataset was found first.
        public let path: String
        /// Type, extent, layout and filters of the dataset.
        public let dataset: Dataset
        /// Attributes of the dataset.
        public let attributes: [Attribute]
        /// What elements that were never written are read as; nil where the writer set nothing.
        public let fillValue: Double?
        /// Chunks at the edge pass the filters like the others.
        public let filtersEdges: Bool
        /// In the order of the index; parts that were never written have no place.
        public let parts: [Part]
    }

    /// One part.
    public struct Part: Sendable, Hashable {
        /// Indices of its first element; [slow … fast].
        public let first: [Int]
        /// Indices along the slowest dimension that it holds, inside the extent.
        public let slices: Int
        /// From the start of the file, bytes.
        public let address: Int
        /// Bytes as they are stored; may reach behind the end of a file that was cut.
        public let size: Int
        /// A bit for each filter that was not applied, the first one lowest.
        public let skipped: UInt64
    }

    /// In the order in which the datasets were found.
    public private(set) var tables: [Table] = []
    /// Objects whose parts, if they have any, are not listed.
    public private(set) var failures: [Failure] = []

    /// Reads the structures of a file, and no element.
    ///
    /// - Throws: When it cannot be opened as an HDF5 file.
    /// - Source: HDF5 File Format Specification, data layout message.
    public init(of source: Source, limits: Limits = .default) throws(Failure) {
        let snapshot = try Snapshot.read(source, limits: limits)
        let container = try Container(source, limits: limits)
        do throws(Stop) {
            let reader = try NativeReader(container, limits: limits)
            for object in snapshot.objects {
                let path = snapshot.path(of: object.id)
                if case .unreadable(let words) = object.kind { note(path, words) }
                guard let dataset = object.dataset, Self.isWanted(dataset) else { continue }
                do throws(Stop) {
                    guard case .dataset(let plain) = try reader.object(at: object.address).content else { continue }
                    let parts = try Self.parts(of: plain, dataset.shape ?? [], container.superblock.base)
                    guard !parts.isEmpty else { continue }
                    tables.append(
                        Table(
                            path: path, dataset: dataset, attributes: object.attributes,
                            fillValue: try reader.statedFill(of: plain), filtersEdges: plain.stored.filtersEdges,
                            parts: parts))
                } catch {
                    note(path, error.sentence)
                }
            }
        } catch {
            note("/", error.sentence)
        }
        for fault in snapshot.faults where fault.kind == .objectLimit || fault.kind == .depthLimit {
            failures.append(fault.failure)
        }
    }

    private mutating func note(_ path: String, _ words: String) {
        failures.append(
            Failure(
                attempt: "list the stored parts of", subject: path, code: .form("layout"), words: words,
                remedy: "look at the file with 'imprimatur check'"))
    }

    private static func isWanted(_ dataset: Dataset) -> Bool {
        guard let shape = dataset.shape, shape.count > 1, dataset.type.isNumeric else { return false }
        switch dataset.layout {
        case .chunked, .contiguous: return true
        default: return false
        }
    }

    private static func parts(of plain: PlainDataset, _ shape: [Int], _ base: UInt64) throws(Stop) -> [Part] {
        switch plain.stored.place {
        case .chunks(let chunks, let grid):
            var parts: [Part] = []
            parts.reserveCapacity(chunks.count)
            for chunk in chunks {
                let first = try grid.offset(chunk.position)
                let slices = min(grid.chunk.first ?? 1, max(0, (shape.first ?? 0) &- (first.first ?? 0)))
                parts.append(try part(first, slices, chunk.address, chunk.bytes, base, skipped: chunk.skipped))
            }
            return parts
        case .contiguous(let address, let stated):
            guard address != noAddress, stated > 0, let count = shape.first, count > 0 else { return [] }
            guard shape.count > 2, stated % UInt64(count) == 0 else {
                return [try part([Int](repeating: 0, count: shape.count), count, address, stated, base)]
            }
            // A table of slices of no bytes would be one without end.
            let size = stated / UInt64(count)
            guard size > 0, count <= mostSlices else { throw .unread(.limit) }
            var parts: [Part] = []
            for index in 0..<count {
                let first = [index] + [Int](repeating: 0, count: shape.count - 1)
                let (start, overflow) = address.addingReportingOverflow(UInt64(index) &* size)
                guard !overflow else { throw .damaged(.outside) }
                parts.append(try part(first, 1, start, size, base))
            }
            return parts
        default: return []
        }
    }

    private static func part(
        _ first: [Int], _ slices: Int, _ address: UInt64, _ size: UInt64, _ base: UInt64, skipped: UInt64 = 0
    ) throws(Stop) -> Part {
        let piece = try StoredPiece(address: address, bytes: size, skipped: 0, base: base)
        return Part(first: first, slices: slices, address: piece.offset, size: piece.bytes, skipped: skipped)
    }

    private static let mostSlices = 2_000_000
}
