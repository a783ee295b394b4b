// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import NeXus
import Testing

private let detector = "/entry/instrument/detector"
private let module = "/entry/instrument/detector/module"

/// Oracle: the golden recipe: beam centre (13.7, 8.9), distance 200 mm, steps of 0.075 mm; one change at a time.
@Suite struct DetectorReadingTests {
    /// Origin and steps of the golden recipe.
    private func expectGolden(_ experiment: Experiment, _ comment: Comment? = nil) throws {
        let plane = try experiment.plane()
        #expect((plane.origin - Vector3(1.0275, 0.6675, 200)).length < 1e-9, comment)
        #expect((plane.fast - Vector3(-0.075, 0, 0)).length < 1e-12, comment)
        #expect((plane.slow - Vector3(0, -0.075, 0)).length < 1e-12, comment)
    }

    @Test func `the golden panel stands where its numbers say`() throws {
        let experiment = try VariedFile().experiment
        try expectGolden(experiment)
        let centre = try #require(try experiment.plane().meeting(beam: experiment.beam.direction.value).centre)
        #expect(abs(centre.pixels.fast - 13.7) < 1e-9)
        #expect(abs(centre.pixels.slow - 8.9) < 1e-9)
        let panel = try #require(experiment.panel)
        #expect(panel.size == FastSlow(fast: 30, slow: 20))
        #expect(panel.pixelOrigin == .pixelCorner)
        #expect(panel.dataOrigin?.value == [0, 0])
        #expect(panel.id == module)
    }

    @Test func `facts of the detector come in the units of the model`() throws {
        let found = try #require(try VariedFile().experiment.detectors.first)
        #expect(found.statedDistances.map(\.item) == ["distance"])
        #expect(found.statedDistances.first?.value.value == 200)
        #expect(found.statedBeamCentres.first?.value == FastSlow(fast: 13.7, slow: 8.9))
        #expect(found.statedBeamCentres.first?.unit == "px")
        #expect(found.sensorMaterial?.value == "Si")
        #expect(abs(try #require(found.sensorThickness?.value) - 0.45) < 1e-12)
        #expect(found.saturation?.value == 800_000)
        #expect(found.underload?.value == 0)
        #expect(found.bitDepth?.value == 32)
        #expect(found.axes.map(\.name) == ["module_offset", "det_z"])
    }

    @Test func `slow that depends on fast gives the same plane`() throws {
        let change = "{set: '\(module)/slow_pixel_direction@depends_on', to: '\(module)/fast_pixel_direction'}"
        try expectGolden(try VariedFile(change).experiment)
    }

    @Test func `a direction that ends at the base falls back on module_offset`() throws {
        let changes = """
            {set: '\(module)/fast_pixel_direction@depends_on', to: '.'},
            {remove: '\(module)/slow_pixel_direction@depends_on'}
            """
        try expectGolden(try VariedFile(changes).experiment)
    }

    @Test func `without module_offset the chain of the detector carries the module`() throws {
        let changes = """
            {remove: '\(module)/module_offset'},
            {set: '\(module)/fast_pixel_direction@depends_on', to: '.'},
            {set: '\(module)/slow_pixel_direction@depends_on', to: '.'},
            {set: '\(module)/fast_pixel_direction@offset', to: [0.0010275, 0.0006675, 0.0]}
            """
        try expectGolden(try VariedFile(changes).experiment)
    }

    @Test func `a translation is value times vector as written`() throws {
        let changes = """
            {set: '\(module)/module_offset', to: {$value: 1.0, '@units': 'm', '@transformation_type': 'translation',
             '@vector': [0.0010275, 0.0006675, 0.0], '@depends_on': '\(detector)/transformations/det_z'}}
            """
        try expectGolden(try VariedFile(changes).experiment)
    }

    @Test func `a direction without vector places nothing and says so`() throws {
        let panel = try #require(
            try VariedFile("{remove: '\(module)/fast_pixel_direction@vector'}").experiment.panel)
        #expect(panel.placement == nil)
        #expect(panel.placementFault == "'fast_pixel_direction' has no vector of three numbers")
    }

    @Test func `a module size written fast first is turned`() throws {
        let panel = try #require(
            try VariedFile("{set: '\(module)/data_size', to: [30, 20]}").experiment.panel)
        #expect(panel.size == FastSlow(fast: 30, slow: 20))
        #expect(panel.dataSize?.value == [30, 20], "kept as stated")
    }

    @Test func `the shape of the data stands in for a size that is absent`() throws {
        #expect(
            try VariedFile("{remove: '\(module)/data_size'}").experiment.panel?.size == FastSlow(fast: 30, slow: 20))
        let mistyped = try VariedFile("{set: '\(module)/data_size', to: 'large'}")
        #expect(try mistyped.experiment.panel?.size == FastSlow(fast: 30, slow: 20))
        #expect(
            mistyped.reading.faults.contains {
                $0.place == .object(path: "\(module)/data_size", attribute: nil)
            })
    }

    @Test func `several modules are several panels`() throws {
        let changes = """
            {set: '\(module)/data_size', to: [20, 15]},
            {set: '\(detector)/module_2', to: {'@NX_class': 'NXdetector_module', data_origin: [0, 15], data_size: [20, 15],
             fast_pixel_direction: {$value: 0.075, '@units': 'mm', '@transformation_type': 'translation',
              '@vector': [-1.0, 0.0, 0.0], '@offset': [-1.125, 0.0, 0.0], '@offset_units': 'mm',
              '@depends_on': '\(module)/module_offset'},
             slow_pixel_direction: {$value: 0.075, '@units': 'mm', '@transformation_type': 'translation',
              '@vector': [0.0, -1.0, 0.0], '@depends_on': '\(detector)/module_2/fast_pixel_direction'}}}
            """
        let experiment = try VariedFile(changes).experiment
        let panels = try #require(experiment.detectors.first?.panels)
        #expect(panels.map(\.size) == [FastSlow(fast: 15, slow: 20), FastSlow(fast: 15, slow: 20)])
        #expect(panels.map(\.dataOrigin?.value) == [[0, 0], [0, 15]])
        let settings = try #require(experiment.scans.first).settings(frame: 0)
        let second = try experiment.axisGraph.plane(of: panels[1], settings: settings).get()
        #expect((second.origin - Vector3(1.0275 - 1.125, 0.6675, 200)).length < 1e-9)
        #expect(experiment.detectors.first?.axes.map(\.name) == ["module_offset", "det_z"])
    }

    @Test func `data with channels count by their first dimension`() throws {
        let changes = """
            {set: '/entry/data/data', to: {$counts: 1, $type: 'int32', $shape: [5, 2, 20, 30]}}
            """
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.imageData?.value.shape == [5, 2, 20, 30])
        #expect(experiment.scans.first?.imageCount?.value == 5)
        #expect(experiment.panel?.size == FastSlow(fast: 30, slow: 20))
    }

    @Test func `a signal of two dimensions is one frame`() throws {
        let experiment = try VariedFile(
            "{set: '/entry/data/data', to: {$counts: 1, $type: 'int32', $shape: [20, 30]}}"
        ).experiment
        #expect(experiment.scans.first?.imageCount?.value == 1)
        #expect(experiment.panel?.size == FastSlow(fast: 30, slow: 20))
    }

    @Test func `limits that stand in a channel are those of the detector`() throws {
        let changes = """
            {remove: '\(detector)/saturation_value'},
            {set: '\(detector)/low_channel', to: {'@NX_class': 'NXdetector_channel', saturation_value: 4095}}
            """
        #expect(try VariedFile(changes).experiment.detectors.first?.saturation?.value == 4095)
    }

    @Test func `blocks behind external links count together`() throws {
        let block = "{data: {$counts: 1, $type: 'int32', $shape: [3, 20, 30]}}"
        let changes = """
            {remove: '/entry/data/data'}, {remove: '\(detector)/data'},
            {set: '/entry/data/data_000001', to: {$external: 'a.h5', $path: '/data'}},
            {set: '/entry/data/data_000002', to: {$external: 'b.h5', $path: '/data'}}
            """
        let whole = try VariedFile(changes, others: "'a.h5': \(block), 'b.h5': \(block)").experiment
        #expect(whole.scans.first?.imageCount?.value == 6)
        let named = try VariedFile(
            changes + ", {set: '/entry/data@signal', to: 'data_000001'}", others: "'a.h5': \(block), 'b.h5': \(block)"
        ).experiment
        #expect(named.scans.first?.imageCount?.value == 6, "a signal that names the first block means all")
        let part = try VariedFile(changes, others: "'a.h5': \(block)").experiment
        #expect(part.scans.first?.imageCount == nil, "one file is not there")
    }

    @Test func `a virtual dataset has its shape although its source is absent`() throws {
        let changes = """
            {set: '/entry/data/data', to: {$virtual: [{file: 'gone.h5', dataset: '/data', frames: 5}], $type: 'uint32',
             $shape: [5, 20, 30]}}
            """
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.imageData?.value.shape == [5, 20, 30])
        #expect(experiment.imageData?.value.elementType == "unsigned 32-bit integer")
    }

    @Test func `a beam centre in metres comes in millimetres`() throws {
        let changes = """
            {set: '\(detector)/beam_center_x', to: {$value: 0.0010275, '@units': 'm'}},
            {set: '\(detector)/beam_center_y', to: {$value: 0.0006675, '@units': 'm'}}
            """
        let centre = try #require(try VariedFile(changes).experiment.detectors.first?.statedBeamCentres.first)
        #expect(centre.unit == "mm")
        #expect(abs(centre.value.fast - 1.0275) < 1e-12)
    }

    @Test func `lengths without usable units are not guessed`() throws {
        let changes = """
            {remove: '\(detector)/distance@units'}, {set: '\(detector)/sensor_thickness@units', to: 'parsnips'},
            {set: '\(detector)/x_pixel_size', to: 'tiny'}
            """
        let varied = try VariedFile(changes)
        let found = try #require(varied.experiment.detectors.first)
        #expect(found.statedDistances.isEmpty)
        #expect(found.sensorThickness == nil)
        #expect(found.panels.first?.statedPixelSize.fast == nil)
        let places = varied.reading.faults.map(\.place)
        #expect(places.contains(.object(path: "\(detector)/distance", attribute: "units")))
        #expect(places.contains(.object(path: "\(detector)/sensor_thickness", attribute: "units")))
        #expect(places.contains(.object(path: "\(detector)/x_pixel_size", attribute: nil)))
    }
}
