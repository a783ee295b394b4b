// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// A value together with what went wrong while it was read.
struct ReadValue {
    let value: Value
    var fault: Fault.Kind?
    var text = ""

    static func notRead(_ reason: Value.Reason) -> ReadValue { ReadValue(value: .notRead(reason)) }

    static func unreadable(_ text: String, _ kind: Fault.Kind = .unreadable) -> ReadValue {
        ReadValue(value: .notRead(.unreadable), fault: kind, text: text)
    }
}

/// Reads elements as they lie in the file and turns them into values.
struct ValueReading {
    /// Fills memory with elements of a type.
    typealias Fill = (_ memoryType: hid_t, _ buffer: UnsafeMutableRawPointer?) -> herr_t

    let heap: GlobalHeap
    let addressBytes: Int
    /// Bytes that strings of variable length may take together.
    let textBytes: Int

    /// Bytes of one element in the file.
    func elementBytes(_ type: DataType) -> Int? {
        switch type {
        case .integer(let bytes, _, _), .float(let bytes, _): bytes
        case .string(let fixed, _, _): fixed ?? 8 &+ addressBytes
        case .enumeration(let base, _, _): elementBytes(base)
        default: nil
        }
    }

    /// Reads elements.
    ///
    /// - Parameters:
    ///   - stored: Identifier of the type in the file.
    ///   - count: Number of elements; their bytes fit a limit already.
    ///   - fill: One call of the library that reads them all.
    func read(
        _ type: DataType, stored: hid_t, count: Int, subject: @autoclosure () -> String, fill: Fill
    ) throws(Failure) -> ReadValue {
        guard let width = elementBytes(type) else { return .notRead(.type) }
        if count == 0 { return ReadValue(value: empty(type)) }
        switch type {
        case .string(nil, _, _):
            let raw = try Identifier("prepare to read", subject()) { H5Tcreate(H5T_OPAQUE, width) }
            let bytes = try raws(count, width, subject()) { fill(raw.id, $0) }
            return bytes.withUnsafeBytes { raw in
                do throws(Stop) {
                    return ReadValue(value: .strings(try texts(raw, count, width)))
                } catch {
                    return .unreadable(error.sentence)
                }
            }
        case .string(_, _, let padding):
            let bytes = try raws(count, width, subject()) { fill(stored, $0) }
            return ReadValue(value: .strings(bytes.withUnsafeBytes { each($0, count, width, padding) }))
        case .integer(_, let isSigned, _):
            guard isWholeInteger(stored, width) else {
                let native = isSigned ? chdf5_native_int64() : chdf5_native_uint64()
                let plain = DataType.integer(bytes: 8, isSigned: isSigned, bigEndian: false)
                let bytes = try raws(count, 8, subject()) { fill(native, $0) }
                return ReadValue(value: bytes.withUnsafeBytes { integers($0, count, plain) })
            }
            let bytes = try raws(count, width, subject()) { fill(stored, $0) }
            return ReadValue(value: bytes.withUnsafeBytes { integers($0, count, type) })
        case .enumeration(let base, _, _):
            guard base.isInteger, width <= 8 else { return .notRead(.type) }
            let bytes = try raws(count, width, subject()) { fill(stored, $0) }
            return ReadValue(value: bytes.withUnsafeBytes { integers($0, count, base) })
        case .float:
            let bytes = try raws(count, 8, subject()) { fill(chdf5_native_double(), $0) }
            let values = bytes.withUnsafeBytes { RawDecoding.reals($0, count: count, bytes: 8, bigEndian: false) }
            return ReadValue(value: .reals(values ?? []))
        default: return .notRead(.type)
        }
    }

    private func empty(_ type: DataType) -> Value {
        switch type {
        case .string: .strings([])
        case .float: .reals([])
        default: .integers([])
        }
    }

    private func raws(
        _ count: Int, _ width: Int, _ subject: @autoclosure () -> String, _ fill: (UnsafeMutableRawPointer?) -> herr_t
    ) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count &* width)
        _ = try Door.call("read the value of", subject()) { bytes.withUnsafeMutableBytes { fill($0.baseAddress) } }
        return bytes
    }

    /// All bits of all bytes belong to the number, so that its bytes can be taken as they are.
    private func isWholeInteger(_ type: hid_t, _ width: Int) -> Bool {
        guard width == 1 || width == 2 || width == 4 || width == 8 else { return false }
        return Door.ask { H5Tget_precision(type) } == width &* 8
    }

    /// Turns elements as they lie in the file into a value.
    func plainValue(
        _ stored: TypeMessage.Stored, _ raw: UnsafeRawBufferPointer, _ count: Int
    ) throws(Stop) -> Value {
        let type = stored.type
        guard let width = elementBytes(type), width == stored.bytes, raw.count >= count &* width else {
            return .notRead(.type)
        }
        if count == 0 { return empty(type) }
        if let bits = stored.bits { return bits.value(raw, count: count, type: type) ?? .notRead(.type) }
        switch type {
        case .string(nil, _, _): return .strings(try texts(raw, count, width))
        case .string(_, _, let padding): return .strings(each(raw, count, width, padding))
        case .integer: return integers(raw, count, type)
        case .enumeration(let base, _, _): return integers(raw, count, base)
        case .float(let bytes, let bigEndian):
            return RawDecoding.reals(raw, count: count, bytes: bytes, bigEndian: bigEndian).map(Value.reals)
                ?? .notRead(.type)
        default: return .notRead(.type)
        }
    }

    private func integers(_ raw: UnsafeRawBufferPointer, _ count: Int, _ type: DataType) -> Value {
        if let values = RawDecoding.integers(raw, count: count, type: type) { return .integers(values) }
        guard case .integer(8, false, let bigEndian) = type else { return .notRead(.type) }
        return .unsigned(RawDecoding.unsigned(raw, count: count, bigEndian: bigEndian))
    }

    private func each(
        _ raw: UnsafeRawBufferPointer, _ count: Int, _ width: Int, _ padding: DataType.Padding
    ) -> [Text] {
        (0..<count).map { index in
            Text(bytes: .init(rebasing: raw[(index &* width)..<(index &* width &+ width)]), padding: padding)
        }
    }

    private func texts(_ raw: UnsafeRawBufferPointer, _ count: Int, _ width: Int) throws(Stop) -> [Text] {
        var texts: [Text] = []
        texts.reserveCapacity(min(count, 4096))
        var budget = textBytes
        for index in 0..<count {
            let element = UnsafeRawBufferPointer(rebasing: raw[(index &* width)..<(index &* width &+ width)])
            let text = try heap.text(element, limit: textBytes)
            budget &-= text.string.utf8.count
            if budget < 0, index > 0 { break }
            texts.append(text)
        }
        return texts
    }
}
