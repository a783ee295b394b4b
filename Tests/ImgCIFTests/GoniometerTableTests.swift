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

/// Oracle: the table itself, which states its source; the frame rules of geometry.md section 3 for the description.
@Suite("goniometer axes by serial number")
struct GoniometerTableTests {
    private func table() throws -> GoniometerTable {
        let url = Folder.checkout.appendingPathComponent("rules/facilities/goniometer-axes.json5")
        return try GoniometerTable([UInt8](Data(contentsOf: url)))
    }

    @Test(
        "serial number, date and oscillation axis choose the entry",
        arguments: [
            ("PILATUS3 6M, S/N 60-0119", "2019-09-11T13:20:28.989", "X.CW +SLOW", Vector3(0, 1, 0)),
            ("PILATUS3 6M, S/N 60-0119", "2019-09-11T13:20:28.989", "X.CW -FAST", Vector3(-1, 0, 0)),
            ("PILATUS3 6M, S/N 60-0119", "2014/Dec/31 10:00:00", "omega", nil),
            ("PILATUS3 6M, S/N 60-0119", nil, "omega", nil),
            ("PILATUS 6M, S/N 60-0104, ESRF ID29", "2019-09-11", "omega", nil),
            ("PILATUS 2M, S/N 60-0115-F", nil, nil, Vector3(0, 1, 0)),
            ("Dectris Eiger 16M, S/N E-32-0111", nil, nil, Vector3(-1, 0, 0)),
        ] as [(String, String?, String?, Vector3?)])
    func entries(_ detector: String, _ date: String?, _ oscillation: String?, _ axis: Vector3?) throws {
        #expect(try table().entry(detector: detector, date: date, oscillationAxis: oscillation)?.axis == axis)
    }

    @Test("a vertical axis becomes X of the description, and gravity follows")
    func vertical() throws {
        let document = CIF.Document.parse(ByteBuffer(miniCBF(usualHeader)))
        let source = try #require(document.readBlocks().first?.experiments.first)
        let turned = source.withGoniometerAxis(Vector3(0, 1, 0), .option("--gonio-axis"))
        let text = try turned.described(DescriptionRequest(blockName: "b", source: "a test")).text
        let back = try #require(readBlocks(text).first?.experiments.first)
        let omega = try #require(back.axes.first { $0.equipment.value == .goniometer })
        #expect(omega.vector.value == Vector3(1, 0, 0))
        #expect((back.gravity.value - Vector3(-1, 0, 0)).length < 1e-12)
        // The same face in McStas, whichever way X of imgCIF points.
        for experiment in [source, back] {
            let settings = experiment.scans[0].settings(frame: 0)
            let plane = try experiment.axisGraph.plane(of: experiment.detectors[0].panels[0], settings: settings).get()
            let origin = try experiment.rotationToMcStas().get().toMcStas(plane.origin)
            #expect((origin - Vector3(1.376, 0.688, 100)).length < 1e-9)
        }
    }

    @Test("an axis that the file states is not replaced")
    func stated() throws {
        let source = try #require(readBlocks(SmallFile().text).first?.experiments.first)
        let same = source.withGoniometerAxis(Vector3(0, 1, 0), .option("--gonio-axis"))
        #expect(same.axes.map(\.vector.value) == source.axes.map(\.vector.value))
    }

    @Test("faults of the table are named", arguments: ["{", "{}", "{goniometers: [{serial: \"1\"}]}"])
    func faults(_ text: String) {
        #expect(throws: GoniometerTable.Fault.self) { try GoniometerTable(Array(text.utf8)) }
    }
}
