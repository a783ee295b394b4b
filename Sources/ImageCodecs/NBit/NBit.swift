// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers in as many bits as their type says that they have, the highest bit first, as HDF5 filter 5 stores a chunk.
///
/// - Source: HDF5 reference, H5Pset_nbit; The HDF Group, n-bit filter. What is here was tried on chunks of HDF5 1.10 and 2.0.
struct NBit {
    /// What an element is made of.
    private indirect enum Part {
        case number(bytes: Int, isBigEndian: Bool, precision: Int, offset: Int)
        /// Bytes as they are.
        case bytes(Int)
        case array(count: Int, of: Part, bytes: Int)
        case members([(place: Int, part: Part)], bytes: Int)

        var bytes: Int {
            switch self {
            case .number(let bytes, _, _, _), .bytes(let bytes), .array(_, _, let bytes), .members(_, let bytes): bytes
            }
        }
    }

    private static let deepest = 32

    private let element: Part
    private let count: Int
    /// The filter left the chunk as it is.
    private let isWhole: Bool

    /// - Parameter values: Their number, whether nothing is packed, elements, then the type of an element.
    private init?(_ values: [UInt32]) {
        guard values.count >= 5, Int(values[0]) <= values.count else { return nil }
        var place = 3
        guard let element = Self.part(values.map { Int($0) }, &place, depth: 0) else { return nil }
        self.element = element
        count = Int(values[2])
        isWhole = values[1] != 0
    }

    /// Class and bytes; of a number order, precision and offset; of an array its base; of a compound how many members it has, and
    /// the place of each before it.
    private static func part(_ values: [Int], _ place: inout Int, depth: Int) -> Part? {
        func next() -> Int? {
            guard place < values.count else { return nil }
            place += 1
            return values[place - 1]
        }
        guard depth < deepest, let kind = next(), let bytes = next(), bytes > 0 else { return nil }
        switch kind {
        case 1:
            guard let order = next(), let precision = next(), let offset = next(), order <= 1, precision > 0,
                bytes <= 8, precision <= 8 * bytes, offset <= 8 * bytes - precision
            else { return nil }
            return .number(bytes: bytes, isBigEndian: order == 1, precision: precision, offset: offset)
        case 2:
            guard let base = part(values, &place, depth: depth + 1), bytes % base.bytes == 0 else { return nil }
            return .array(count: bytes / base.bytes, of: base, bytes: bytes)
        case 3:
            guard let count = next() else { return nil }
            var members: [(place: Int, part: Part)] = []
            for _ in 0..<min(count, values.count) {
                guard let start = next(), let member = part(values, &place, depth: depth + 1), start <= bytes,
                    member.bytes <= bytes - start
                else { return nil }
                members.append((start, member))
            }
            return members.count == count ? .members(members, bytes: bytes) : nil
        case 4: return .bytes(bytes)
        default: return nil
        }
    }

    static func accepts(_ parameters: Codec.Parameters) -> Bool {
        NBit(parameters.values).map { $0.element.bytes == parameters.elementBytes } ?? false
    }

    static func decode(
        _ input: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        guard let form = NBit(parameters.values) else { throw .request("n-bit with parameters \(parameters.values)") }
        let (total, overflow) = form.count.multipliedReportingOverflow(by: form.element.bytes)
        guard !overflow, total <= output.freeCapacity else {
            throw .size(stated: UInt64(form.count), expected: output.freeCapacity)
        }
        if form.isWhole {
            guard input.count >= total else { throw .short(at: input.count) }
            for index in 0..<total { output.append(input[index]) }
            return
        }
        var element = [UInt8](repeating: 0, count: form.element.bytes)
        var place = HighBits()
        for _ in 0..<form.count {
            try fill(&element, at: 0, form.element, &place, input)
            for byte in element { output.append(byte) }
        }
    }

    private static func fill(
        _ element: inout [UInt8], at start: Int, _ part: Part, _ place: inout HighBits, _ input: Span<UInt8>
    ) throws(CodecFault) {
        switch part {
        case .number(let bytes, let isBigEndian, let precision, let offset):
            let number = try place.take(precision, of: input) << UInt64(offset)
            for byte in 0..<bytes {
                let index = isBigEndian ? bytes - 1 - byte : byte
                element[start + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * byte))
            }
        case .bytes(let count):
            for index in start..<start + count {
                element[index] = UInt8(truncatingIfNeeded: try place.take(8, of: input))
            }
        case .array(let count, let base, _):
            for index in 0..<count { try fill(&element, at: start + index * base.bytes, base, &place, input) }
        case .members(let members, _):
            for member in members { try fill(&element, at: start + member.place, member.part, &place, input) }
        }
    }
}
