// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import NeXus
import Testing

private let beam = "/entry/instrument/beam"

/// Oracle: the golden recipe, whose numbers stand in corpora/golden, and one change at a time.
@Suite struct EntryReadingTests {
    @Test func `beam, scan and identity of the golden file are read`() throws {
        let experiment = try VariedFile().experiment
        #expect(experiment.id == "/entry")
        #expect(experiment.frame == .mcStas)
        #expect(experiment.beam.wavelengths?.value == [0.9795])
        #expect(experiment.beam.direction.value == .unitZ)
        #expect(experiment.beam.probe?.value == .xray)
        #expect(experiment.beam.stokes?.value == [1, 1, 0, 0])
        #expect(experiment.gravity.value == Vector3(0, -1, 0))
        let scan = try #require(experiment.scans.first)
        #expect(scan.frameCount.value == 5)
        #expect(scan.exposure?.value == [0.002])
        #expect(scan.period?.value == [0.002])
        #expect(experiment.identity.title?.value == "rotation scan of a test crystal")
        #expect(experiment.identity.facility?.value == "Diamond Light Source")
        #expect(experiment.identity.beamline?.value == "I03")
        #expect(experiment.identity.sample?.value == "lysozyme")
        #expect(experiment.identity.temperature?.value == 100)
        #expect(experiment.identity.startTime?.value == "2026-01-01T00:00:00.000Z")
    }

    @Test(arguments: [
        ("nm", 9.795), ("m", 9_795_000_000), ("angstroms", 0.9795), ("A", 0.9795), ("pm", 0.009795),
    ]) func `wavelengths are ångströms whatever their unit`(unit: String, value: Double) throws {
        let experiment = try VariedFile("{set: '\(beam)/incident_wavelength@units', to: '\(unit)'}").experiment
        let wavelength = try #require(experiment.beam.wavelengths?.value.first)
        #expect(abs(wavelength - value) < 1e-12 * value)
    }

    @Test(arguments: [
        ("{remove: '\(beam)/incident_wavelength@units'}", "0.9795 without units"),
        ("{set: '\(beam)/incident_wavelength@units', to: 'eV'}", "0.9795 in 'eV'"),
        ("{set: '\(beam)/incident_wavelength', to: 'short'}", "'short'"),
    ]) func `a wavelength that cannot be used is kept as it stands`(change: String, found: String) throws {
        let read = try VariedFile(change).experiment.beam
        #expect(read.wavelengths == nil)
        #expect(read.unusableWavelength?.value == found)
        #expect(
            read.unusableWavelength?.origin.place == .object(path: "\(beam)/incident_wavelength", attribute: nil))
    }

    @Test func `a wavelength that is absent is nil`() throws {
        let read = try VariedFile("{remove: '\(beam)/incident_wavelength'}").experiment.beam
        #expect(read.wavelengths == nil)
        #expect(read.unusableWavelength == nil)
    }

    @Test func `weights and variants of wavelengths are read`() throws {
        let weighted = try VariedFile(
            """
            {set: '\(beam)/incident_wavelength', to: {$value: [0.9, 1.0], '@units': 'angstrom'}},
            {set: '\(beam)/incident_wavelength_weights', to: [0.25, 0.75]}
            """
        ).experiment.beam
        #expect(weighted.wavelengths?.value == [0.9, 1.0])
        #expect(weighted.weights?.value == [0.25, 0.75])
        let variant = try VariedFile(
            """
            {set: '\(beam)/incident_wavelength@variant', to: 'spectrum'},
            {set: '\(beam)/spectrum', to: {$value: [0.09, 0.1], '@units': 'nm'}},
            {set: '\(beam)/spectrum_weights', to: [0.5, 0.5]}
            """
        ).experiment.beam
        #expect(variant.wavelengths?.value.count == 2)
        #expect(variant.weights?.value == [0.5, 0.5])
    }

    @Test func `an energy comes in electronvolt`() throws {
        let change = "{set: '\(beam)/incident_energy', to: {$value: 12.658, '@units': 'keV'}}"
        #expect(abs(try #require(try VariedFile(change).experiment.beam.energy?.value) - 12658) < 1e-9)
    }

    @Test func `a direction of the beam is used when it is given`() throws {
        let change = """
            {set: '\(beam)/transformations', to: {'@NX_class': 'NXtransformations',
             direction: {$value: 0.0, '@vector': [0.0, 0.1, 1.0], '@depends_on': '.'}}}
            """
        let direction = try VariedFile(change).experiment.beam.direction
        #expect(abs(direction.value.length - 1) < 1e-12)
        #expect(abs(direction.value.y / direction.value.z - 0.1) < 1e-12)
    }

    @Test func `every NXmx entry and subentry is an experiment`() throws {
        let changes = """
            {set: '/second', to: {'@NX_class': 'NXentry', definition: 'NXmx'}},
            {set: '/entry/sub', to: {'@NX_class': 'NXsubentry', definition: 'nxmx'}},
            {set: '/third', to: {'@NX_class': 'NXentry', definition: 'NXsas'}}
            """
        #expect(try VariedFile(changes).reading.experiments.map(\.id) == ["/entry", "/entry/sub", "/second"])
    }

    @Test func `an empty NXmx entry is an experiment that says nothing`() throws {
        let changes = "{remove: '/entry'}, {set: '/bare', to: {'@NX_class': 'NXentry', definition: 'NXmx'}}"
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.axes.isEmpty)
        #expect(experiment.detectors.isEmpty)
        #expect(experiment.goniometer == nil)
        #expect(experiment.scans.first?.frameCount.value == 0)
    }

    @Test func `an entry without definition is read when it has modules`() throws {
        #expect(try VariedFile("{remove: '/entry/definition'}").reading.experiments.count == 1)
    }

    @Test func `strings of fixed length and arrays of one are read alike`() throws {
        let changes = """
            {set: '/entry/definition', to: {$value: 'NXmx', $type: 'string[12] blanks'}},
            {set: '/entry/instrument@NX_class', to: ['NXinstrument']},
            {set: '/entry/sample/depends_on', to: {$value: ['/entry/sample/transformations/omega'], $type: 'string[64]'}}
            """
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.goniometer?.sampleAxis?.value.name == "omega")
        #expect(experiment.detectors.count == 1)
    }

    @Test func `temperatures in degrees Celsius become kelvin`() throws {
        let change = "{set: '/entry/sample/temperature', to: {$value: -173.15, '@units': 'degC'}}"
        #expect(abs(try #require(try VariedFile(change).experiment.identity.temperature?.value) - 100) < 1e-9)
    }

    @Test func `the count of the writer is the number of frames`() throws {
        let change = """
            {set: '/entry/instrument/detector/detectorSpecific', to: {'@NX_class': 'NXcollection', nimages: 3, ntrigger: 2}}
            """
        let scan = try #require(try VariedFile(change).experiment.scans.first)
        #expect(scan.imageCount?.value == 5)
        #expect(scan.frameCount.value == 6)
    }
}
