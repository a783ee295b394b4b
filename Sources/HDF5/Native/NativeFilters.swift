// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs

/// Undoes the filters of a chunk, with the codecs of this program.
struct NativeFilters {
    private let pipeline: Pipeline
    let isEmpty: Bool
    /// Bytes of a chunk without filters, and of an element.
    let chunkBytes: Int
    let elementBytes: Int

    init(_ filters: [Filter], chunkBytes: Int, elementBytes: Int) throws(Stop) {
        let stages = filters.map { Pipeline.Stage(number: $0.id, values: $0.parameters) }
        guard let pipeline = Pipeline(stages, elementBytes: elementBytes) else { throw .unread(.filter) }
        self.pipeline = pipeline
        isEmpty = filters.isEmpty
        self.chunkBytes = chunkBytes
        self.elementBytes = elementBytes
    }

    /// The elements of a chunk.
    ///
    /// - Parameters:
    ///   - stored: The chunk as it lies in the file.
    ///   - skipped: A bit for each filter that was not applied, the first one lowest.
    func undone(_ stored: UnsafeRawBufferPointer, skipped: UInt64) throws(Stop) -> [UInt8] {
        do throws(CodecFault) {
            return try pipeline.decode(Span(_unsafeBytes: stored), skipped: skipped, bytes: chunkBytes)
        } catch {
            throw .damaged(.chunkElements)
        }
    }
}
