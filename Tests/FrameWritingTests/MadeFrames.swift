// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import FrameWriting
import Frames
import HDF5
import ImageCodecs
import NeXus
import TestSupport
import Transport

/// A CBF file with sections of the given elements.
func cbf(
    _ sections: [[UInt8]], _ type: String, slow: Int, fast: Int, conversion: String? = nil, md5: String? = nil
) -> [UInt8] {
    var bytes = Array("###CBF: VERSION 1.5\r\n\r\ndata_frame\r\nloop_\r\n_array_data.data\r\n".utf8)
    for (number, stream) in sections.enumerated() {
        let kind =
            "application/octet-stream" + (conversion.map { ";\r\n     conversions=\"\($0)\"" } ?? "")
        let sum = md5.map { "Content-MD5: \($0)\r\n" } ?? ""
        let head = """
            ;\r
            --CIF-BINARY-FORMAT-SECTION--\r
            Content-Type: \(kind)\r
            Content-Transfer-Encoding: BINARY\r
            X-Binary-Size: \(stream.count)\r
            X-Binary-ID: \(number + 1)\r
            X-Binary-Element-Type: "\(type)"\r
            X-Binary-Element-Byte-Order: LITTLE_ENDIAN\r
            \(sum)X-Binary-Number-of-Elements: \(slow * fast)\r
            X-Binary-Size-Fastest-Dimension: \(fast)\r
            X-Binary-Size-Second-Dimension: \(slow)\r
            X-Binary-Size-Padding: 0\r
            \r

            """
        bytes += Array(head.utf8) + [0x0C, 0x1A, 0x04, 0xD5] + stream
        bytes += Array("\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n".utf8)
    }
    return bytes
}

func byteOffset(_ values: [Int32], slow: Int, fast: Int) -> [UInt8] {
    cbf(
        [ByteOffset.encode(values)], "signed 32-bit integer", slow: slow, fast: fast,
        conversion: "x-CBF_BYTE_OFFSET")
}

func little<Number: FixedWidthInteger>(_ values: [Number]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
}

extension InputFile {
    init(_ name: String, memory: [UInt8]) {
        self.init(name, size: memory.count) { () throws(Failure) in
            Source(memory: ByteBuffer(memory), name: Name(name))
        }
    }
}

extension FrameInput {
    static func made(_ bytes: [UInt8], _ name: String = "a.cbf") -> FrameInput {
        .sections(InputFile(name, memory: bytes), [0], described: nil)
    }
}

/// Counts of a detector: small ones, some large, gaps and dead pixels at fixed places.
struct Counts {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func image(_ count: Int) -> [Int32] {
        (0..<count).map { index in
            if index % 97 == 5 { return -1 }
            if index % 301 == 7 { return -2 }
            let number = next()
            return number % 211 == 0 ? Int32(truncatingIfNeeded: number >> 33 & 0xFFFFF) : Int32(number % 9)
        }
    }
}

/// A folder for one test, with the frames that are read back from files in it.
final class Yard {
    let url: URL

    init() throws { url = try TestSupport.Folder.temporary() }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes frames to a file of their own.
    @discardableResult
    func write(
        _ frames: [FrameInput], _ settings: PixelSettings = PixelSettings(), to name: String = "out.nxs"
    ) throws -> (plan: PixelPlan, written: WrittenPixels) {
        let plan = try PixelPlan.make(frames, settings)
        let writer = try Writer(creating: path(name))
        let written = try PixelWriting.write(frames, plan, settings, to: writer)
        try writer.close()
        return (plan, written)
    }

    /// The frames of a file by our own reader.
    func images(_ name: String = "out.nxs", _ dataset: String = "/entry/data/data") throws -> [Frames.FrameImage] {
        let files = try FileSet.read(path(name), policy: .small)
        guard case .images(let map) = DatasetFrames(dataset, in: files), let stack = map.stacks.first else { return [] }
        let reader = FrameReader(map, of: .files(files))
        return try (0..<stack.frames).map { try reader.frame($0, of: stack).image }
    }

    func bytes(_ name: String = "out.nxs") throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }
}
