// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Where libhdf5 is asked for values that our own reader cannot unpack: a process that may die.
///
/// Whoever hands it in says where that process is; a request is bytes and the descriptor of one file, the answer is bytes.
public struct ForeignReader: Sendable {
    /// What a reader in another process answers for one dataset.
    public enum Answer: Sendable, Hashable {
        case bytes([UInt8])
        /// The process died or was ended; in words.
        case ended(String)
    }

    let ask: @Sendable (_ request: [UInt8], _ descriptor: Int32) -> Answer

    public init(ask: @escaping @Sendable (_ request: [UInt8], _ descriptor: Int32) -> Answer) { self.ask = ask }

    /// libhdf5 in this process, for comparison.
    package static let inThisProcess = ForeignReader { .bytes(ForeignServing.answer($0, descriptor: $1)) }

    /// Values in a request, at most.
    private static let mostValues = 1024
    /// Bytes of the values of a request, about.
    private static let mostBytes = 16 << 20
    /// After so many processes that ended over one file no other is started for it.
    private static let mostEnds = 3

    /// Has values read, each answered once, in their order.
    ///
    /// A process ends with its first error, and the rest is asked anew; when one died over several values, they are asked
    /// for one by one.
    func results(of wanted: [ForeignValue], descriptor: Int32) -> [ForeignResult] {
        var results: [ForeignResult] = []
        var ends = 0
        while results.count < wanted.count {
            let portion = portion(of: wanted[results.count...], isAlone: ends > 0)
            let end: String
            switch ask(ForeignValue.wire(portion), descriptor) {
            case .bytes(let bytes):
                if let some = ForeignResult.read(bytes, of: portion), !some.isEmpty {
                    results += some
                    continue
                }
                end = "its answer could not be read"
            case .ended(let words): end = words
            }
            ends += 1
            if ends > Self.mostEnds {
                results += repeatElement(.ended(end), count: wanted.count - results.count)
            } else if portion.count == 1 {
                results.append(.ended(end))
            }
        }
        return results
    }

    private func portion(of rest: ArraySlice<ForeignValue>, isAlone: Bool) -> ArraySlice<ForeignValue> {
        if isAlone { return rest.prefix(1) }
        var bytes = 0
        var count = 0
        for value in rest.prefix(Self.mostValues) {
            bytes = bytes &+ value.bytes
            if count > 0, bytes > Self.mostBytes { break }
            count += 1
        }
        return rest.prefix(count)
    }
}

/// A value that libhdf5 is to read: the first elements of a dataset.
struct ForeignValue: Equatable {
    /// Address of the header of the dataset.
    let address: UInt64
    /// Elements from the first on, by dimension.
    let first: [Int]
    /// Bytes of an element in the file.
    let width: Int

    var count: Int { product(first) ?? 0 }

    /// Bytes of the answer, about.
    var bytes: Int { count &* max(8, width) }

    /// Address, rank and extent of each, 8 bytes a number, little endian.
    static func wire(_ values: some Collection<ForeignValue>) -> [UInt8] {
        var bytes = WireBytes()
        for value in values {
            bytes.append(value.address)
            bytes.append(UInt64(value.first.count))
            for extent in value.first { bytes.append(UInt64(clamping: extent)) }
        }
        return bytes.bytes
    }

    static func read(_ bytes: [UInt8]) -> [ForeignValue]? {
        var rest = WireBytes(bytes)
        var values: [ForeignValue] = []
        while !rest.isEmpty {
            guard let address = rest.word(), let rank = rest.word(), rank <= 32 else { return nil }
            var first: [Int] = []
            for _ in 0..<Int(rank) {
                guard let extent = rest.count() else { return nil }
                first.append(extent)
            }
            values.append(ForeignValue(address: address, first: first, width: 0))
        }
        return values
    }
}

/// What became of a value.
enum ForeignResult: Equatable {
    case value(Value)
    /// The library could not read it; in its words.
    case failed(String)
    /// The process that read it died or was ended; in words.
    case ended(String)

    /// One byte for the kind, then what belongs to it.
    static func wire(_ results: [ForeignResult]) -> [UInt8] {
        var bytes = WireBytes()
        for result in results {
            switch result {
            case .value(let value): value.append(to: &bytes)
            case .failed(let words), .ended(let words):
                bytes.append(UInt8(0))
                bytes.append(words)
            }
        }
        return bytes.bytes
    }

    /// Nil unless the bytes answer the first of the values, each with as many elements as were asked for.
    static func read(_ bytes: [UInt8], of wanted: ArraySlice<ForeignValue>) -> [ForeignResult]? {
        var rest = WireBytes(bytes)
        var results: [ForeignResult] = []
        for value in wanted {
            if rest.isEmpty { return results }
            guard let kind = rest.byte() else { return nil }
            if kind == 0 {
                guard let words = rest.text() else { return nil }
                results.append(.failed(words))
            } else {
                guard let read = Value(kind: kind, &rest), read.count == value.count else { return nil }
                results.append(.value(read))
            }
        }
        return rest.isEmpty ? results : nil
    }
}
