// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import TestSupport
import Testing

/// Oracle: laws of rotations and of planes; random cases from printed seeds.
@Suite("Geometry keeps its laws")
struct PropertyTests {
    static let seeds = Array(UInt64(1)...200)

    @Test("the rotation to McStas is orthogonal, right-handed and brings the beam to Z", arguments: seeds)
    func rotationIsProper(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let (beam, gravity) = (random.direction(), random.direction())
        let rotation = try FrameRotation.toMcStas(beam: beam, gravity: gravity).get()
        let m = rotation.matrix
        #expect((m * m.transposed).greatestDifference(from: .identity) < 1e-14)
        #expect((m.determinant - 1).magnitude < 1e-14)
        #expect((rotation.toMcStas(beam) - .unitZ).length < 1e-14)
        let down = rotation.toMcStas(gravity)
        #expect(down.x.magnitude < 1e-14)
        #expect(down.y < 0)
    }

    @Test("there and back is where it was", arguments: seeds)
    func roundTrip(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let rotation = try FrameRotation.toMcStas(beam: random.direction(), gravity: random.direction()).get()
        let v = random.offset()
        #expect((rotation.fromMcStas(rotation.toMcStas(v)) - v).length < 1e-12)
        let (axes, settings) = random.chain(length: 6)
        let t = try Experiment.made(axes).axisGraph.transform(from: axes[5].id, settings: settings).get()
        #expect((t.inverse * (t * v) - v).length < 1e-9)
    }

    @Test("a chain told in the other frame moves as the turned chain", arguments: seeds)
    func turnedChain(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let (beam, gravity) = (random.direction(), random.direction())
        let rotation = try FrameRotation.toMcStas(beam: beam, gravity: gravity).get()
        let (axes, settings) = random.chain(length: Int.random(in: 1...9, using: &random))
        let turned = axes.map { axis in
            var copy = axis
            copy.vector.value = rotation.toMcStas(axis.vector.value)
            copy.offset.value = rotation.toMcStas(axis.offset.value)
            return copy
        }
        let inner = axes[axes.count - 1].id
        let first = try Experiment.made(axes, beam: beam, gravity: gravity).axisGraph
            .transform(from: inner, settings: settings).get()
        let second = try Experiment.made(turned, frame: .mcStas).axisGraph.transform(from: inner, settings: settings)
            .get()
        let told = rotation.toMcStas(first)
        #expect(told.rotation.greatestDifference(from: second.rotation) < 1e-13)
        #expect((told.translation - second.translation).length < 1e-9)
    }

    @Test("negating vector and angle of a rotation moves nothing", arguments: seeds)
    func reversedSense(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let (axes, settings) = random.chain(length: 7)
        let inner = axes[6].id
        let graph = Experiment.made(axes).axisGraph
        var reversed = axes
        var reversedSettings = settings
        for index in reversed.indices where reversed[index].motion.value == .rotation {
            reversed[index].vector.value = -reversed[index].vector.value
            let id = reversed[index].id
            reversedSettings.values[id] = -settings[id]
        }
        let first = try graph.transform(from: inner, settings: settings).get()
        let second = try Experiment.made(reversed).axisGraph.transform(from: inner, settings: reversedSettings).get()
        #expect(first.rotation.greatestDifference(from: second.rotation) < 1e-14)
        #expect((first.translation - second.translation).length < 1e-9)
    }

    @Test("moving a panel by pixels moves the beam centre by as many", arguments: seeds)
    func movedPanel(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let plane = random.plane()
        let beam = random.direction()
        guard let centre = plane.meeting(beam: beam).centre, plane.fast.angle(to: plane.slow) > 20,
            plane.fast.angle(to: plane.slow) < 160, centre.distance.magnitude < 1e4
        else { return }
        let (i, j) = (Double.random(in: -500...500, using: &random), Double.random(in: -500...500, using: &random))
        let moved = PanelPlane(origin: plane.position(fast: -i, slow: -j), fast: plane.fast, slow: plane.slow)
        let after = try #require(moved.meeting(beam: beam).centre)
        #expect(after.pixels.difference(from: centre.pixels.fast + i, centre.pixels.slow + j) < 1e-6)
        let there = plane.position(fast: centre.pixels.fast, slow: centre.pixels.slow)
        #expect((there - centre.distance * beam).length < 1e-6)
        let perpendicular = try #require(plane.perpendicularDistance)
        #expect(perpendicular <= centre.distance.magnitude + 1e-9)
    }

    @Test("the edge is no wider than the corner, in every pixel origin", arguments: seeds)
    func edgeAndCorner(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let plane = random.plane()
        let size = FastSlow(
            fast: Int.random(in: 1...3000, using: &random), slow: Int.random(in: 1...3000, using: &random))
        let toward = plane.position(fast: Double(size.fast) * 0.3, slow: Double(size.slow) * 0.6)
        for origin in [PixelOrigin.pixelCorner, .pixelCentre, .unstated] {
            let limits = try #require(
                plane.resolution(size: size, origin: origin, beam: toward, wavelength: 1))
            if let edge = limits.edgeTwoTheta { #expect(edge <= limits.cornerTwoTheta) }
            if case .hits = plane.meeting(beam: toward), size.fast > 3, size.slow > 3 { #expect(limits.isBeamOnFace) }
        }
    }

    @Test(
        "keep and centre differ by half of fast and slow, and the numbers kept put pixels where they were",
        arguments: seeds)
    func keepAndCentre(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        var (axes, settings) = random.chain(length: 4)
        axes.append(.made("s", .translation, random.direction(), on: "a3", offset: random.offset()))
        axes.append(.made("f", .translation, random.direction(), on: "s"))
        let size = FastSlow(fast: 100, slow: 200)
        let panel = Panel.surface(
            .made("f", displacement: 3, increment: 0.1),
            .made("s", displacement: -2, increment: -0.2, isDecreasing: Bool.random(using: &random)), size: size)
        let (beam, gravity) = (random.direction(), random.direction())
        let experiment = Experiment.made(axes, beam: beam, gravity: gravity)
        let graph = experiment.axisGraph
        let rotation = try experiment.rotationToMcStas().get()
        let keep = try graph.moduleToWrite(panel, rotation: rotation).get()
        let centre = try graph.moduleToWrite(panel, origin: .centre, rotation: rotation).get()
        let half = 0.5 * (keep.fast.value * keep.fast.vector + keep.slow.value * keep.slow.vector)
        #expect((keep.offset - centre.offset - half).length < 1e-9)

        let chain = try graph.transformationsToWrite(from: AxisID("a3"), rotation: rotation).get()
        let written = chain.map { step -> Axis in
            Axis.made(
                step.id.text, step.motion, step.vector, on: step.dependsOn?.text, offset: step.offset)
        }
        let offset = Axis.made("offset", .translation, .unitX, on: keep.dependsOn?.text, offset: keep.offset)
        let module = Panel.module(
            base: "offset", fast: .made("fast", .translation, keep.fast.vector, on: "offset"),
            slow: .made("slow", .translation, keep.slow.vector, on: "offset"),
            steps: FastSlow(fast: keep.fast.value, slow: keep.slow.value))
        let back = try Experiment.made(written + [offset], frame: .mcStas).axisGraph
            .plane(of: module, settings: settings).get()
        let there = rotation.toMcStas(try graph.plane(of: panel, settings: settings).get())
        for (i, j) in [(0.0, 0.0), (99, 0), (0, 199), (99, 199)] {
            #expect((back.position(fast: i, slow: j) - there.position(fast: i, slow: j)).length < 1e-9)
        }
    }

    @Test("polarisation and divergence turned there and back are as they were", arguments: seeds)
    func polarisation(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let angle = Double.random(in: -180...180, using: &random)
        let stokes = StokesParameters(i: 1, q: 0.3, u: -0.5, v: 0.1)
        let back = stokes.turned(by: angle).turned(by: -angle)
        #expect((back.q - stokes.q).magnitude < 1e-14)
        #expect((back.u - stokes.u).magnitude < 1e-14)
        #expect(back.v == stokes.v)
        let matrix = try #require(Matrix3.rotation(about: .unitZ, degrees: angle))
        let spread = Divergence(x: 2, y: 1, covariance: 0.5)
        let there = spread.turned(by: FrameRotation(matrix: matrix))
        let again = there.turned(by: FrameRotation(matrix: matrix.transposed))
        #expect((again.x - 2).magnitude < 1e-12)
        #expect((again.y - 1).magnitude < 1e-12)
        #expect((again.covariance - 0.5).magnitude < 1e-12)
    }

    @Test(
        "a rotation by whole quarter turns is exact",
        arguments: [-1080.0, -270, -180, -90, 0, 90, 180, 270, 360, 26_550])
    func exactQuarters(angle: Double) throws {
        for axis in [Vector3.unitX, .unitY, .unitZ] {
            let matrix = try #require(Matrix3.rotation(about: axis, degrees: angle))
            #expect(matrix.elements.allSatisfy { $0 == 0 || $0.magnitude == 1 })
            #expect(matrix.determinant == 1)
        }
    }
}
