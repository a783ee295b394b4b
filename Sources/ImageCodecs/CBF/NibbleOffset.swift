// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The nibble_offset encoding of CBF: differences of 2 to 64 bits, as many as the mode that is set says.
///
/// The least difference of a mode announces another mode, which stays, or one that is one to five steps wider for a single
/// difference. Streams that begin anew or state addresses are none that CBFlib writes, and are not decoded.
/// - Source: CBFlib 0.9.7, cbf_nibble_offset.c, description of the stream.
enum NibbleOffset {
    private static let modes = [2, 4, 6, 8, 12, 16, 32, 64]

    private enum Order {
        case mode(Int)
        case wider(by: Int)
        case anew
    }

    static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        let element = parameters.element ?? .int32
        let count = try CBFElements.count(element, in: output)
        var bits = LowBits()
        var value: Int64 = 0
        var mode: Int?
        // The mode whose least difference was met, from which steps are counted.
        var left: Int?
        var done = 0
        while done < count {
            var width = mode
            var once = false
            if width == nil {
                switch try order(&bits, stream, isSet: left != nil) {
                case .mode(let new):
                    mode = new
                    width = new
                case .wider(let steps):
                    // Before the first mode it only fills up.
                    guard let from = left.flatMap({ modes.firstIndex(of: $0) }) else { continue }
                    guard from + steps < modes.count else { throw .damaged(block: done) }
                    width = modes[from + steps]
                    once = true
                case .anew:
                    guard left == nil else { throw .unsupported("a nibble_offset stream that begins anew") }
                    continue
                }
            }
            guard let width else { continue }
            guard let step = bits.signed(width, of: stream) else { throw .short(at: stream.count) }
            if step == -1 << Int64(width - 1) {
                left = width
                mode = nil
                continue
            }
            if once { mode = left }
            value = value &+ step
            CBFElements.append(value, element.bytes, to: &output)
            done += 1
        }
    }

    /// What is set now.
    ///
    /// - Parameter isSet: Whether a mode was set before, so that steps count from it and their number follows.
    private static func order(
        _ bits: inout LowBits, _ stream: Span<UInt8>, isSet: Bool
    ) throws(CodecFault) -> Order {
        func next(_ width: Int) throws(CodecFault) -> Int {
            guard let value = bits.next(width, of: stream) else { throw .short(at: stream.count) }
            return Int(value)
        }
        switch try next(2) {
        case 1: return .wider(by: 1)
        case 2: return .mode(2)
        case 3: return .wider(by: isSet ? try next(2) + 2 : 2)
        default: break
        }
        switch try next(2) {
        case 1: return .mode(4)
        case 2: return .mode(8)
        case 3: return .mode(6)
        default: break
        }
        switch try next(4) {
        case 0: return .anew
        case 1: return .mode(16)
        case 2: return .mode(32)
        case 3: return .mode(12)
        case 4: return .mode(64)
        case 12: throw .unsupported("a nibble_offset stream with addresses")
        default: throw .damaged(block: 0)
        }
    }
}
