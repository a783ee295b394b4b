// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The packed encodings of CBF: differences in runs of 1 to 128, each with so many bits as its greatest needs.
///
/// A head of four words of 64 bits, the number of elements first. Before each run stand the logarithm of its length (3
/// bits) and a code for the bits of a difference (3 bits, or 4 in version 2). Differences are those to the mean of the
/// neighbours that are known already, if the sizes of the image are told and it is not *flat*, else to the element before.
/// - Source: CBFlib manual, packed compression (J. P. Abrahams); behaviour of CBFlib 0.9.7.
enum Packed {
    enum Version: Sendable {
        case first, second

        /// Bits of a difference by their code; 65 where the element itself is meant.
        var widths: [Int] {
            switch self {
            case .first: [0, 4, 5, 6, 7, 8, 16, 65]
            case .second: [0] + Array(3...16) + [65]
            }
        }
    }

    static func decode(
        _ stream: Span<UInt8>, _ version: Version, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        let element = parameters.element ?? .int32
        let count = try CBFElements.count(element, in: output)
        try CBFElements.check(stream, count: count)
        let neighbours = try Neighbours(parameters, element, count: count, first: output.count)
        let widths = version.widths
        let codeBits = version == .first ? 3 : 4
        var bits = LowBits(from: 32)
        var done = 0
        var before: Int64 = 0
        while done < count {
            guard let length = bits.next(3, of: stream), let code = bits.next(codeBits, of: stream) else {
                throw .short(at: stream.count)
            }
            var width = widths[Int(code)]
            if width == 65, neighbours != nil { width = 8 * element.bytes }
            let end = min(count, done + 1 << Int(length))
            while done < end {
                guard let step = bits.signed(width, of: stream) else { throw .short(at: stream.count) }
                let base = neighbours?.mean(of: done, in: output) ?? before
                before = base &+ step
                CBFElements.append(before, element.bytes, to: &output)
                done += 1
            }
        }
    }
}

/// The elements around one that is to come, whose mean foretells it.
///
/// The one before, and three of the row before; the same places of the section before, if there is one. In the first row,
/// first and last column there are fewer; always 1, 2, 4 or 8.
private struct Neighbours {
    private let fast: Int
    private let rows: Int
    private let isCorrelated: Bool
    private let width: Int
    /// Where the first element lies in the output.
    private let first: Int

    /// Nil where differences are to the element before.
    init?(_ parameters: Codec.Parameters, _ element: ElementType, count: Int, first: Int) throws(CodecFault) {
        let words = parameters.words.map { $0.lowercased() }
        guard let fast = parameters.shape.first, !words.contains("flat") else { return nil }
        let rows = parameters.shape.dropFirst().first ?? 1
        let sections = parameters.shape.dropFirst(2).first ?? 1
        let (area, tooLarge) = fast.multipliedReportingOverflow(by: rows)
        let (all, tooMany) = area.multipliedReportingOverflow(by: sections)
        guard fast > 0, rows > 0, !tooLarge, !tooMany, all == count else {
            throw .request("\(parameters.shape) elements are not \(count)")
        }
        // Of rows of one element CBFlib takes a neighbour that is not known yet.
        guard fast > 1 || rows == 1 else { throw .unsupported("packed rows of one element") }
        self.fast = fast
        self.rows = rows
        self.first = first
        isCorrelated = !words.contains("uncorrelated_sections")
        width = element.bytes
    }

    /// The mean by which an element is foretold, modulo the width.
    func mean(of index: Int, in output: borrowing OutputSpan<UInt8>) -> Int64 {
        guard index > 0 else { return 0 }
        let column = index % fast
        let row = index / fast % rows
        let section = index / (fast * rows)
        var sum: Int64 = 0
        var count = 0
        func take(_ place: Int) {
            sum &+= element(place, output)
            count += 1
        }
        if row == 0 {
            take(column == 0 ? index - fast * rows : index - 1)
        } else {
            let sectionBefore = section > 0 && isCorrelated ? fast * rows : 0
            for back in sectionBefore > 0 ? [0, sectionBefore] : [0] {
                // The one before; in the section before the one itself.
                if column > 0 { take(index - 1 - back + (back > 0 ? 1 : 0)) }
                take(index - fast - back)
                if column < fast - 1 { take(index - fast + 1 - back) }
                if column > 0, column < fast - 1 { take(index - fast - 1 - back) }
            }
        }
        let unused = Int64(64 - 8 * width)
        let whole = (sum << unused) >> unused
        switch count {
        case 2: return (whole &+ 1) >> 1
        case 4: return (whole &+ 2) >> 2
        case 8: return (whole &+ 4) >> 3
        default: return whole
        }
    }

    private func element(_ index: Int, _ output: borrowing OutputSpan<UInt8>) -> Int64 {
        let bytes = output.span.bytes
        let place = first + index * width
        switch width {
        case 1: return Int64(bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt8.self))
        case 2: return Int64(bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt16.self))
        case 4: return Int64(bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self))
        default: return bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Int64.self)
        }
    }
}
