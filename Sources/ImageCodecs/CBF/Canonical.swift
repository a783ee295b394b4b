// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The canonical-code encoding of CBF: differences by codes of least redundancy.
///
/// A head of four words of 64 bits, the number of elements first; then bytes: bits n of a difference that has a code of its
/// own, bits m of the greatest one, lengths of the codes of all differences of n bits, of the end, and of differences of n +
/// 1 to m bits, which follow their code as they are. Longer codes come first, equal lengths in the order of the table.
/// - Source: CBFlib manual, canonical-code compression (P. J. Ellis); behaviour of CBFlib 0.9.7.
enum Canonical {
    static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        let element = parameters.element ?? .int32
        let count = try CBFElements.count(element, in: output)
        try CBFElements.check(stream, count: count)
        let codes = try Codes(stream, at: 32)
        var bits = LowBits(from: codes.end)
        var value: Int64 = 0
        let limit = Int64(1) << Int64(8 * element.bytes)
        let range = element.isSigned ? -limit / 2..<limit / 2 : 0..<limit
        for index in 0..<count {
            switch codes.next(&bits, stream) {
            case .short: throw .short(at: stream.count)
            case .end: throw .short(at: stream.count)
            case .difference(let step): value = value &+ step
            }
            // 32 bits go round; narrower elements do not.
            guard element.bytes > 2 || range.contains(value) else { throw .range(element: index) }
            CBFElements.append(value, element.bytes, to: &output)
        }
        guard case .end = codes.next(&bits, stream) else { throw .short(at: stream.count) }
    }
}

private struct Codes {
    enum Symbol {
        case difference(Int64)
        case end
        /// The stream ends before.
        case short
    }

    /// Where the first code stands, bytes.
    let end: Int
    /// The number of the end; differences of so many bits more lie behind it.
    private let endCode: Int
    /// By length: the first code, and where its symbol stands in `symbols`.
    private var first = [Int](repeating: 0, count: 65)
    private var count = [Int](repeating: 0, count: 65)
    private var start = [Int](repeating: 0, count: 65)
    private var symbols: [Int] = []

    init(_ stream: Span<UInt8>, at place: Int) throws(CodecFault) {
        guard stream.count - place >= 2 else { throw .short(at: stream.count) }
        let bits = Int(stream[place])
        let most = Int(stream[place + 1])
        guard bits > 0, bits <= 15, most <= 65 else { throw .damaged(block: 0) }
        endCode = 1 << bits
        let entries = endCode + 1 + max(0, most - bits)
        guard stream.count - place - 2 >= entries else { throw .short(at: stream.count) }
        end = place + 2 + entries
        var lengths: [Int] = []
        for entry in 0..<entries {
            let length = Int(stream[place + 2 + entry])
            guard length <= 64 else { throw .damaged(block: 0) }
            lengths.append(length)
            count[length] += length > 0 ? 1 : 0
        }
        for length in 1...64 {
            start[length] = symbols.count
            guard count[length] > 0 else { continue }
            for (entry, size) in lengths.enumerated() where size == length {
                symbols.append(entry <= endCode ? entry : entry + bits)
            }
        }
        // From the longest down: what is left of one length, halved, is where the next begins. All has to come out even.
        for length in stride(from: 63, through: 1, by: -1) {
            let used = first[length + 1] + count[length + 1]
            guard used % 2 == 0 else { throw .damaged(block: 0) }
            first[length] = used / 2
        }
        guard first[1] + count[1] == 2 else { throw .damaged(block: 0) }
    }

    func next(_ bits: inout LowBits, _ stream: Span<UInt8>) -> Symbol {
        var code = 0
        for length in 1...64 {
            guard let bit = bits.next(1, of: stream) else { return .short }
            code = code << 1 | Int(bit)
            let place = code - first[length]
            // Less than the first of its length begins a longer code.
            if place < 0 { continue }
            guard place < count[length] else { return .short }
            let symbol = symbols[start[length] + place]
            if symbol == endCode { return .end }
            if symbol < endCode {
                return .difference(Int64(symbol < endCode / 2 ? symbol : symbol - endCode))
            }
            return bits.signed(symbol - endCode, of: stream).map { .difference($0) } ?? .short
        }
        return .short
    }
}
