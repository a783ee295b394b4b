// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImgCIF
import Testing

/// Oracle: the file itself, and hand calculation where a number is computed.
@Suite("imgCIF loops become the model")
struct ModelTests {
    private func experiment(_ file: SmallFile) throws -> Experiment {
        let blocks = readBlocks(file.text)
        #expect(blocks.count == 1)
        return try #require(blocks.first?.experiments.first)
    }

    @Test("axes keep their vectors, offsets, dependencies and places")
    func axes() throws {
        let file = SmallFile()
        let experiment = try experiment(file)
        #expect(experiment.id == "D")
        #expect(experiment.axes.map(\.id.text) == ["omega", "phi", "two_theta", "dist", "px", "py", "Source", "down"])
        let px = experiment.axes[4]
        #expect(px.motion.value == .translation)
        #expect(px.dependsOn.value == AxisID("dist"))
        #expect(px.vector.value == Vector3(1, 0, 0))
        #expect(px.offset.value == Vector3(-5, 4, 0))
        guard case .text(let offset, let item, let row) = px.dependsOn.origin.place?.spot else {
            Issue.record("depends_on has no place in the text")
            return
        }
        #expect(item == "_axis.depends_on" && row == 5)
        #expect(Array(file.text.utf8).dropFirst(offset).prefix(4).elementsEqual("dist".utf8))
        #expect(experiment.axes[0].offset.origin == .defaulted(item: "_axis.offset"))
    }

    @Test("source and gravity are found by equipment in any case, never by id")
    func directions() throws {
        let experiment = try experiment(SmallFile())
        #expect(experiment.beam.direction.value == Vector3(0, 0, -1))
        #expect(experiment.beam.direction.origin.place != nil)
        #expect(experiment.gravity.value == Vector3(0, -1, 0))
        #expect(experiment.gravity.origin.place != nil)
        var file = SmallFile()
        file.axes = file.axes.replacing("Gravity", with: "general")
        let without = try self.experiment(file)
        #expect(without.gravity.origin.place == nil)
    }

    @Test("membership in a device decides the equipment of an axis that states none")
    func membership() throws {
        var file = SmallFile()
        file.axes = file.axes.replacing("dist translation detector", with: "dist translation .")
        file.axes = file.axes.replacing("omega rotation goniometer", with: "omega rotation general")
        file.detector += "\n_diffrn_measurement_axis.measurement_id G\n_diffrn_measurement_axis.axis_id omega"
        let experiment = try experiment(file)
        #expect(experiment.axes[3].equipment.value == .detector)
        #expect(experiment.axes[0].equipment.value == .goniometer)
        #expect(experiment.goniometer?.sampleAxis?.value == AxisID("phi"))
        #expect(experiment.detectors.first?.axes == [AxisID("two_theta"), AxisID("dist")])
    }

    @Test("every item that names an axis is a mention with its place")
    func mentions() throws {
        var file = SmallFile()
        file.scans += "\nloop_ _diffrn_scan_frame_axis.frame_id _diffrn_scan_frame_axis.axis_id\nf1 lost\n"
        let mentions = try experiment(file).mentions
        let items = Set(mentions.map(\.item))
        #expect(
            items == [
                "_axis.depends_on", "_array_structure_list_axis.axis_id", "_diffrn_detector_axis.axis_id",
                "_diffrn_scan_axis.axis_id", "_diffrn_scan_frame_axis.axis_id",
            ])
        #expect(mentions.contains { $0.axis == AxisID("lost") && $0.item == "_diffrn_scan_frame_axis.axis_id" })
    }

    @Test("a panel takes size, axes and steps by precedence, whatever the order of indices")
    func panel() throws {
        var file = SmallFile()
        file.arrays = file.arrays.replacing("A 1 1 100 increasing px", with: "A 1 2 80 increasing py")
            .replacing("A 2 2 80 increasing py\nloop_", with: "A 2 1 100 increasing px\nloop_")
        for file in [SmallFile(), file] {
            let panel = try #require(try experiment(file).detectors.first?.panels.first)
            #expect(panel.id == "face")
            #expect(panel.size == FastSlow(fast: 100, slow: 80))
            guard case .surface(let surface) = panel.placement else {
                Issue.record("panel is not placed: \(panel.placementFault ?? "")")
                return
            }
            #expect(surface.fast.axis == AxisID("px") && surface.slow.axis == AxisID("py"))
            #expect(surface.fast.displacement.value == 0.05 && surface.fast.increment.value == 0.1)
            #expect(panel.pixelOrigin == .pixelCentre && panel.pixelOriginBasis == .dictionary)
        }
    }

    @Test("the overload is the first invalid count, the model holds the last valid one")
    func saturation() throws {
        #expect(try experiment(SmallFile()).detectors.first?.saturation?.value == 65534)
    }

    @Test("pixel (0, 0) and the beam centre come out as computed by hand")
    func plane() throws {
        let experiment = try experiment(SmallFile())
        let panel = try #require(experiment.detectors.first?.panels.first)
        let scan = try #require(experiment.scans.first)
        let still = scan.settings(frame: 0).setting(AxisID("two_theta"), to: 0)
        let plane = try experiment.axisGraph.plane(of: panel, settings: still).get()
        // -5 + 0.05 along x; 4 - 0.05 along y; 200 mm downstream. The beam meets 4.95 / 0.1 and 3.95 / 0.1.
        #expect((plane.origin - Vector3(-4.95, 3.95, -200)).length < 1e-12)
        let centre = try #require(plane.meeting(beam: experiment.beam.direction.value).centre)
        #expect(abs(centre.pixels.fast - 49.5) < 1e-9 && abs(centre.pixels.slow - 39.5) < 1e-9)
    }

    @Test("a wavelength that cannot be used is kept with its text", arguments: ["0", "?", "text", "-1"])
    func wavelength(_ written: String) throws {
        var file = SmallFile()
        file.head = file.head.replacing("1 0.9795", with: "1 \(written)")
        let beam = try experiment(file).beam
        #expect(beam.unusableWavelength?.value == written)
        #expect(beam.wavelengths.map { $0.value.allSatisfy { $0 <= 0 } } ?? true)
    }

    @Test("the item of CBF files and several weighted wavelengths are read")
    func wavelengths() throws {
        var file = SmallFile()
        file.head = """
            data_two
            loop_ _diffrn_radiation_wavelength.id _diffrn_radiation_wavelength.wavelength _diffrn_radiation_wavelength.wt
            a 1.54051 1.0
            b 1.54433 0.5
            """
        let beam = try experiment(file).beam
        #expect(beam.wavelengths?.value == [1.54051, 1.54433])
        #expect(beam.weights?.value == [1, 0.5])
        #expect(beam.unusableWavelength == nil)
    }

    @Test("a set of two axes leaves the panel unplaced with its reason")
    func spiral() throws {
        var file = SmallFile()
        file.arrays = file.arrays.replacing("py py 0.05 0.1", with: "px py 0.05 0.1\npy py 0.05 0.1")
        let panel = try #require(try experiment(file).detectors.first?.panels.first)
        #expect(panel.placement == nil)
        #expect(panel.placementFault == "axis set 'px' has 2 axes")
    }

    @Test("several collections of one block are several experiments with their own scans")
    func collections() throws {
        var file = SmallFile()
        file.head = file.head.replacing("_diffrn.id D\n_diffrn.crystal_id 'a crystal'", with: "loop_ _diffrn.id D E")
        file.scans = file.scans.replacing(
            "loop_ _diffrn_scan.id _diffrn_scan.frames\nS1 2",
            with: "loop_ _diffrn_scan.id _diffrn_scan.diffrn_id _diffrn_scan.frames\nS1 D 2\nS2 E 0")
        let experiments = try #require(readBlocks(file.text).first).experiments
        #expect(experiments.map(\.id) == ["D", "E"])
        #expect(experiments.map { $0.scans.map(\.id) } == [["S1"], ["S2"]])
        #expect(experiments.map(\.detectors.count) == [1, 0])
    }

    @Test("two blocks give two readings, and a block of other categories gives none")
    func blocks() {
        let text =
            SmallFile().text + "data_other\n_cell.length_a 10\n" + SmallFile().text.replacing("small", with: "second")
        #expect(readBlocks(text).map(\.name) == ["small", "second"])
        #expect(readBlocks(text).map(\.blockIndex) == [0, 2])
    }
}
