// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Testing

extension Experiment {
    /// This experiment of one panel as NXmx would hold it: McStas, one module, ids as paths.
    func asNXmx(origin: PixelOriginChoice = .keep) throws -> Experiment {
        let graph = axisGraph
        let rotation = try rotationToMcStas().get()
        let panel = detectors[0].panels[0]
        let module = try graph.moduleToWrite(panel, origin: origin, rotation: rotation).get()
        var axes: [Axis] = []
        var extras: [ScanAxis] = []
        let ends = [module.dependsOn, try graph.sampleAxis(of: goniometer).get()].compactMap { $0 }
        for end in ends {
            for step in try graph.transformationsToWrite(from: end, rotation: rotation).get() {
                var axis = Axis.made(
                    step.id.text, step.motion, step.vector, on: step.dependsOn?.text, offset: step.offset)
                axis.usesVectorAsWritten = true
                axes.append(axis)
                if step.extraAngle != 0 {
                    extras.append(ScanAxis(axis: step.id, settings: .constant(step.extraAngle), place: .file))
                }
            }
        }
        axes.append(.made("module_offset", .translation, .unitX, on: module.dependsOn?.text, offset: module.offset))
        var copy = self
        copy.frame = .mcStas
        copy.axes = axes
        copy.beam.direction = Sourced(.unitZ, .defaulted(item: "NXbeam"))
        copy.gravity = Sourced(Vector3(0, -1, 0), .defaulted(item: "McStas"))
        copy.goniometer?.sampleAxis = try graph.sampleAxis(of: goniometer).get().map { Sourced($0, .stated(.file)) }
        for index in copy.scans.indices { copy.scans[index].axes += extras }
        var written = Panel.module(
            base: "module_offset", fast: .made("fast", .translation, module.fast.vector, on: "module_offset"),
            slow: .made("slow", .translation, module.slow.vector, on: "module_offset"),
            steps: FastSlow(fast: module.fast.value, slow: module.slow.value))
        written.size = panel.size
        copy.detectors[0].panels = [written]
        return copy
    }
}

/// Oracle: conversion keeps pixel positions to 1e-6 mm, so a description and its NXmx are one; changes made by hand are
/// found with the size that they have.
@Suite("Comparing two descriptions tells what differs and nothing else")
struct ComparisonTests {
    private func worked() throws -> Experiment { try SummaryTests.worked() }

    @Test("a description is silent beside itself", arguments: VectorCase.all)
    func same(_ given: VectorCase) {
        let comparison = Comparison(given.experiment, given.experiment)
        #expect(comparison.isSilent)
        #expect(comparison.oneSided.isEmpty)
        #expect(comparison.notes.isEmpty)
    }

    @Test("a description is silent beside its NXmx, kept or centred, in either order", arguments: VectorCase.all)
    func converted(_ given: VectorCase) throws {
        let experiment = given.experiment
        for choice in PixelOriginChoice.allCases {
            let written = try experiment.asNXmx(origin: choice)
            for comparison in [Comparison(experiment, written), Comparison(written, experiment)] {
                #expect(comparison.differences.isEmpty)
                #expect(comparison.notCompared.isEmpty)
                let word = choice == .keep ? "the numbers agree" : "with the half pixel"
                #expect(comparison.notes.contains { $0.contains(word) })
            }
        }
    }

    @Test("a panel that stands elsewhere differs by the pixels it is off, once")
    func movedPanel() throws {
        let first = try worked()
        var second = try first.asNXmx()
        for index in second.axes.indices where second.axes[index].id.text == "module_offset" {
            second.axes[index].offset.value = second.axes[index].offset.value + Vector3(0, 0.344, 0)
        }
        let comparison = Comparison(first, second)
        try #require(comparison.differences.count == 1)
        let difference = comparison.differences[0]
        #expect(difference.kind == .geometry)
        #expect(difference.subject == "panel 'ARRAY1'")
        #expect((try #require(difference.amount) - 2).magnitude < 1e-9)
        #expect(
            difference.sentence.hasPrefix("panel 'ARRAY1': position of pixel (0, 0) in frame 1 of scan 'SCAN1' is ("))
        #expect(difference.sentence.hasSuffix(" mm in the second, 2 px apart"))
    }

    @Test("a change in the last frame alone is found there")
    func lastFrame() throws {
        var first = try worked()
        first.scans[0].frameCount.value = 101
        var second = first
        for index in first.scans[0].axes.indices where first.scans[0].axes[index].axis.text == "GON_OMEGA" {
            first.scans[0].axes[index].settings = .uniform(start: -145, step: 0.1, increment: 0.1)
            second.scans[0].axes[index].settings = .uniform(start: -145, step: -0.1, increment: -0.1)
        }
        let comparison = Comparison(first, second)
        try #require(comparison.differences.count == 1)
        #expect(comparison.differences[0].subject == "sample")
        #expect(comparison.differences[0].fact == "setting of GON_OMEGA at the start of frame 101 of scan 'SCAN1'")
    }

    @Test("one frame that turns about another axis is found at its end")
    func otherAxis() throws {
        var first = try worked()
        first.scans[0].frameCount.value = 1
        var second = first
        for index in first.scans[0].axes.indices where first.scans[0].axes[index].axis.text == "GON_PHI" {
            second.scans[0].axes[index].settings = .uniform(start: 0, step: 0.1, increment: 0.1)
        }
        let comparison = Comparison(first, second)
        try #require(comparison.differences.count == 1)
        #expect(comparison.differences[0].fact == "setting of GON_PHI at the end of frame 1 of scan 'SCAN1'")
    }

    @Test("the fixed diagonal for a vertical goniometer is found, and gravity left open is named")
    func openGravity() throws {
        let vertical = try #require(VectorCase.all.first { $0.name == "the same with the goniometer axis vertical" })
        let written = try vertical.experiment.asNXmx()
        var open = vertical.experiment
        open.gravity = Sourced(Vector3(0, -1, 0), .assumed("(0, -1, 0) is assumed"))
        let comparison = Comparison(open, written)
        #expect(Set(comparison.differences.map(\.subject)) == ["panel 'ARRAY1'", "sample"])
        #expect(comparison.notes.contains("with gravity (-1, 0, 0) in the first the geometries agree"))
        #expect(comparison.notes.contains("gravity of the first: (0, -1, 0) is assumed"))
    }

    @Test("values count as equal within the last digit printed, limits exactly")
    func values() throws {
        let first = try worked()
        var second = first
        second.beam.wavelengths = Sourced([0.68891], .stated(.file))
        #expect(Comparison(first, second).isSilent)
        second.beam.wavelengths = Sourced([0.6891], .stated(.file))
        #expect(Comparison(first, second).differences.map(\.fact) == ["wavelength"])
        var a = first
        var b = first
        a.detectors[0].saturation = Sourced(65534, .stated(.file))
        b.detectors[0].saturation = Sourced(65535, .stated(.file))
        a.beam.wavelengths = Sourced([1], .stated(.file))
        b.beam.wavelengths = Sourced([1.4], .stated(.file))
        a.identity.temperature = Sourced(100, .stated(.file))
        b.identity.temperature = Sourced(100.4, .stated(.file))
        a.scans[0].exposure = Sourced([0.1], .stated(.file))
        b.scans[0].exposure = Sourced([0.2], .stated(.file))
        a.detectors[0].gain = Sourced(2, .stated(.file))
        b.detectors[0].scalingFactor = Sourced(0.5, .stated(.file))
        #expect(
            Comparison(a, b).differences.map(\.fact) == [
                "wavelength", "temperature", "greatest valid count", "exposure of the first frame",
            ])
        // Programs that turn one form into another print few digits.
        b.frame = .mcStas
        #expect(!Comparison(a, b).differences.map(\.fact).contains("temperature"))
    }

    @Test("what one side alone tells is no difference, and texts differ by more than case and space")
    func oneSided() throws {
        var first = try worked()
        var second = first
        first.identity.facility = Sourced("Diamond Light Source", .stated(.file))
        second.identity.facility = Sourced("DIAMOND  light source", .stated(.file))
        first.identity.beamline = Sourced("I19-1", .stated(.file))
        second.detectors[0].sensorMaterial = Sourced("Si", .stated(.file))
        second.goniometer = nil
        let comparison = Comparison(first, second)
        #expect(comparison.isSilent)
        #expect(comparison.oneSided.map(\.fact) == ["beamline", "sensor material", "goniometer"])
        #expect(comparison.oneSided.map(\.isInFirst) == [true, false, true])
        second.identity.beamline = Sourced("I19-2", .stated(.file))
        #expect(Comparison(first, second).differences.map(\.kind) == [.text])
    }

    @Test("counts that differ are told, and what cannot be placed is named")
    func countsAndFaults() throws {
        let first = try worked()
        var second = first
        second.scans[0].frameCount.value = 2
        second.scans.append(second.scans[0])
        second.detectors[0].panels[0].size = FastSlow(fast: 1679, slow: 1475)
        #expect(
            Comparison(first, second).differences.map(\.fact)
                == ["number of pixels, fast x slow, fast and slow exchanged", "number of scans", "number of frames"])
        var broken = first
        broken.detectors[0].panels[0].placement = nil
        broken.detectors[0].panels[0].placementFault = "no axis set"
        let comparison = Comparison(first, broken)
        #expect(comparison.notCompared == ["panel 'ARRAY1': in the second, no axis set"])
        #expect(!comparison.isSilent)
        var upright = first
        upright.beam.direction.value = Vector3(0, -1, 0)
        let vertical = Comparison(upright, try first.asNXmx())
        #expect(vertical.notCompared.count == 1)
        #expect(Comparison(.made([]), .made([])).isSilent)
    }

    @Test("panels and scans are paired by id in whatever order, and by order when ids say nothing")
    func pairing() throws {
        var first = try worked()
        var other = first.detectors[0].panels[0]
        other.id = "ARRAY2"
        other.size = FastSlow(fast: 10, slow: 10)
        first.detectors[0].panels.append(other)
        var second = first
        second.detectors[0].panels.reverse()
        #expect(Comparison(first, second).isSilent)
        second.detectors[0].panels[0].id = "module"
        #expect(Comparison(first, second).differences.map(\.kind) == [.count, .count])
    }
}
