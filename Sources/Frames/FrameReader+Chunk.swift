// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

package import Diffraction
internal import HDF5
package import ImageCodecs
internal import Transport

extension FrameReader {
    /// A chunk that is a whole frame packed by bitshuffle with LZ4, as it lies in its file.
    package struct PackedChunk: Sendable {
        /// The bytes of the chunk.
        package let bytes: [UInt8]
        /// Type of an element, little endian.
        package let element: ElementType
        package let planes: Int
        package let slow: Int
        package let fast: Int
    }

    /// The chunk of a frame that may be copied without decoding.
    ///
    /// - Parameter frame: From 0, within `FrameStack.frames`.
    /// - Returns: nil for a frame that is stored in any other way.
    package func packedChunk(_ frame: Int, of stack: FrameStack) throws(FrameFault) -> PackedChunk? {
        let runs = stack.content(frame: frame)
        guard case .files = origin, runs.count == 1, let run = runs.first, run.area == stack.whole,
            case .stored(let number, _, let corner) = run.content
        else { return nil }
        let (store, at) = try place(of: run, frame)
        let reader = try reader(number, store)
        let stored = reader.stored
        guard stored.shape.count == 3 || stored.shape.count == 4, case .chunks(let chunk, let table) = stored.form,
            let filter = stored.filters.first, stored.filters.count == 1, filter.id == FilterNumber.bitshuffle,
            filter.parameters.count >= 5, filter.parameters[4] == 2, !stored.type.isBigEndian,
            chunk == [1] + stored.shape.dropFirst(), at >= 0, at < stored.shape[0]
        else { return nil }
        let whole = stored.shape.count == 4 ? stored.shape[1] : 1
        let (slow, fast) = (stored.shape[stored.shape.count - 2], stored.shape[stored.shape.count - 1])
        guard corner == Area(planes: 0..<whole, slow: 0..<slow, fast: 0..<fast), let piece = table.piece(at),
            piece.skipped == 0, piece.bytes <= FrameFault.Limit.bytes
        else { return nil }
        var bytes: [UInt8] = []
        do throws(Failure) {
            try reader.source.read(into: &bytes, at: piece.offset, count: piece.bytes)
        } catch {
            throw .unread(error.cause)
        }
        guard bytes.count == piece.bytes else { throw .absent }
        return PackedChunk(bytes: bytes, element: reader.element, planes: whole, slow: slow, fast: fast)
    }
}
