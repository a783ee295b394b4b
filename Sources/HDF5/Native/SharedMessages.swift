// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Finds messages that objects share: committed types, and messages in a heap of the file.
///
/// - Source: HDF5 File Format Specification, shared message.
struct SharedMessages {
    /// Where a shared message is found, and how it is read.
    struct Found {
        let body: UnsafeRawBufferPointer
        let isChecked: Bool
    }

    let headers: ObjectHeaderReading

    /// What a reference to a shared message stands for.
    func found(
        _ reference: UnsafeRawBufferPointer, kind: HeaderMessage.Kind, isChecked: Bool
    ) throws(Stop) -> Found {
        var cursor = FormatCursor(reference, of: .shared, isChecked: isChecked)
        let version = try cursor.version(1...3)
        let place = try cursor.byte()
        switch version {
        // After reserved bytes a place in a heap of names, which is not looked at.
        case 1: try cursor.skip(14)
        case 2: break
        default:
            if place == 1 {
                guard let table = headers.bytes.sharedTable else { throw cursor.damaged }
                return try table.message(try cursor.take(8), kind: kind)
            }
            guard place == 2 else { throw cursor.damaged }
        }
        let address = try cursor.word()
        for message in try headers.header(at: address).messages where message.kind == kind && !message.isShared {
            return Found(body: message.body, isChecked: message.isChecked)
        }
        throw cursor.damaged
    }

    func cursor(of message: HeaderMessage, _ clause: Clause) throws(Stop) -> FormatCursor {
        guard message.isShared else { return message.cursor(clause) }
        let found = try found(message.body, kind: message.kind, isChecked: message.isChecked)
        return FormatCursor(found.body, of: clause, isChecked: found.isChecked)
    }
}

/// The heaps of a file that hold messages which objects share.
///
/// - Source: HDF5 File Format Specification, shared object header message table. The indices are for writers.
struct SharedTable {
    /// One heap, and the kinds of its messages, a bit each.
    private struct Row {
        let kinds: UInt64
        let heap: FractalHeap
    }

    private let rows: [Row]

    init(_ message: HeaderMessage, in bytes: FormatBytes) throws(Stop) {
        var cursor = message.cursor(.sharedTable)
        guard try cursor.byte() == 0 else { throw cursor.newer }
        let address = try cursor.word()
        let count = Int(try cursor.byte())
        guard count > 0, count <= 8 else { throw cursor.damaged }
        var table = try bytes.checked(at: address, count: 4 &+ 30 &* count &+ 4, of: .sharedTable)
        try table.expect("SMTB")
        var rows: [Row] = []
        for _ in 0..<count {
            guard try table.byte() == 0, try table.byte() <= 1 else { throw table.damaged }
            let kinds = try table.number(2)
            try table.skip(10)
            try table.skip(8)
            let heap = try table.word()
            if heap != noAddress { rows.append(Row(kinds: kinds, heap: try FractalHeap(bytes, at: heap))) }
        }
        self.rows = rows
    }

    func message(
        _ identifier: UnsafeRawBufferPointer, kind: HeaderMessage.Kind
    ) throws(Stop) -> SharedMessages.Found {
        guard let heap = heap(of: kind) else { throw .damaged(.sharedTable) }
        return .init(body: try heap.object(identifier), isChecked: heap.isChecked)
    }

    /// The heap for messages of a kind.
    func heap(of kind: HeaderMessage.Kind) -> FractalHeap? {
        rows.first { $0.kinds >> UInt64(kind.rawValue) & 1 != 0 }?.heap
    }
}
