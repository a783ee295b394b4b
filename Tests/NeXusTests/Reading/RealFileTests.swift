// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import HDF5
import NeXus
import TestSupport
import Testing

/// Oracle: dials/nxmx 0.0.5 with numpy 2 (and numpy alone for the Diamond I16 file, whose paths lack their slash):
/// origin, steps and beam centre from the dependency chain of fast_pixel_direction, recorded once.
@Suite(.enabled(if: Folder.shared != nil)) struct RealFileTests {
    private func reading(_ path: String) throws -> ExperimentReading {
        let folder = try #require(Folder.shared).appendingPathComponent("corpus/real")
        return ExperimentReading(try FileSet.read(folder.appendingPathComponent(path).path, policy: .nexus))
    }

    private func plane(_ experiment: Experiment, frame: Int = 0) throws -> PanelPlane {
        let graph = experiment.axisGraph
        let settings = try #require(experiment.scans.first).settings(frame: frame)
        return try graph.plane(of: try #require(experiment.detectors.first?.panels.first), settings: settings).get()
    }

    private func expect(_ plane: PanelPlane, origin: Vector3, fast: Vector3, slow: Vector3) {
        #expect((plane.origin - origin).length < 1e-9, "\(plane.origin)")
        #expect((plane.fast - fast).length < 1e-9, "\(plane.fast)")
        #expect((plane.slow - slow).length < 1e-9, "\(plane.slow)")
    }

    private func expectCentre(_ experiment: Experiment, fast: Double, slow: Double, distance: Double) throws {
        let centre = try #require(try plane(experiment).meeting(beam: experiment.beam.direction.value).centre)
        #expect(abs(centre.pixels.fast - fast) < 1e-6)
        #expect(abs(centre.pixels.slow - slow) < 1e-6)
        #expect(abs(centre.distance - distance) < 1e-9)
    }

    @Test func `the thermolysin file of Diamond I04 stands where nxmx puts it`() throws {
        let reading = try reading("prjemian+punx/punx/data/DLS_i03_i04_NXmx_Therm_6_2.nxs")
        let experiment = try #require(reading.experiments.first)
        #expect(reading.experiments.count == 1)
        #expect(experiment.frame == .mcStas)
        expect(
            try plane(experiment), origin: Vector3(166.20416030999735, 172.53078501707142, 213.9589697850523),
            fast: Vector3(-0.075, 0, 0), slow: Vector3(0, -0.075, 0))
        try expectCentre(experiment, fast: 2216.055470799965, slow: 2300.4104668942855, distance: 213.9589697850523)
        #expect(experiment.beam.wavelengths?.value == [0.9802735610373182])
        #expect(
            experiment.goniometer?.axes.map(\.name) == ["phi", "chi", "sam_x", "sam_y", "sam_z", "omega"])
        #expect(experiment.goniometer?.sampleAxis?.value.text == "/entry/sample/transformations/phi")

        let panel = try #require(experiment.detectors.first?.panels.first)
        #expect(panel.dataSize?.value == [4148, 4362])
        #expect(panel.size == FastSlow(fast: 4148, slow: 4362), "written fast first, turned by the shape of the data")
        #expect(panel.statedPixelSize.fast?.value == 0.075)

        let scan = try #require(experiment.scans.first)
        #expect(scan.frameCount.value == 488)
        #expect(scan.imageCount?.value == 488)
        #expect(scan.exposure?.value == [0.008])
        let omega = try #require(scan.axis(AxisID("/entry/sample/transformations/omega")))
        #expect([omega.valueCount, omega.endCount, omega.incrementSetCount] == [488, 488, 488])
        #expect(omega.settings.start(ofFrame: 0) == 174)
        #expect(omega.settings.end(ofFrame: 0) == 174.25)

        let detector = try #require(experiment.detectors.first)
        #expect(detector.statedBeamCentres.first?.value == FastSlow(fast: 2216.055470799965, slow: 2300.410466894286))
        #expect(detector.statedBeamCentres.first?.unit == "px")
        #expect(abs(try #require(detector.statedDistances.first?.value.value) - 213.95896979) < 1e-6)
        #expect(detector.saturation?.value == 65535)
        #expect(abs(try #require(detector.sensorThickness?.value) - 0.45) < 1e-12)
        #expect(experiment.identity.beamline?.value == "I04")
        #expect(experiment.identity.facility?.value == "Diamond Light Source")
        #expect(experiment.imageData?.value.shape == [488, 4362, 4148])
    }

    @Test func `a module offset of 1 m along a short vector is not normalised`() throws {
        let file = "DiamondLightSource+nexgen/tests/test_data/xrc_209_master.h5"
        let experiment = try #require(try reading(file).experiments.first)
        expect(
            try plane(experiment), origin: Vector3(75.40900575554241, 78.80642986069999, 391.228416716),
            fast: Vector3(-0.075, 0, 0), slow: Vector3(0, -0.075, 0))
        try expectCentre(experiment, fast: 1005.4534100738988, slow: 1050.7523981426666, distance: 391.2284167160001)
        let graph = experiment.axisGraph
        let last = try #require(experiment.scans.first).settings(frame: 239)
        let sample = try graph.transform(from: experiment.goniometer?.sampleAxis?.value, settings: last).get()
        #expect((sample.translation - Vector3(0.0694439, -0.2351945, -0.2191471)).length < 1e-9)
    }

    @Test func `grid scans and demonstration files of nexgen stand where nxmx puts them`() throws {
        let grid = "DiamondLightSource+mx-bluesky/tests/unit_tests/hyperion/external_interaction/test_data/dummy_2.nxs"
        try expectCentre(
            try #require(try reading(grid).experiments.first), fast: 959.9999999999998, slow: 1033.3333333333335,
            distance: 100)
        let demo = try #require(
            try reading("_derived+nexgen-demo/example_i24_eiger_config_demo.nxs").experiments.first)
        try expectCentre(demo, fast: 1133.9999999999998, slow: 1458, distance: 1450)
        #expect(demo.imageData?.value.shape == [3, 3262, 3108], "one block behind an external link")
    }

    @Test func `paths of I16 that lack their slash are followed and named`() throws {
        let experiment = try #require(try reading("DanPorter+hdfmap/tests/data/1049598.nxs").experiments.first)
        expect(
            try plane(experiment), origin: Vector3(448.36888461178364, -18.313881511, 434.401444851552),
            fast: Vector3(0.014356049282845906, 0.00031524934, -0.1713995462456881),
            slow: Vector3(0.0003941112721367939, 0.171999193664, 0.0003493621186938119))
        expect(
            try plane(experiment, frame: 50), origin: Vector3(447.8018700070056, -18.313881511, 434.98592758313436),
            fast: Vector3(0.01457961060602512, 0.00031524934, -0.17138067440296748),
            slow: Vector3(0.00039365522897183414, 0.171999193664, 0.0003498759001512451))
        let noted = experiment.mentions.filter { $0.note != nil }.map(\.axis.text)
        #expect(noted.contains("entry1/sample/transformations/theta"))
        #expect(experiment.goniometer?.axes.map(\.name) == ["phi", "kappa", "theta", "mu"])
        #expect(experiment.detectors.map(\.id) == ["/entry1/instrument/pil3_100k"])
        #expect(abs(try #require(experiment.beam.wavelengths?.value.first) - 3.4632453853956374) < 1e-12)
        #expect(experiment.detectors.first?.sensorThickness == nil, "0.32 without units")
    }

    @Test func `a file of cbf2nexus has a goniometer and no panel`() throws {
        let experiment = try #require(try reading("_derived+cbf2nexus/i19_omega_scan.nxs").experiments.first)
        #expect(
            experiment.goniometer?.axes.map(\.name) == ["GONIOMETER_PHI", "GONIOMETER_KAPPA", "GONIOMETER_OMEGA"])
        #expect(experiment.detectors.first?.panels.isEmpty == true)
        #expect(experiment.beam.wavelengths?.value == [0.68937])
    }

    @Test func `a DECTRIS master without definition is read as far as it goes`() throws {
        let experiment = try #require(
            try reading("pni-libraries+libpniio/test/regressions/eiger_master_stripped.h5").experiments.first)
        #expect(experiment.frame == .image)
        #expect(experiment.detectors.first?.panels.first?.placementFault == "the distance is absent or 0")
        #expect(experiment.detectors.first?.description?.value == "Dectris Eiger 4M")
    }

    /// The CVE files end libhdf5 1.10.8 itself; they belong to the tests of the worker process.
    @Test func `every HDF5 file of the collection is read without a trap`() throws {
        let folder = try #require(Folder.shared).appendingPathComponent("corpus/real")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var read = 0
        while let url = files?.nextObject() as? URL {
            guard ["nxs", "h5", "hdf5", "hdf", "nx"].contains(url.pathExtension), !url.path.contains("cve_hdf5")
            else { continue }
            guard let set = try? FileSet.read(url.path, policy: .nexus) else { continue }
            for experiment in ExperimentReading(set).experiments { _ = experiment.axisGraph.circles }
            read += 1
        }
        #expect(read > 50)
    }
}
