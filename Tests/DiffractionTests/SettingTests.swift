// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Testing

/// Oracle: series written down by hand; geometry.md section 5.
@Suite("Settings of a frame follow the source")
struct SettingTests {
    private func scan(_ axes: [(String, SettingSeries)], frames: Int = 3) -> Scan {
        Scan(
            id: "scan", frameCount: Sourced(frames, .stated(.file)),
            axes: axes.map { ScanAxis(axis: AxisID($0.0), settings: $0.1, place: .file) }, place: .file)
    }

    @Test("start, step and increment give start and end of each frame; an axis that is not mentioned stands at 0")
    func uniform() {
        let scan = scan([("omega", .uniform(start: 10, step: 0.5, increment: 0.25)), ("z", .constant(160))])
        #expect(scan.setting(of: AxisID("omega"), frame: 2) == 11)
        #expect(scan.setting(of: AxisID("chi"), frame: 2) == 0)
        let end = scan.settings(frame: 2, at: .end)
        #expect(end[AxisID("omega")] == 11.25)
        #expect(end[AxisID("z")] == 160)
        #expect(end[AxisID("chi")] == 0)
    }

    @Test("a list gives its values, one value holds for all, and a frame beyond the list has none")
    func explicit() {
        let series = SettingSeries.explicit(starts: [1, 2, 4], ends: [2, 3, 5])
        #expect(series.start(ofFrame: 2) == 4)
        #expect(series.end(ofFrame: 2) == 5)
        #expect(series.start(ofFrame: 3) == nil)
        #expect(series.start(ofFrame: -1) == nil)
        #expect(SettingSeries.explicit(starts: [7], ends: nil).start(ofFrame: 99) == 7)
        #expect(SettingSeries.explicit(starts: [], ends: []).start(ofFrame: 0) == nil)
        let scan = scan([("a", series), ("none", .explicit(starts: [], ends: nil))])
        #expect(scan.settings(frame: 9)[AxisID("a")] == 4)
        #expect(scan.settings(frame: 0)[AxisID("none")] == 0)
        #expect(scan.setting(of: AxisID("a"), frame: 9) == nil)
    }

    @Test(
        "a series that falls by a full turn goes on",
        arguments: [
            ([359.0, 359.5, 0, 0.5], [359.5, 360, 0.5, 1], [359, 359.5, 360, 360.5], [2]),
            ([0.5, 0, 359.5, 359], [0, -0.5, 359, 358.5], [0.5, 0, -0.5, -1], [2]),
            ([350, 359.9, 9.8, 19.7], [359.9, 9.8, 19.7, 29.6], [350, 359.9, 369.8, 379.7], [2]),
            ([1190, 1191, 1192, 1193], [1191, 1192, 1193, 1194], [1190, 1191, 1192, 1193], []),
            ([0, 90, 180, 270], [0, 90, 180, 270], [0, 90, 180, 270], []),
        ] as [([Double], [Double], [Double], [Int])])
    func unwrapping(starts: [Double], ends: [Double], wanted: [Double], jumps: [Int]) throws {
        let (series, found) = SettingSeries.explicit(starts: starts, ends: ends).unwrapped()
        #expect(found == jumps)
        for (k, value) in wanted.enumerated() {
            let start = try #require(series.start(ofFrame: k))
            let end = try #require(series.end(ofFrame: k))
            #expect((start - value).magnitude < 1e-9)
            #expect((end - start).magnitude < 20)
        }
    }

    @Test("numbers that are none do not stop unwrapping")
    func unwrappingNaN() {
        let (_, jumps) = SettingSeries.explicit(starts: [.nan, 1, .infinity, 2], ends: nil).unwrapped()
        #expect(jumps.isEmpty)
        #expect(SettingSeries.explicit(starts: [], ends: nil).unwrapped().jumps.isEmpty)
    }

    @Test("the scan axis is the one rotation that moves")
    func movingAxes() {
        let graph = Experiment.made([
            .made("omega", .rotation, .unitX), .made("phi", .rotation, .unitX), .made("z", .translation, .unitX),
        ]).axisGraph
        let moving = SettingSeries.uniform(start: 0, step: 0.1, increment: 0.1)
        let one = scan([("phi", .constant(30)), ("omega", moving), ("z", .uniform(start: 0, step: 1, increment: 1))])
        #expect(graph.scanAxis(of: one) == AxisID("omega"))
        #expect(graph.movingAxes(in: one).map(\.axis.text) == ["z", "omega"])
        #expect(graph.scanAxis(of: scan([("omega", moving), ("phi", moving)])) == nil)
        #expect(graph.movingAxes(in: scan([("omega", .constant(3))])).isEmpty)
        #expect(graph.scanAxis(of: scan([("omega", .explicit(starts: [5, 4, 3], ends: nil))])) == AxisID("omega"))
        #expect(SettingSeries.explicit(starts: [5, 4, 3], ends: nil).isFalling)
        #expect(SettingSeries.uniform(start: 0, step: 0, increment: -0.1).isFalling)
        #expect(!moving.isFalling)
        #expect(moving.negated.isFalling)
    }

    @Test("the sample hangs on the axis no other depends on; two such axes are a fault")
    func sampleAxis() throws {
        let axes: [Axis] = [
            .made("omega", .rotation, .unitX), .made("phi", .rotation, .unitX, on: "omega"),
            .made("chi", .rotation, .unitX, on: "omega"),
        ]
        let graph = Experiment.made(axes).axisGraph
        func goniometer(_ ids: [String]) -> Goniometer {
            Goniometer(sampleAxis: nil, axes: ids.map { AxisID($0) }, place: .file)
        }
        #expect(try graph.sampleAxis(of: goniometer(["omega", "phi"])).get() == AxisID("phi"))
        #expect(try graph.principalAxis(of: goniometer(["phi", "omega"])).get() == AxisID("omega"))
        #expect(
            graph.sampleAxis(of: goniometer(["omega", "phi", "chi"]))
                == .failure(.branches([AxisID("phi"), AxisID("chi")])))
        #expect(try graph.sampleTransform(of: nil, settings: FrameSettings()).get() == .identity)
        #expect(try graph.sampleAxis(of: goniometer([])).get() == nil)
    }
}
