// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Elements of a CBF file as they are, in the byte order that is stated.
///
/// - Source: imgCIF dictionary, `_array_structure.compression_type` none and `_array_structure.byte_order`.
enum Uncompressed {
    /// Fills the output with elements in the byte order of this machine; what lies behind them is not looked at.
    static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        let count = output.freeCapacity
        guard count <= stream.count else { throw .short(at: stream.count) }
        let width = max(1, parameters.element?.bytes ?? parameters.elementBytes)
        guard count % width == 0 else {
            throw .request("\(count) bytes are no whole number of elements of \(width) bytes")
        }
        guard parameters.order != .ofThisMachine, width > 1 else {
            for index in 0..<count { output.append(stream[index]) }
            return
        }
        for start in stride(from: 0, to: count, by: width) {
            for byte in 1...width { output.append(stream[start + width - byte]) }
        }
    }
}
