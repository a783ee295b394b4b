// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Foundation
import ImageHeaders
import ImgCIF
import TestSupport
import Testing
import Transport

/// Oracle: the law that input never ends the program, and that what is written can be read.
@Suite("damaged input")
struct HostileTests {
    private static let splices = [
        "9223372036854775807", "-9223372036854775808", "1e308", "-1e-308", "nan", "?", ".", "'", ";", "\n", "omega",
        "S1",
        "0", "-1", "99999999999999999999", " loop_ ", "data_x ",
    ]

    private func damaged(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.remove(at: at)
            case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 2:
                let end = bytes[at...].firstIndex { $0 <= 32 } ?? bytes.count
                let splice = Self.splices[Int.random(in: 0..<Self.splices.count, using: &random)]
                bytes.replaceSubrange(at..<end, with: Array(splice.utf8))
            default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
            }
            if bytes.isEmpty { return [32] }
        }
        return bytes
    }

    @Test(
        "thousands of damaged files are read, grouped and described or refused",
        arguments: [
            1 as UInt64, 2, 3, 4,
        ])
    func damage(_ seed: UInt64) throws {
        let rounds = ProcessInfo.processInfo.environment["IMPRIMATUR_ROUNDS"].flatMap { Int($0) } ?? 150
        var random = SeededNumbers(seed: seed)
        var sections = SmallFile()
        sections.arrays += """

            loop_
            _array_structure_list_section.id _array_structure_list_section.array_id
            _array_structure_list_section.index _array_structure_list_section.start _array_structure_list_section.end
            a A 1 1 40
            a A 2 1 80
            b A 1 61 100
            b A 2 1 80
            loop_ _diffrn_scan_frame_axis.frame_id _diffrn_scan_frame_axis.axis_id _diffrn_scan_frame_axis.angle
            f1 omega 10
            f2 omega 10.7
            """
        let bases = [Array(SmallFile().text.utf8), Array(sections.text.utf8), miniCBF(usualHeader)]
        var described = 0
        for round in 0..<rounds {
            let bytes = damaged(bases[round % bases.count], &random)
            for reading in CIF.Document.parse(ByteBuffer(bytes)).readBlocks() {
                _ = reading.links.broken
                _ = reading.links.unused
                let files = reading.experiments.map { SeriesFile(path: "a_1.cbf", experiment: $0) }
                for series in SeriesGrouping(files).series {
                    let request = DescriptionRequest(blockName: "b", source: "a test")
                    guard let text = try? series.experiment.described(request).text else { continue }
                    described += 1
                    let faults = CIF.Document.parse(ByteBuffer(Array(text.utf8))).faults
                    #expect(faults.isEmpty, "seed \(seed), round \(round): \(faults.map(\.kind))")
                }
            }
        }
        #expect(described > rounds / 4)
    }
}
