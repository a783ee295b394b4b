// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Testing

/// Oracle: planes worked out by hand; the worked example of geometry.md section 15.
@Suite("Panels stand where their axes put them")
struct PlacementTests {
    private let size = FastSlow(fast: 10, slow: 20)

    private func plane(_ panel: Panel, _ axes: [Axis], _ settings: FrameSettings = FrameSettings()) throws -> PanelPlane
    {
        try Experiment.made(axes).axisGraph.plane(of: panel, settings: settings).get()
    }

    @Test("fast on slow, slow on fast and both on a third axis give one plane")
    func nesting() throws {
        let base = Axis.made("r", .rotation, .unitZ, offset: Vector3(0, 0, -100))
        let settings = FrameSettings([AxisID("r"): 90])
        let panel = Panel.surface(
            .made("f", displacement: 1, increment: 0.1), .made("s", displacement: 2, increment: 0.2))
        let corner = Vector3(-5, -6, 0)
        let shapes: [[Axis]] = [
            [
                base, .made("s", .translation, .unitY, on: "r", offset: corner),
                .made("f", .translation, .unitX, on: "s"),
            ],
            [
                base, .made("f", .translation, .unitX, on: "r", offset: corner),
                .made("s", .translation, .unitY, on: "f"),
            ],
            [
                base, .made("s", .translation, .unitY, on: "r", offset: corner),
                .made("f", .translation, .unitX, on: "r", offset: corner),
            ],
        ]
        for axes in shapes {
            let plane = try plane(panel, axes, settings)
            #expect((plane.origin - Vector3(4, -4, -100)).length < 1e-12)
            #expect((plane.fast - Vector3(0, 0.1, 0)).length < 1e-12)
            #expect((plane.slow - Vector3(-0.2, 0, 0)).length < 1e-12)
        }
    }

    @Test("origins that disagree are a fault with their distance")
    func origins() {
        let axes: [Axis] = [
            .made("f", .translation, .unitX, offset: Vector3(3, 4, 0)), .made("s", .translation, .unitY),
        ]
        let panel = Panel.surface(.made("f", increment: 0.1), .made("s", increment: 0.1))
        #expect(
            Experiment.made(axes).axisGraph.plane(of: panel, settings: FrameSettings())
                == .failure(.originsDisagree(fast: AxisID("f"), slow: AxisID("s"), distance: 5)))
    }

    @Test("an index that runs backwards starts at the far end, and needs the number of pixels")
    func decreasing() throws {
        let axes: [Axis] = [.made("f", .translation, .unitX), .made("s", .translation, .unitY, on: "f")]
        let slow = SurfaceAxis.made("s", displacement: 1, increment: 0.5, isDecreasing: true)
        let plane = try plane(.surface(.made("f", increment: 0.1), slow, size: size), axes)
        #expect(plane.origin == Vector3(0, 10.5, 0))
        #expect(plane.position(fast: 0, slow: 19) == Vector3(0, 1, 0))
        #expect(
            Experiment.made(axes).axisGraph.plane(
                of: .surface(.made("f", increment: 0.1), slow), settings: FrameSettings())
                == .failure(.sizeUnknown(AxisID("s"))))
    }

    @Test("a rotation as a pixel axis, axes apart and numbers that are none are faults")
    func faults() {
        let panel = Panel.surface(.made("f", increment: 0.1), .made("s", increment: 0.1))
        let turning = Experiment.made([.made("f", .rotation, .unitX), .made("s", .translation, .unitY)]).axisGraph
        #expect(turning.plane(of: panel, settings: FrameSettings()) == .failure(.surfaceAxisTurns(AxisID("f"))))
        let apart = Experiment.made([
            .made("f", .translation, .unitX, on: "r"), .made("r", .rotation, .unitX, on: "s"),
            .made("s", .translation, .unitY),
        ]).axisGraph
        let rotation = FrameRotation.identity
        #expect(
            apart.moduleToWrite(panel, rotation: rotation)
                == .failure(.pixelAxesApart(fast: AxisID("f"), slow: AxisID("s"))))
        let nan = Panel.surface(.made("f", increment: .nan), .made("s", increment: 0.1))
        let flat = Experiment.made([.made("f", .translation, .unitX), .made("s", .translation, .unitY)]).axisGraph
        #expect(flat.plane(of: nan, settings: FrameSettings()) == .failure(.notFinite))
        var lost = panel
        lost.placement = nil
        lost.placementFault = "no axis set"
        #expect(flat.plane(of: lost, settings: FrameSettings()) == .failure(.notPlaced("no axis set")))
        let missing = Panel.surface(.made("nowhere", increment: 0.1), .made("s", increment: 0.1))
        guard case .failure(.chain(.undefined(let mention))) = flat.plane(of: missing, settings: FrameSettings()) else {
            Issue.record("an undefined pixel axis passes")
            return
        }
        #expect(mention.axis == AxisID("nowhere"))
    }

    @Test("every way NXmx files hang fast and slow gives one plane")
    func moduleReadings() throws {
        let axes: [Axis] = [
            .made("r", .rotation, .unitZ), .made("offset", .translation, .unitX, on: "r", offset: Vector3(-5, -6, 100)),
        ]
        let settings = FrameSettings([AxisID("r"): 90])
        let steps = FastSlow(fast: 0.1, slow: 0.2)
        let readings: [(String?, Axis, Axis)] = [
            ("offset", .made("f", .translation, .unitX, on: "offset"), .made("s", .translation, .unitY, on: "offset")),
            ("offset", .made("f", .translation, .unitX, on: "offset"), .made("s", .translation, .unitY, on: "f")),
            ("offset", .made("f", .translation, .unitX, on: "s"), .made("s", .translation, .unitY, on: "offset")),
            ("offset", .made("f", .translation, .unitX), .made("s", .translation, Vector3(0, 7, 0))),
            (
                "r", .made("f", .translation, .unitX, on: "r", offset: Vector3(-5, 0, 100)),
                .made("s", .translation, .unitY, on: "r", offset: Vector3(0, -6, 0))
            ),
            (nil, .made("f", .translation, .unitX, on: "offset"), .made("s", .translation, .unitY, on: "f")),
        ]
        for (base, fast, slow) in readings {
            let plane = try plane(.module(base: base, fast: fast, slow: slow, steps: steps), axes, settings)
            #expect((plane.origin - Vector3(6, -5, 100)).length < 1e-12)
            #expect((plane.fast - Vector3(0, 0.1, 0)).length < 1e-12)
            #expect((plane.slow - Vector3(-0.2, 0, 0)).length < 1e-12)
        }
        let circle = Panel.module(
            base: "offset", fast: .made("f", .translation, .unitX, on: "s"),
            slow: .made("s", .translation, .unitY, on: "f"), steps: steps)
        #expect((try plane(circle, axes, settings).origin - Vector3(6, -5, 100)).length < 1e-12)
        let nowhere = Panel.module(
            base: "offset", fast: .made("f", .translation, .unitX), slow: .made("s", .translation, .zero), steps: steps)
        #expect(
            Experiment.made(axes).axisGraph.plane(of: nowhere, settings: settings)
                == .failure(.chain(.noDirection(AxisID("s")))))
    }

    @Test("edge-on, upstream and no plane are told apart")
    func meetings() {
        let beam = Vector3(0, 0, -1)
        let across = PanelPlane(origin: Vector3(-1, -1, -10), fast: Vector3(0.1, 0, 0), slow: Vector3(0, 0.1, 0))
        guard case .hits(let centre) = across.meeting(beam: beam) else {
            Issue.record("the beam misses the plane")
            return
        }
        #expect(centre.pixels.difference(from: 10, 10) < 1e-12)
        #expect(centre.millimetres.difference(from: 1, 1) < 1e-12)
        guard case .upstream(let behind) = across.meeting(beam: -beam) else {
            Issue.record("a panel upstream is not told")
            return
        }
        #expect((behind.distance + 10).magnitude < 1e-12)
        #expect(!behind.isOnFace(size: FastSlow(fast: 100, slow: 100), origin: .pixelCorner))
        let along = PanelPlane(origin: Vector3(0, 1, -10), fast: Vector3(0.1, 0, 0), slow: Vector3(0, 0, 0.1))
        #expect(along.meeting(beam: beam) == .edgeOn(cosine: 0))
        for plane in [
            PanelPlane(origin: .zero, fast: .unitX, slow: .unitX), PanelPlane(origin: .zero, fast: .zero, slow: .zero),
            PanelPlane(origin: Vector3(.nan, 0, 0), fast: .unitX, slow: .unitY),
            PanelPlane(origin: .unitX, fast: Vector3(.infinity, 0, 0), slow: .unitY),
        ] {
            #expect(plane.meeting(beam: beam) == .noPlane)
        }
        #expect(across.meeting(beam: .zero) == .noPlane)
        #expect(
            across.resolution(size: FastSlow(fast: 0, slow: 1), origin: .pixelCorner, beam: beam, wavelength: 1) == nil)
        #expect(across.resolution(size: size, origin: .pixelCorner, beam: beam, wavelength: .nan) == nil)
    }

    @Test("the swing counts: with it the worked example has (192.93, 865), without it (730, 865)")
    func swing() throws {
        let given = try #require(VectorCase.all.first { $0.name == "two-theta 30, omega scan" })
        let experiment = given.experiment
        let graph = experiment.axisGraph
        let panel = experiment.detectors[0].panels[0]
        let settings = experiment.scans[0].settings(frame: 0)
        #expect(try graph.swing(of: panel).get() == AxisID("DET_2THETA"))
        let flat = try graph.plane(of: panel, settings: graph.settings(settings, withoutSwingOf: panel)).get()
        let centre = try #require(flat.meeting(beam: experiment.beam.direction.value).centre)
        #expect(centre.pixels.difference(from: 730, 865) < 1e-9)
        #expect((centre.distance - 160).magnitude < 1e-12)
    }

    @Test("half a pixel lies between the corner and the centre of the first pixel")
    func outlines() {
        let plane = PanelPlane(origin: .zero, fast: .unitX, slow: .unitY)
        #expect(plane.corners(size: size, origin: .pixelCorner).last == Vector3(0, 20, 0))
        #expect(plane.corners(size: size, origin: .pixelCentre).first == Vector3(-0.5, -0.5, 0))
        #expect(plane.middle(size: size, origin: .pixelCentre) == Vector3(4.5, 9.5, 0))
        let centre = BeamCentre(
            pixels: FastSlow(fast: -0.3, slow: 3), millimetres: FastSlow(fast: -0.3, slow: 3), distance: 1)
        #expect(centre.isOnFace(size: size, origin: .pixelCentre))
        #expect(!centre.isOnFace(size: size, origin: .pixelCorner))
        #expect(centre.isOnFace(size: size, origin: .pixelCorner, margin: 0.5))
    }
}
