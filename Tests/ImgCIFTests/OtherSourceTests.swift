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

/// Oracle: the header itself; the meaning of each beam centre key as nearBragg writes it from one known centre.
@Suite("SMV headers")
struct SMVTests {
    private func header(_ lines: [String]) throws -> SMVHeader {
        let text = "{\nHEADER_BYTES=512;\n" + lines.map { $0 + ";\n" }.joined() + "}\u{0C}"
        let bytes = Array(text.utf8)
        return try #require(SMVHeader(ByteBuffer(bytes + [UInt8](repeating: 32, count: max(0, 512 - bytes.count)))))
    }

    private let usual = [
        "TYPE=unsigned_short", "SIZE1=1000", "SIZE2=1200", "PIXEL_SIZE=0.1", "DISTANCE=150", "WAVELENGTH=0.98",
        "OSC_START=5", "OSC_RANGE=-0.5", "TIME=2", "AXIS=phi", "DETECTOR_SN=442",
    ]

    @Test("a usual header becomes a model; the sign of the step is kept")
    func usualHeader() throws {
        let header = try header(usual + ["BEAM_CENTER_X=61", "BEAM_CENTER_Y=52", "DENZO_X_BEAM=61", "DENZO_Y_BEAM=52"])
        #expect(header.headerBytes == 512 && header.elementType == "unsigned 16-bit integer")
        let experiment = header.experiment(id: "a")
        #expect(experiment.beam.wavelengths?.value == [0.98])
        #expect(experiment.scans[0].axis(AxisID("phi"))?.settings.end(ofFrame: 0) == 4.5)
        let panel = try #require(experiment.detectors.first?.panels.first)
        guard case .fixed(let plane) = panel.placement else {
            Issue.record("panel is not placed: \(panel.placementFault ?? "")")
            return
        }
        // X along slow, Y along fast: 520 and 610 pixels of 0.1 mm.
        #expect((plane.origin - Vector3(-52, 61, -150)).length < 1e-9)
        #expect(experiment.detectors[0].saturation?.value == 65534)
    }

    @Test(
        "every key gives the centre it was written from",
        arguments: [
            // One centre at 52 mm along fast, 61 mm along slow of 120 mm; pixels of 0.1 mm.
            ["DENZO_X_BEAM=61", "DENZO_Y_BEAM=52"], ["MOSFLM_CENTER_X=60.95", "MOSFLM_CENTER_Y=51.95"],
            ["ADXV_CENTER_X=52", "ADXV_CENTER_Y=59"], ["XDS_ORGX=520.5", "XDS_ORGY=610.5"],
        ])
    func keys(_ lines: [String]) throws {
        let other =
            lines[0].hasPrefix("DENZO")
            ? ["XDS_ORGX=520.5", "XDS_ORGY=610.5"] : ["DENZO_X_BEAM=61", "DENZO_Y_BEAM=52"]
        let centre = try placed(try header(usual + lines + other))
        #expect(abs(centre.fast - 520) < 1e-9 && abs(centre.slow - 610) < 1e-9)
    }

    private func placed(_ header: SMVHeader) throws -> FastSlow<Double> {
        let experiment = header.experiment(id: "a")
        let panel = try #require(experiment.detectors.first?.panels.first)
        let plane = try experiment.axisGraph.plane(of: panel, settings: FrameSettings()).get()
        return try #require(plane.meeting(beam: experiment.beam.direction.value).centre).pixels
    }

    @Test("a centre that can be read in several ways is not guessed")
    func ambiguous() throws {
        let header = try header(usual + ["BEAM_CENTER_X=61", "BEAM_CENTER_Y=52"])
        let panel = try #require(header.experiment(id: "a").detectors.first?.panels.first)
        #expect(panel.placement == nil && panel.placementFault?.contains("BEAM_CENTER") == true)
        let given = Sourced(FastSlow(fast: 520.0, slow: 610.0), .option("--beam-centre"))
        #expect(header.experiment(id: "a", beamCentre: given).detectors.first?.panels.first?.placement != nil)
    }

    @Test("lines of d*TREK say the same as those of SMV, wherever their numbers stand")
    func linesOfDTREK() throws {
        let header = try header([
            "BYTE_ORDER=little_endian", "Data_type=unsigned short int", "TYPE=mad", "DETECTOR_NAMES=CCD_",
            "CCD_DETECTOR_DESCRIPTION=CCD (Saturn 944)",
            "CCD_GONIO_NAMES=RotZ RotX/Swing RotY TransX TransY TransZ/Dist",
            "CCD_GONIO_UNITS=deg deg deg mm mm mm", "CCD_GONIO_VALUES=0.0 0.0 0.0 0.0 0.0 50.5",
            "CCD_SPATIAL_DISTORTION_INFO=520.0 610.0 0.1 0.1", "ROTATION=5.0 4.5 -0.5 2.0 0 0 0 0 0 0",
            "ROTATION_AXIS_NAME=Omega", "SATURATED_VALUE=60000", "SOURCE_WAVELENGTH=1 1.54178", "SIZE1=1000",
            "SIZE2=1200",
        ])
        let experiment = header.experiment(id: "a")
        #expect(header.elementType == "unsigned 16-bit integer")
        #expect(experiment.beam.wavelengths?.value == [1.54178])
        #expect(experiment.scans[0].exposure?.value == [2])
        #expect(experiment.scans[0].axis(AxisID("omega"))?.settings.end(ofFrame: 0) == 4.5)
        #expect(experiment.detectors[0].saturation?.value == 59999)
        let centre = try placed(header)
        #expect(abs(centre.fast - 520) < 1e-9 && abs(centre.slow - 610) < 1e-9)
        guard case .fixed(let plane) = experiment.detectors[0].panels[0].placement else { return }
        #expect(abs(plane.origin.z + 50.5) < 1e-9)
    }

    @Test("a centre that is the same in every reading is taken")
    func symmetric() throws {
        let lines = usual.map { $0.hasPrefix("SIZE2") ? "SIZE2=1000" : $0 }
        let centre = try placed(try header(lines + ["BEAM_CENTER_X=50", "BEAM_CENTER_Y=50"]))
        #expect(abs(centre.fast - 500) < 1e-9 && abs(centre.slow - 500) < 1e-9)
    }

    @Test("centres by keys of one meaning that disagree are told, and ways of meaning one centre are not")
    func contradictions() throws {
        let usual = ["SIZE1=60", "SIZE2=50", "PIXEL_SIZE=0.1", "DENZO_X_BEAM=3.0", "DENZO_Y_BEAM=2.0"]
        #expect(try header(usual + ["XDS_ORGX=20.5", "XDS_ORGY=30.5"]).items.centreContradiction == nil)
        // BEAM_CENTER as fast and slow, exchanged, and from the other edge.
        for (x, y) in [(2.0, 3.0), (3.0, 2.0), (2.0, 2.0)] {
            let lines = usual + ["BEAM_CENTER_X=\(x)", "BEAM_CENTER_Y=\(y)"]
            #expect(try header(lines).items.centreContradiction == nil, "\(x) \(y)")
        }
        let other = try #require(header(usual + ["XDS_ORGX=10", "XDS_ORGY=40"]).items.centreContradiction)
        #expect(other.0.item == "DENZO_X_BEAM" && other.1.item == "XDS_ORGX" && other.1.value.fast == 9.5)
        let own = try #require(header(usual + ["BEAM_CENTER_X=0.5", "BEAM_CENTER_Y=0.7"]).items.centreContradiction)
        #expect(own.1.item == "BEAM_CENTER_X")
    }

    @Test("other files are no SMV, and cut ones are read as far as they go")
    func others() {
        #expect(SMVHeader(ByteBuffer(Array("{ \"json\": 1 }".utf8))) == nil)
        #expect(SMVHeader(ByteBuffer([])) == nil)
        let text = Array("{\nHEADER_BYTES=512;\nSIZE1=10;\nWAVELENGTH=1".utf8)
        for length in 0...text.count {
            let header = SMVHeader(ByteBuffer(Array(text.prefix(length))))
            #expect((header == nil) == (length < 15))
        }
    }

    @Test("the SMV file of the corpus is read and described", .enabled(if: Folder.shared != nil))
    func corpus() throws {
        let url = try #require(Folder.shared).appendingPathComponent("corpus/real/bl831+nearBragg/docs/20A_3disks.img")
        let header = try #require(SMVHeader(try ByteBuffer(mapping: url.path)))
        let experiment = header.experiment(id: "20A_3disks")
        let text = try experiment.described(DescriptionRequest(blockName: "b", source: "a test")).text
        #expect(
            readBlocks(text).first?.experiments.first?.detectors.first?.panels.first?.size
                == FastSlow(fast: 1024, slow: 1024))
    }
}

/// Oracle: values worked by hand; with IMPRIMATUR_SHARED the CBF files that an experiment list was imported from.
@Suite("DIALS experiment lists")
struct DIALSTests {
    private func list(goniometer: String, scan: String, hierarchy: String = "{}") -> [UInt8] {
        Array(
            """
            {"__id__": "ExperimentList",
             "experiment": [{"__id__": "Experiment", "beam": 0, "detector": 0, "goniometer": 0, "scan": 0, "imageset": 0,
               "crystal": 0}],
             "imageset": [{"__id__": "ImageSequence", "template": "a_####.cbf"}],
             "beam": [{"direction": [0, 0, 1], "wavelength": 0.9795, "polarization_fraction": 0.999}],
             "detector": [{"panels": [{"origin": [-5, 4, -100], "fast_axis": [1, 0, 0], "slow_axis": [0, -1, 0],
               "pixel_size": [0.1, 0.2], "image_size": [100, 50], "trusted_range": [0, 65534], "thickness": 0.45,
               "material": "Si", "gain": 1}], "hierarchy": \(hierarchy)}],
             "goniometer": [\(goniometer)], "scan": [\(scan)], "crystal": [{}]}
            """.utf8)
    }

    private let oldScan = #"{"image_range": [3, 6], "oscillation": [10, 0.5], "exposure_time": [0.1, 0.1, 0.1, 0.1]}"#
    private let single =
        #"{"rotation_axis": [1, 0, 0], "fixed_rotation": [1,0,0,0,1,0,0,0,1], "setting_rotation": [0,-1,0,1,0,0,0,0,1]}"#

    @Test("beam, panel, limits and scan of the old form")
    func oldForm() throws {
        let read = try #require(try DIALSExperimentList.read(list(goniometer: single, scan: oldScan)).first)
        let experiment = read.experiment
        #expect(experiment.beam.direction.value == Vector3(0, 0, -1))
        #expect(experiment.beam.wavelengths?.value == [0.9795])
        #expect(read.template == "a_####.cbf" && read.imageRange == 3...6)
        #expect(read.leftOut.contains("crystal"))
        #expect(
            experiment.detectors[0].saturation?.value == 65534 && experiment.detectors[0].sensorThickness?.value == 0.45
        )
        let panel = experiment.detectors[0].panels[0]
        #expect(panel.pixelOrigin == .pixelCorner)
        guard case .fixed(let plane) = panel.placement else {
            Issue.record("panel is not placed")
            return
        }
        #expect(plane == PanelPlane(origin: Vector3(-5, 4, -100), fast: Vector3(0.1, 0, 0), slow: Vector3(0, -0.2, 0)))
        let scan = experiment.scans[0]
        #expect(scan.frameCount.value == 4 && scan.exposure?.value == [0.1])
        #expect((0..<4).map { scan.setting(of: AxisID("omega"), frame: $0) } == [10, 10.5, 11, 11.5])
    }

    @Test("a setting rotation turns the whole goniometer")
    func settingRotation() throws {
        let experiment = try #require(try DIALSExperimentList.read(list(goniometer: single, scan: oldScan)).first)
            .experiment
        let sample = try #require(experiment.goniometer?.sampleAxis?.value)
        let start = try experiment.axisGraph.transform(from: sample, settings: experiment.scans[0].settings(frame: 0))
            .get()
        // A quarter turn about Z after a rotation by 10 degrees about X: X goes to Y.
        #expect((start.rotation * .unitX - .unitY).length < 1e-12)
    }

    @Test(
        "half a turn as setting rotation has its axis",
        arguments: [
            ("[1,0,0,0,-1,0,0,0,-1]", Vector3.unitX), ("[-1,0,0,0,1,0,0,0,-1]", .unitY),
            ("[0,1,0,1,0,0,0,0,-1]", Vector3(1, 1, 0)),
        ])
    func halfTurn(_ matrix: String, _ axis: Vector3) throws {
        let goniometer = #"{"rotation_axis": [1, 0, 0], "setting_rotation": \#(matrix)}"#
        let experiment = try #require(try DIALSExperimentList.read(list(goniometer: goniometer, scan: oldScan)).first)
            .experiment
        let setting = try #require(experiment.axes.first { $0.id.text == "setting_rotation" })
        #expect(setting.vector.value.cross(axis).length < 1e-9)
        #expect(experiment.scans[0].setting(of: setting.id, frame: 0) == 180)
    }

    @Test(
        "axes innermost first, the new form of a scan, one image with its width",
        arguments: [
            (#"{"image_range": [1, 3], "properties": {"oscillation": [0, 1, 2]}}"#, [0, 1, 2], 3.0),
            (#"{"image_range": [1, 1], "properties": {"oscillation": [4], "oscillation_width": [0.2]}}"#, [4], 4.2),
        ])
    func newForm(_ scan: String, _ starts: [Double], _ end: Double) throws {
        let goniometer =
            #"{"axes": [[0, 0, 1], [1, 0, 0]], "angles": [30, 0], "names": ["PHI", "OMEGA"], "scan_axis": 1}"#
        let experiment = try #require(try DIALSExperimentList.read(list(goniometer: goniometer, scan: scan)).first)
            .experiment
        #expect(experiment.goniometer?.sampleAxis?.value == AxisID("PHI"))
        #expect(experiment.axes[0].dependsOn.value == AxisID("OMEGA"))
        let read = experiment.scans[0]
        #expect(starts.indices.map { read.setting(of: AxisID("OMEGA"), frame: $0) } == starts)
        #expect(read.axis(AxisID("OMEGA"))?.settings.end(ofFrame: starts.count - 1) == end)
        #expect(read.setting(of: AxisID("PHI"), frame: 0) == 30)
    }

    @Test("local frames compose down the hierarchy")
    func hierarchy() throws {
        let group =
            #"{"fast_axis": [0, 1, 0], "slow_axis": [-1, 0, 0], "origin": [1, 2, 3], "children": [{"panel": 0}]}"#
        let experiment = try #require(
            try DIALSExperimentList.read(list(goniometer: single, scan: oldScan, hierarchy: group)).first
        ).experiment
        guard case .fixed(let plane) = experiment.detectors[0].panels[0].placement else {
            Issue.record("panel is not placed")
            return
        }
        // x' = -y, y' = x, z' = z: (-5, 4, -100) becomes (-4, -5, -100), then the origin is added.
        #expect((plane.origin - Vector3(-3, -3, -97)).length < 1e-12)
        #expect((plane.fast - Vector3(0, 0.1, 0)).length < 1e-12)
    }

    @Test("texts that are no list are faults", arguments: ["", "{", "{}", "[]", #"{"__id__": "ExperimentList"}"#])
    func faults(_ text: String) {
        #expect(throws: DIALSFault.self) { try DIALSExperimentList.read(Array(text.utf8)) }
    }

    @Test("the sweeps of a real list stand where the CBF files have them", .enabled(if: Folder.shared != nil))
    func lCysteine() throws {
        let folder = try #require(Folder.shared).appendingPathComponent("corpus/convert/l_cysteine")
        let buffer = try ByteBuffer(mapping: folder.appendingPathComponent("imported.expt").path)
        let lists = try DIALSExperimentList.read(buffer[0..<buffer.count])
        #expect(lists.count == 4)
        let combined = Experiment.combined(lists.map(\.experiment))
        #expect(combined.map(\.indices) == [[0, 1, 2, 3]])
        let request = DescriptionRequest(blockName: "l-cyst", source: "imported.expt")
        let back = try #require(readBlocks(try combined[0].experiment.described(request).text).first?.experiments.first)
        let url = folder.appendingPathComponent("l-cyst_02_00002.cbf")
        let cbf = try #require(
            CIF.Document.parse(try ByteBuffer(mapping: url.path)).readBlocks().first?.experiments.first)
        let listed = try back.axisGraph.plane(
            of: back.detectors[0].panels[0], settings: back.scans[1].settings(frame: 1)
        ).get()
        let stated = try cbf.axisGraph.plane(of: cbf.detectors[0].panels[0], settings: cbf.scans[0].settings(frame: 0))
            .get()
        #expect((listed.origin - stated.origin).length < 1e-6)
        #expect((listed.position(fast: 1474, slow: 1678) - stated.position(fast: 1474, slow: 1678)).length < 1e-6)
        let sample = try #require(back.goniometer?.sampleAxis?.value)
        let turned = try back.axisGraph.transform(from: sample, settings: back.scans[1].settings(frame: 1)).get()
        let cbfTurned = try cbf.axisGraph.transform(from: AxisID("GON_PHI"), settings: cbf.scans[0].settings(frame: 0))
            .get()
        #expect(turned.rotation.greatestDifference(from: cbfTurned.rotation) < 1e-6)
    }
}
