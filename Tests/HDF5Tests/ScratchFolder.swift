// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HDF5
import TestSupport
import Testing

/// All tests of libhdf5, one after the other, so that open identifiers can be counted.
@Suite(.serialized) struct HDF5Tests {}

/// A folder for one test, removed when it goes.
final class ScratchFolder {
    let url: URL

    init() throws { url = try Folder.temporary() }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file and returns its path.
    func write(
        _ name: String = "scan.nxs", format: Writer.Format = .earliest, userBlock: Int = 0,
        _ fill: (borrowing Writer) throws -> Void
    ) throws -> String {
        let path = path(name)
        let writer = try Writer(creating: path, format: format, userBlock: userBlock)
        try fill(writer)
        try writer.close()
        return path
    }

    func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }
}

extension Writer {
    /// Creates a group with an attribute NX_class.
    func group(_ path: String, nexusClass: String) throws {
        try group(path)
        try attribute("NX_class", .string(nexusClass), on: path)
    }
}

extension [UInt8] {
    /// The places where a pattern stands.
    func places(of pattern: [UInt8]) -> [Int] {
        guard pattern.count <= count else { return [] }
        return (0...(count - pattern.count)).filter { self[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }

    mutating func put(_ bytes: [UInt8], at place: Int) { replaceSubrange(place..<(place + bytes.count), with: bytes) }
}

func little(_ number: UInt64, _ bytes: Int = 8) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { [UInt8]($0.prefix(bytes)) }
}
