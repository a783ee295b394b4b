// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Testing

/// Oracle: Vectors/geometry.json, recomputed with numpy; its positions agree with CBFlib to 3.6e-14 mm and with dxtbx to
/// 2e-13 mm where these can evaluate them. Tolerances are those of the file.
@Suite("Geometry gives the published numbers")
struct VectorTests {
    static let positions = 1e-9
    static let vectors = 1e-10
    static let angles = 1e-9
    static let pixels = 1e-6

    @Test("ten cases are read")
    func count() { #expect(VectorCase.all.count == 10) }

    @Test("the rotation to McStas is that of the file", arguments: VectorCase.all)
    func rotation(_ given: VectorCase) throws {
        let m = try given.experiment.rotationToMcStas().get().matrix
        for (row, wanted) in zip([m.first, m.second, m.third], given.expected.rotationImgcifToMcstas) {
            #expect(row.difference(from: wanted) <= Self.vectors)
        }
    }

    @Test("pixels stand where the file says, in both frames", arguments: VectorCase.all)
    func pixels(_ given: VectorCase) throws {
        let (plane, rotation) = try plane(given)
        let mcStas = rotation.toMcStas(plane)
        for pixel in given.expected.pixels {
            let (i, j) = (pixel.indexFastSlow[0], pixel.indexFastSlow[1])
            #expect(plane.position(fast: i, slow: j).difference(from: pixel.imgcifMm) <= Self.positions)
            #expect(mcStas.position(fast: i, slow: j).difference(from: pixel.mcstasMm) <= Self.positions)
        }
        #expect(mcStas.fast.difference(from: given.expected.fastStepMcstasMm) <= Self.vectors)
        #expect(mcStas.slow.difference(from: given.expected.slowStepMcstasMm) <= Self.vectors)
        let normal = try #require(mcStas.normal)
        #expect(normal.difference(from: given.expected.normalMcstas) <= Self.vectors)
    }

    @Test("the beam meets the panel where the file says, told in either frame", arguments: VectorCase.all)
    func beam(_ given: VectorCase) throws {
        let (plane, rotation) = try plane(given)
        let wanted = given.expected
        let told = [(plane, given.experiment.beam.direction.value), (rotation.toMcStas(plane), Vector3.unitZ)]
        for (plane, beam) in told {
            guard case .hits(let centre) = plane.meeting(beam: beam) else {
                Issue.record("the beam does not meet the panel")
                continue
            }
            let (i, j) = (wanted.beamCentreIndexFastSlow[0], wanted.beamCentreIndexFastSlow[1])
            #expect((centre.pixels.fast - i).magnitude <= Self.pixels)
            #expect((centre.pixels.slow - j).magnitude <= Self.pixels)
            #expect((centre.distance - wanted.beamPathMm).magnitude <= Self.positions)
            let perpendicular = try #require(plane.perpendicularDistance)
            #expect((perpendicular - wanted.perpendicularDistanceMm).magnitude <= Self.positions)
        }
    }

    @Test("resolution is that of the file for both pixel origins", arguments: VectorCase.all)
    func resolution(_ given: VectorCase) throws {
        let (plane, _) = try plane(given)
        #expect(given.expected.resolution.count == 2)
        for (name, wanted) in given.expected.resolution {
            let origin = try #require(PixelOrigin(rawValue: name))
            let found = try #require(
                plane.resolution(
                    size: given.size, origin: origin, beam: given.experiment.beam.direction.value,
                    wavelength: given.wavelengthAngstrom))
            #expect((found.cornerTwoTheta - wanted.twoThetaCorner).magnitude <= Self.angles)
            #expect((found.cornerSpacing - wanted.dCorner).magnitude <= 1e-9)
            #expect(found.isBeamOnFace == wanted.beamOnFace)
            #expect((found.edgeTwoTheta == nil) == (wanted.twoThetaEdge == nil))
            #expect(((found.edgeTwoTheta ?? 0) - (wanted.twoThetaEdge ?? 0)).magnitude <= Self.angles)
            #expect(((found.edgeSpacing ?? 0) - (wanted.dEdge ?? 0)).magnitude <= 1e-9)
        }
    }

    @Test("the goniometer stands as the file says at the start and the end of the frame", arguments: VectorCase.all)
    func goniometer(_ given: VectorCase) throws {
        let experiment = given.experiment
        let graph = experiment.axisGraph
        let rotation = try experiment.rotationToMcStas().get()
        let wanted = given.expected
        for (moment, matrix) in [(FrameMoment.start, wanted.goniometerStartMcstas), (.end, wanted.goniometerEndMcstas)]
        {
            let settings = experiment.scans[0].settings(frame: 0, at: moment)
            let sample = try graph.sampleTransform(of: experiment.goniometer, settings: settings).get()
            expect(rotation.toMcStas(sample), is: matrix ?? Transform.identity.rows)
            if moment == .start { expect(sample, is: wanted.goniometerStartImgcif ?? Transform.identity.rows) }
        }
        #expect((wanted.goniometerStartImgcif == nil) == (experiment.goniometer == nil))
    }

    @Test("polarisation becomes the Stokes parameters of the file", arguments: VectorCase.all)
    func stokes(_ given: VectorCase) throws {
        guard let ratio = given.polariznSourceRatio, let normal = given.polariznSourceNorm,
            let wanted = given.expected.incidentPolarizationStokes
        else { return }
        let rotation = try given.experiment.rotationToMcStas().get()
        let stokes = StokesParameters(ratio: ratio, normal: normal, rotation: rotation)
        for (a, b) in zip([stokes.i, stokes.q, stokes.u, stokes.v], wanted) { #expect((a - b).magnitude <= 1e-9) }
        let back = stokes.ratioAndNormal(rotation: rotation)
        #expect((back.ratio - ratio).magnitude <= 1e-12)
        #expect((back.normal - normal).magnitude <= 1e-9)
    }

    @Test("the module of NXmx has the numbers of the file, kept and centred", arguments: VectorCase.all)
    func module(_ given: VectorCase) throws {
        let experiment = given.experiment
        let panel = experiment.detectors[0].panels[0]
        let rotation = try experiment.rotationToMcStas().get()
        let graph = experiment.axisGraph
        let keep = try graph.moduleToWrite(panel, rotation: rotation).get()
        let wanted = given.nxmx
        #expect(keep.dependsOn?.text == wanted.moduleOffsetDependsOn)
        #expect(keep.offset.difference(from: wanted.moduleOffsetOffsetMm) <= Self.positions)
        for (found, direction) in [(keep.fast, wanted.fastPixelDirection), (keep.slow, wanted.slowPixelDirection)] {
            #expect((found.value - direction.valueMm).magnitude <= 1e-12)
            #expect(found.vector.difference(from: direction.vector) <= Self.vectors)
        }
        let centre = try graph.moduleToWrite(panel, origin: .centre, rotation: rotation).get()
        #expect(
            centre.offset.difference(from: wanted.moduleOffsetOffsetMmPixelOriginCentre) <= Self.positions)
    }

    @Test("the transformations of NXmx have the numbers of the file", arguments: VectorCase.all)
    func transformations(_ given: VectorCase) throws {
        let experiment = given.experiment
        let rotation = try experiment.rotationToMcStas().get()
        let settings = experiment.scans[0].settings(frame: 0)
        let wanted = Dictionary(uniqueKeysWithValues: given.nxmx.transformations.map { ($0.id, $0) })
        let graph = experiment.axisGraph
        var ends = [AxisID(given.nxmx.moduleOffsetDependsOn)]
        if let sample = try graph.sampleAxis(of: experiment.goniometer).get() { ends.append(sample) }
        for end in ends {
            for step in try graph.transformationsToWrite(from: end, rotation: rotation).get() {
                let row = try #require(wanted[step.id.text])
                #expect(step.dependsOn?.text == row.dependsOn)
                #expect(step.motion == (row.type == "rotation" ? .rotation : .translation))
                #expect(step.vector.difference(from: row.vector) <= Self.vectors)
                #expect(step.offset.difference(from: row.offsetMm) <= Self.positions)
                let value = (step.settingsOf.map { settings[$0] } ?? 0) + step.extraAngle
                #expect((value - row.value).magnitude <= Self.positions)
            }
        }
    }

    private func plane(_ given: VectorCase) throws -> (PanelPlane, FrameRotation) {
        let experiment = given.experiment
        let settings = experiment.scans[0].settings(frame: 0)
        let plane = try experiment.axisGraph.plane(of: experiment.detectors[0].panels[0], settings: settings).get()
        return (plane, try experiment.rotationToMcStas().get())
    }

    private func expect(_ transform: Transform, is wanted: [[Double]]) {
        for (row, wantedRow) in zip(transform.rows, wanted) {
            for (a, b) in zip(row, wantedRow) { #expect((a - b).magnitude <= Self.vectors) }
        }
    }
}
