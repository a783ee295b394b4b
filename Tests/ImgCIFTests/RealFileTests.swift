// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Foundation
import ImgCIF
import TestSupport
import Testing
import Transport

/// Oracle: the worked example of the geometry design, which CBFlib and dxtbx agree with; otherwise only that files are read.
@Suite("real files", .enabled(if: Folder.shared != nil))
struct RealFileTests {

    private func readings(_ path: String) throws -> [BlockReading] {
        let url = try #require(Folder.shared).appendingPathComponent("corpus").appendingPathComponent(path)
        return CIF.Document.parse(try ByteBuffer(mapping: url.path)).readBlocks()
    }

    @Test("the published worked example: pixel (0, 0), beam centre and distances")
    func lCysteine() throws {
        let experiment = try #require(try readings("convert/l_cysteine/l-cyst_01_00001.cbf").first?.experiments.first)
        let panel = try #require(experiment.detectors.first?.panels.first)
        let settings = try #require(experiment.scans.first).settings(frame: 0)
        let plane = try experiment.axisGraph.plane(of: panel, settings: settings).get()
        // geometry.md section 15.
        #expect((plane.origin - Vector3(-148.780, -28.738149699174, -201.344064605510)).length < 1e-9)
        let corner = plane.position(fast: 1474, slow: 1678)
        #expect((corner - Vector3(139.836, 190.823538871487, -74.580064605510)).length < 1e-9)
        let centre = try #require(plane.meeting(beam: experiment.beam.direction.value).centre)
        #expect(abs(centre.pixels.fast - 192.929982149) < 1e-6 && abs(centre.pixels.slow - 865) < 1e-6)
        #expect(abs(centre.distance - 184.752086141) < 1e-6)
    }

    @Test("every imgCIF and miniCBF file of the corpus is read and placed")
    func corpus() throws {
        let root = try #require(Folder.shared).appendingPathComponent("corpus/real")
        let index = try String(contentsOf: root.appendingPathComponent("INDEX.tsv"), encoding: .utf8)
        var read = 0
        for line in index.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count > 3, ["imgcif-full", "imgcif-meta", "minicbf"].contains(fields[3]) else { continue }
            let readings = try readings("real/\(fields[0])")
            #expect(readings.count == 1, "\(fields[0])")
            for experiment in readings.flatMap(\.experiments) {
                read += 1
                #expect(experiment.beam.wavelengths?.value.first ?? 0 > 0.5, "\(fields[0])")
                let settings = try #require(experiment.scans.first).settings(frame: 0)
                for panel in experiment.detectors.flatMap(\.panels) {
                    let plane = try experiment.axisGraph.plane(of: panel, settings: settings).get()
                    let centre = plane.meeting(beam: experiment.beam.direction.value).centre
                    #expect(centre.map { $0.distance > 50 } ?? false, "\(fields[0])")
                }
            }
        }
        #expect(read >= 9)
    }
}
