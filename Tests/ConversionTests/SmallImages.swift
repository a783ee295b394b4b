// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Findings
import Foundation
import HDF5
import NeXus
import RuleEngine
import TestSupport
import Testing
import Transport

/// Images of a few pixels, converted in a folder of their own.
final class SmallImages {
    let folder: URL
    let rules: RulesFolder
    let profile: Profile

    init() throws {
        folder = try Folder.temporary()
        let path = Folder.checkout.appendingPathComponent("rules").path
        rules = try RulesFolder.find(option: path)
        profile = Profile(name: "nxmx-processing", failAt: .B)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a miniCBF with some lines of the usual header changed, by the beginning of the line.
    @discardableResult
    func image(_ name: String, _ changes: [String: String?] = [:], pixel: UInt8 = 7) throws -> String {
        let lines = usualHeader.compactMap { line -> String? in
            guard let change = changes.first(where: { line.hasPrefix("# " + $0.key) }) else { return line }
            return change.value.map { "# " + $0 }
        }
        let place = path(name)
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: place).deletingLastPathComponent(), withIntermediateDirectories: true)
        let bytes = miniCBF(lines, pixels: [UInt8](repeating: pixel, count: 128))
        try Data(bytes).write(to: URL(fileURLWithPath: place))
        return place
    }

    /// A sweep of so many images from an angle on.
    func sweep(_ stem: String = "a", numbers: [Int], from angle: Double = 10, step: Double = 0.1) throws -> [String] {
        try numbers.map { number in
            let start = angle + Double(number - 1) * step
            return try image(
                "\(stem)_0000\(number).cbf", ["Start_angle": "Start_angle \(start) deg."], pixel: UInt8(number))
        }
    }

    /// Converts files into the folder.
    func convert(_ paths: [String], _ change: (inout ConversionRequest) -> Void = { _ in }) throws -> ConversionOutcome
    {
        var request = ConversionRequest()
        request.output = folder.path + "/"
        request.program = "imprimatur"
        request.version = "test"
        change(&request)
        let run = ConversionRun(request, settings: ReadingSettings(), profile: profile, rules: rules)
        return try run.run(paths.map { [$0] })
    }

    /// The same under --strict, with everything given that the usual header lacks.
    func strictly(
        _ paths: [String], _ change: (inout ConversionRequest) -> Void = { _ in }
    ) throws -> ConversionOutcome {
        try convert(paths) {
            $0.isStrict = true
            $0.goniometerAxis = .unitX
            $0.up = Vector3(0, 1, 0)
            ($0.sampleName, $0.instrumentName, $0.sourceName) = ("s", "i", "r")
            $0.timeZone = "+01:00"
            change(&$0)
        }
    }

    /// Names of the files that were written.
    var written: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { !$0.hasSuffix(".cbf") && !$0.hasSuffix(".img") }.sorted()
    }

    /// The object at a path of a file.
    func object(_ path: String, in file: String) throws -> Object? {
        let snapshot = try Snapshot.read(self.path(file))
        var object = snapshot[snapshot.root]
        for name in path.split(separator: "/") {
            guard case .hard(let id)? = object.link(String(name))?.target else { return nil }
            object = snapshot[id]
        }
        return object
    }

    func numbers(_ path: String, in file: String) throws -> [Double]? {
        try object(path, in: file)?.dataset?.value.doubles
    }

    func text(_ path: String, in file: String) throws -> String? {
        try object(path, in: file)?.dataset?.value.firstString
    }
}

extension SmallImages {
    /// Writes a CBF of 3 x 2 pixels with loops, with words of it changed.
    @discardableResult
    func loops(_ name: String, _ changes: [(String, String)] = [], pixels: [UInt8]? = nil) throws -> String {
        let base = Folder.checkout.appendingPathComponent("corpora/IMAGE-010/pass-agrees.cbf")
        let all = [UInt8](try Data(contentsOf: base))
        let marker = try #require(all.firstIndex(of: 0x0C))
        var text = String(decoding: all[..<marker], as: UTF8.self)
        for (old, new) in changes {
            #expect(text.contains(old), "\(old)")
            text = text.replacingOccurrences(of: old, with: new)
        }
        let own = Array(all[marker..<(marker + 4)]) + (pixels ?? Array(all[(marker + 4)..<(marker + 28)]))
        let end = Array("\n--CIF-BINARY-FORMAT-SECTION----\n;\n".utf8)
        try Data(Array(text.utf8) + own + end).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    /// Writes a CBF of two arrays in one frame, one beside the other: the first of 3 x 2 pixels, the second of 3 x `height`.
    func twoArrays(_ name: String, height: Int) throws -> String {
        let path = try loops(
            name,
            [
                (
                    "        image  2  2  2  increasing  slow\n",
                    "        image  2  2  2  increasing  slow\n        other  1  1  3  increasing  fast2\n        other  2  2  \(height)  increasing  slow2\n"
                ),
                (
                    "        slow  dety  0.086  0.172\n",
                    "        slow  dety  0.086  0.172\n        fast2  otherx  0.086  0.172\n        slow2  othery  0.086  0.172\n"
                ),
                (
                    "        dety       translation  detector    detx        0.0 -1.0  0.0    0.0    0.0  0.0\n",
                    "        dety       translation  detector    detx        0.0 -1.0  0.0    0.0    0.0  0.0\n"
                        + "        otherx     translation  detector    trans       1.0  0.0  0.0   1.20  0.15 0.0\n"
                        + "        othery     translation  detector    otherx      0.0 -1.0  0.0    0.0    0.0  0.0\n"
                ), ("        f1  face  image  1\n", "        f1  face  image  1\n        f1  face  other  2\n"),
            ])
        let all = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let text = String(decoding: all, as: Unicode.ASCII.self)
        guard let start = text.range(of: "_array_data.array_id "), let data = text.range(of: "_array_data.data\n")
        else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let head = all.prefix(text.distance(from: text.startIndex, to: start.lowerBound))
        let section = all.dropFirst(text.distance(from: text.startIndex, to: data.upperBound))
        let pixels = Array(section.drop { $0 != 0x0C }.prefix(4 + 12 * height))
        let second =
            ";\n--CIF-BINARY-FORMAT-SECTION--\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: BINARY\n"
            + "X-Binary-Size: \(12 * height)\nX-Binary-ID: 2\nX-Binary-Element-Type: \"signed 32-bit integer\"\n"
            + "X-Binary-Element-Byte-Order: LITTLE_ENDIAN\nX-Binary-Number-of-Elements: \(3 * height)\n"
            + "X-Binary-Size-Fastest-Dimension: 3\nX-Binary-Size-Second-Dimension: \(height)\n\n"
        let loop = "loop_\n_array_data.array_id\n_array_data.binary_id\n_array_data.data\nimage 1\n"
        let end = Array("\n--CIF-BINARY-FORMAT-SECTION----\n;\n".utf8)
        let whole = Array(head) + Array(loop.utf8) + Array(section) + Array("other 2\n".utf8) + Array(second.utf8)
        try Data(whole + pixels + end).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Writes an SMV image of 16 x 8 pixels, with some values of the usual header changed.
    func smv(_ name: String, _ changes: [String: String?] = [:]) throws -> String {
        let usual = [
            ("HEADER_BYTES", "512"), ("DIM", "2"), ("BYTE_ORDER", "little_endian"), ("TYPE", "unsigned_short"),
            ("SIZE1", "16"), ("SIZE2", "8"), ("PIXEL_SIZE", "0.1"), ("DISTANCE", "200.0"), ("OSC_START", "10.0"),
            ("OSC_RANGE", "1.0"), ("WAVELENGTH", "1.1"), ("BEAM_CENTER_X", "0.35"), ("BEAM_CENTER_Y", "0.75"),
            ("XDS_ORGX", "8.0"), ("XDS_ORGY", "4.0"), ("TIME", "1.0"), ("DATE", "Sat Dec 14 10:17:53 2002"),
        ]
        var text = "{\n"
        for (key, value) in usual {
            guard let value = changes[key] ?? value else { continue }
            text += "\(key)=\(value);\n"
        }
        let head = Array((text + "}\n").utf8)
        let bytes = head + [UInt8](repeating: 0x20, count: 512 - head.count) + [UInt8](repeating: 1, count: 256)
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }
}
