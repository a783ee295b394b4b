// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Testing

/// Oracle: chains written down by hand, and geometry.md section 4.
@Suite("Axis chains end in a chain or in a typed fault")
struct AxisGraphTests {
    @Test("a chain leads from the innermost axis to the base")
    func order() throws {
        let experiment = Experiment.made([
            .made("phi", .rotation, .unitX, on: "kappa"), .made("omega", .rotation, .unitX),
            .made("kappa", .rotation, .unitY, on: "omega"),
        ])
        #expect(try experiment.chain(from: AxisID("phi")).get() == [0, 2, 1])
        #expect(experiment.axisGraph.innermost(of: experiment.axes.map(\.id)) == [AxisID("phi")])
        #expect(try experiment.axisGraph.outermostRotation(from: AxisID("phi")).get() == AxisID("omega"))
    }

    @Test("an axis that is named and not defined is a fault with its mention")
    func undefined() {
        let mention = AxisMention(
            axis: AxisID("omgea"), item: "_diffrn_scan_axis.axis_id", place: .text(offset: 7, item: nil, row: 2))
        var experiment = Experiment.made([.made("omega", .rotation, .unitX)])
        experiment.mentions = [mention]
        #expect(experiment.chain(from: AxisID("omgea")) == .failure(.undefined(mention)))
        experiment.axes = [.made("phi", .rotation, .unitX, on: "omgea")]
        guard case .failure(.undefined(let found)) = experiment.chain(from: AxisID("phi")) else {
            Issue.record("the chain has no fault")
            return
        }
        #expect(found.axis == AxisID("omgea"))
        #expect(found.item == "axis 'phi'")
    }

    @Test("a circle is a fault with its members, and is reported once")
    func circle() {
        let experiment = Experiment.made([
            .made("x", .translation, .unitX, on: "kappa"), .made("kappa", .rotation, .unitX, on: "omega"),
            .made("omega", .rotation, .unitX, on: "kappa"), .made("lone", .rotation, .unitX, on: "lone"),
            .made("good", .rotation, .unitX),
        ])
        let circle = ["kappa", "omega", "kappa"].map { AxisID($0) }
        #expect(experiment.chain(from: AxisID("x")) == .failure(.circle(circle)))
        #expect(experiment.axisGraph.circles == [circle, [AxisID("lone"), AxisID("lone")]])
    }

    @Test("an axis of another coordinate system has no place in a chain; McStas is turned")
    func systems() throws {
        var axis = Axis.made("det_z", .translation, .unitZ)
        axis.system = Sourced("reciprocal", .stated(.file))
        #expect(
            Experiment.made([axis]).chain(from: axis.id)
                == .failure(.otherSystem(axis: axis.id, system: "reciprocal")))
        axis.system = Sourced("McStas", .stated(.file))
        let graph = Experiment.made([axis]).axisGraph
        let t = try graph.transform(from: axis.id, settings: FrameSettings([axis.id: 100])).get()
        #expect(t.translation == Vector3(0, 0, -100))
        let vertical = Experiment.made([axis], beam: Vector3(0, -1, 0))
        #expect(vertical.chain(from: axis.id) == .failure(.otherSystem(axis: axis.id, system: "McStas")))
    }

    @Test("rotations are normalised; translations of imgCIF are, those of NeXus are not")
    func normalisation() throws {
        let turn = Axis.made("r", .rotation, Vector3(0, 0, 1.0000315))
        var shift = Axis.made("t", .translation, Vector3(0.075, 0.079, 0))
        let settings = FrameSettings([AxisID("r"): 90, AxisID("t"): 1000])
        let graph = Experiment.made([turn, shift]).axisGraph
        let r = try graph.transform(from: turn.id, settings: settings).get()
        #expect(r * .unitX == .unitY)
        let t = try graph.transform(from: shift.id, settings: settings).get()
        #expect((t.translation.length - 1000).magnitude < 1e-9)
        shift.usesVectorAsWritten = true
        let n = try Experiment.made([shift]).axisGraph.transform(from: shift.id, settings: settings).get()
        #expect(n.translation == Vector3(75, 79, 0))
    }

    @Test("the offset is added after the motion, relative to the axis it depends on")
    func offsets() throws {
        let graph = Experiment.made([
            .made("a", .rotation, .unitZ, offset: Vector3(1, 0, 0)),
            .made("b", .rotation, .unitZ, on: "a", offset: Vector3(10, 0, 0)),
        ]).axisGraph
        let t = try graph.transform(from: AxisID("b"), settings: FrameSettings([AxisID("a"): 90, AxisID("b"): 90]))
            .get()
        #expect((t.translation - Vector3(1, 10, 0)).length < 1e-12)
        #expect((t * .unitX - Vector3(0, 10, 0)).length < 1e-12)
    }

    @Test("a general axis is a fixed offset, whatever its setting")
    func general() throws {
        let graph = Experiment.made([.made("g", .general, .zero, offset: Vector3(1, 2, 3))]).axisGraph
        let t = try graph.transform(from: AxisID("g"), settings: FrameSettings([AxisID("g"): 50])).get()
        #expect(t == Transform(translation: Vector3(1, 2, 3)))
    }

    @Test("a mounting rotation comes next outward, and is left out without an angle")
    func mounts() throws {
        func graph(angle: Double, on outer: String?) -> AxisGraph {
            var axis = Axis.made("q", .rotation, .unitZ, on: outer)
            axis.mount = Mount(axis: AxisID("m"), angle: angle)
            return Experiment.made([
                axis, .made("m", .rotation, .unitZ, on: "base", offset: Vector3(2.7, 0, 0)),
                .made("base", .translation, .unitX), .made("other", .translation, .unitX),
            ]).axisGraph
        }
        let settings = FrameSettings([AxisID("m"): 30])
        for outer in ["base", "m"] {
            let t = try graph(angle: 60, on: outer).transform(from: AxisID("q"), settings: settings).get()
            #expect((t * .unitX - Vector3(2.7, 1, 0)).length < 1e-12)
        }
        let without = try graph(angle: 0, on: "base").transform(from: AxisID("q"), settings: settings).get()
        #expect(without == .identity)
        #expect(
            graph(angle: 60, on: "other").chain(from: AxisID("q"))
                == .failure(.mountDisagrees(axis: AxisID("q"), mount: AxisID("m"))))
    }

    @Test("a chain of a hundred thousand axes is followed, and one that bites its tail is found")
    func longChains() throws {
        let count = 100_000
        var axes = (0..<count).map { Axis.made("a\($0)", .translation, .unitX, on: $0 == 0 ? nil : "a\($0 - 1)") }
        var settings = FrameSettings()
        for axis in axes { settings.values[axis.id] = 1 }
        let inner = AxisID("a\(count - 1)")
        let t = try Experiment.made(axes).axisGraph.transform(from: inner, settings: settings).get()
        #expect(t.translation == Vector3(Double(count), 0, 0))
        axes[0].dependsOn.value = inner
        let graph = Experiment.made(axes).axisGraph
        #expect(graph.circles.map(\.count) == [count + 1])
        guard case .failure(.circle(let members)) = graph.chain(from: AxisID("a7")) else {
            Issue.record("the circle is not found")
            return
        }
        #expect(members.count == count + 1)
    }

    @Test("numbers that are none and vectors of no length are faults, and nothing traps")
    func totality() {
        let bad: [Double] = [.nan, .infinity, -.infinity]
        for value in bad {
            for motion in [AxisMotion.rotation, .translation, .general, .unknown("spin")] {
                let axis = Axis.made("a", motion, Vector3(value, 0, 1), offset: .zero)
                let shifted = Axis.made("a", motion, .unitX, offset: Vector3(0, value, 0))
                for (axis, setting) in [(shifted, 1.0), (.made("a", motion, .unitX), value), (axis, value)] {
                    let result = Experiment.made([axis]).axisGraph.transform(
                        from: axis.id, settings: FrameSettings([axis.id: setting]))
                    #expect(result == .failure(.notFinite(axis.id)))
                }
            }
        }
        let still = Axis.made("a", .rotation, .zero)
        let graph = Experiment.made([still]).axisGraph
        #expect(graph.transform(from: still.id, settings: FrameSettings()) == .success(.identity))
        #expect(
            graph.transform(from: still.id, settings: FrameSettings([still.id: 1]))
                == .failure(.noDirection(still.id)))
        let odd = Axis.made("a", .unknown("spin"), .unitX)
        #expect(
            Experiment.made([odd]).axisGraph.transform(from: odd.id, settings: FrameSettings([odd.id: 1]))
                == .failure(.unknownMotion(axis: odd.id, word: "spin")))
        let empty = Experiment.made([]).axisGraph
        #expect(empty.circles.isEmpty)
        #expect(empty.innermost(of: []).isEmpty)
        #expect(empty.transform(from: nil, settings: FrameSettings()) == .success(.identity))
    }

    @Test("the first of two axes of one id counts")
    func duplicates() throws {
        let graph = Experiment.made([.made("a", .translation, .unitX), .made("a", .translation, .unitY)]).axisGraph
        let t = try graph.transform(from: AxisID("a"), settings: FrameSettings([AxisID("a"): 2])).get()
        #expect(t.translation == Vector3(2, 0, 0))
    }
}
