// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Glibc
import Transport

/// libhdf5 reads values of one file, in a process that ends with it.
///
/// It opens datasets by address and reads their first elements; it lists no group and no attribute, counts no chunk, and
/// stops at the first error of the library, whose state nobody knows after that.
public enum ForeignServing {
    /// Answers a request of `ForeignReader`.
    ///
    /// - Parameter descriptor: The file; it stays open.
    public static func answer(_ request: [UInt8], descriptor: Int32) -> [UInt8] {
        guard let wanted = ForeignValue.read(request) else { return [] }
        var results: [ForeignResult] = []
        do throws(Failure) {
            let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            guard own >= 0 else { throw .system("open", "the file", errno) }
            let source = try Source(descriptor: Descriptor(owning: own), name: Name("the file"))
            let container = try Container(source, limits: .default)
            let file = try container.library()
            let reading = ValueReading(
                heap: GlobalHeap(of: container), addressBytes: container.superblock.addressBytes,
                textBytes: Limits.default.smallValueBytes)
            for value in wanted { results.append(.value(try read(value, in: file, reading))) }
        } catch {
            results.append(.failed(error.words))
        }
        return ForeignResult.wire(results)
    }

    private static func read(_ wanted: ForeignValue, in file: hid_t, _ reading: ValueReading) throws(Failure) -> Value {
        let subject = "the dataset"
        let dataset = try Identifier("open", subject) { H5Oopen_by_addr(file, haddr_t(wanted.address)) }
        guard Door.ask({ H5Iget_type(dataset.id) }) == H5I_DATASET else {
            throw Failure(attempt: "open", subject: subject, code: .damaged, words: "libhdf5 finds no dataset there")
        }
        let stored = try Identifier("read the type of", subject) { H5Dget_type(dataset.id) }
        let type = try TypeReading(subject: { subject }).describe(stored.id)
        let space = try Identifier("read the extent of", subject) { H5Dget_space(dataset.id) }
        let shape = try Extent(space.id, subject).shape
        guard let shape, shape.count == wanted.first.count, zip(wanted.first, shape).allSatisfy({ $0 <= $1 }) else {
            throw Failure(
                attempt: "read", subject: subject, code: .damaged, words: "libhdf5 finds another extent than we do")
        }
        let read =
            try shape.isEmpty
            ? reading.read(type, stored: stored.id, count: 1, subject: subject) {
                H5Dread(dataset.id, $0, chdf5_all(), chdf5_all(), chdf5_default_list(), $1)
            } : part(of: dataset.id, type, stored.id, space.id, wanted, reading)
        guard read.fault == nil else {
            throw Failure(attempt: "read", subject: subject, code: .library(read.text), words: read.text)
        }
        return read.value
    }

    private static func part(
        of dataset: hid_t, _ type: DataType, _ stored: hid_t, _ space: hid_t, _ wanted: ForeignValue,
        _ reading: ValueReading
    ) throws(Failure) -> ReadValue {
        let subject = "the dataset"
        var start = [hsize_t](repeating: 0, count: wanted.first.count)
        let count = wanted.first.map { hsize_t(clamping: $0) }
        _ = try Door.call("select a part of", subject) {
            H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, nil, count, nil)
        }
        let memory = try Identifier("select a part of", subject) {
            H5Screate_simple(Int32(clamping: count.count), count, nil)
        }
        return try reading.read(type, stored: stored, count: wanted.count, subject: subject) {
            H5Dread(dataset, $0, memory.id, space, chdf5_default_list(), $1)
        }
    }
}
