// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import TestSupport
import Testing

/// Oracle: the tables of geometry.md sections 3 and 13.
@Suite("Frames of reference turn as the standard says")
struct FrameTests {
    private func rows(_ x: [Double], _ y: [Double], _ z: [Double]) -> Matrix3 {
        Matrix3(rows: Vector3(x), Vector3(y), Vector3(z))
    }

    @Test("the four gravities have their matrices, and no component is -0")
    func gravities() throws {
        let table: [(Vector3, Matrix3)] = [
            (Vector3(0, -1, 0), .diagonal(-1, 1, -1)), (Vector3(0, 1, 0), .diagonal(1, -1, -1)),
            (Vector3(-1, 0, 0), rows([0, 1, 0], [1, 0, 0], [0, 0, -1])),
            (Vector3(1, 0, 0), rows([0, -1, 0], [-1, 0, 0], [0, 0, -1])),
        ]
        for (gravity, wanted) in table {
            let rotation = try FrameRotation.toMcStas(beam: Vector3(0, 0, -1), gravity: gravity).get()
            #expect(rotation.matrix == wanted)
            #expect(!rotation.matrix.elements.contains { $0 == 0 && $0.sign == .minus })
            let v = rotation.toMcStas(Vector3(0, 1, 0))
            #expect(![v.x, v.y, v.z].contains { $0 == 0 && $0.sign == .minus })
        }
    }

    @Test("a vertical beam is refused until the user names up")
    func verticalBeam() throws {
        let down = Vector3(0, -1, 0)
        #expect(FrameRotation.toMcStas(beam: down, gravity: down) == .failure(.verticalBeam))
        #expect(FrameRotation.toMcStas(beam: .unitY, gravity: down) == .failure(.verticalBeam))
        let rotation = try FrameRotation.toMcStas(beam: down, gravity: down, up: .unitX).get()
        #expect(rotation.toMcStas(.unitX) == .unitY)
        #expect(rotation.toMcStas(down) == .unitZ)
        #expect(FrameRotation.toMcStas(beam: .zero, gravity: down) == .failure(.noDirection("the beam")))
        #expect(FrameRotation.toMcStas(beam: .unitZ, gravity: Vector3(.nan, 0, 0)) == .failure(.noDirection("gravity")))
    }

    @Test("a model of McStas needs no rotation")
    func mcStas() throws {
        #expect(try Experiment.made([], frame: .mcStas).rotationToMcStas().get() == .identity)
    }

    @Test("the outermost axis of NXmx decides the laboratory of imgCIF, and the way back gives it again")
    func laboratory() throws {
        let table: [(Vector3, Matrix3, Vector3)] = [
            (Vector3(-1, 0, 0), .diagonal(-1, 1, -1), Vector3(0, -1, 0)),
            (Vector3(0, 1, 0), rows([0, 1, 0], [1, 0, 0], [0, 0, -1]), Vector3(-1, 0, 0)),
            (Vector3(1, 0, 0), .diagonal(1, -1, -1), Vector3(0, 1, 0)),
        ]
        for (axis, matrix, gravity) in table {
            let rotation = try FrameRotation.fromImgCIF(principal: axis, fast: nil).get()
            #expect(rotation.matrix == matrix)
            #expect(rotation.fromMcStas(Vector3(0, -1, 0)) == gravity)
            #expect(rotation.fromMcStas(axis) == .unitX)
        }
        for seed in UInt64(1)...200 {
            var random = SeededNumbers(seed: seed)
            let rotation = try FrameRotation.fromImgCIF(principal: random.direction(), fast: random.direction()).get()
            let (beam, gravity) = (rotation.fromMcStas(.unitZ), rotation.fromMcStas(Vector3(0, -1, 0)))
            let back = try FrameRotation.toMcStas(beam: beam, gravity: gravity).get()
            #expect(back.matrix.greatestDifference(from: rotation.matrix) < 1e-14, "seed \(seed)")
        }
    }

    @Test("without an axis across the beam the fast direction decides, then gravity")
    func laboratoryWithoutAxis() throws {
        let fast = try FrameRotation.fromImgCIF(principal: .unitZ, fast: Vector3(0, 1, 0)).get()
        #expect(fast.fromMcStas(.unitY) == .unitX)
        let gravity = try FrameRotation.fromImgCIF(principal: nil, fast: .unitZ).get()
        #expect(gravity.fromMcStas(Vector3(0, -1, 0)) == .unitY)
        #expect(gravity.fromMcStas(.unitZ) == Vector3(0, 0, -1))
        #expect(
            FrameRotation.fromImgCIF(principal: nil, fast: nil, gravity: .unitZ) == .failure(.verticalBeam))
    }

    @Test("a vertical goniometer turns polarisation by 90 degrees and exchanges the divergence")
    func polarisation() throws {
        let vertical = try FrameRotation.toMcStas(beam: Vector3(0, 0, -1), gravity: Vector3(-1, 0, 0)).get()
        #expect(vertical.turnAboutBeam == -90)
        let stokes = StokesParameters(ratio: 0.8, normal: 0, rotation: vertical)
        #expect((stokes.q + 0.8).magnitude < 1e-15)
        #expect(stokes.u.magnitude < 1e-15)
        let turned = Divergence(x: 2, y: 1, covariance: 0.5).turned(by: vertical)
        #expect(turned == Divergence(x: 1, y: 2, covariance: 0.5))
        let horizontal = FrameRotation(matrix: .diagonal(-1, 1, -1))
        #expect(horizontal.turnAboutBeam == 0)
        #expect(
            Divergence(x: 2, y: 1, covariance: 0.5).turned(by: horizontal) == Divergence(x: 2, y: 1, covariance: -0.5))
    }
}

/// Oracle: every run looked at one by one.
@Suite struct FrameIndexTests {
    @Test func `the runs that hold a frame are found among many as among few`() throws {
        for seed in 0..<20 {
            var random = FewNumbers(state: UInt64(seed))
            let runs = (0..<(seed * 13)).compactMap { number -> FrameRun? in
                let frames = Stride(
                    first: random.next(200), step: 1 + random.next(4), count: 1 + random.next(number % 3 == 0 ? 60 : 2))
                let area = Area(slow: 0..<1, fast: number..<(number + 1))
                return frames.map { FrameRun(frames: $0, area: area, content: .fill(0)) }
            }
            let stack = FrameStack(
                role: .virtual, blocks: [], frames: 500, whole: Area(slow: 0..<1, fast: 0..<1), runs: runs,
                unwritten: [])
            for frame in 0..<500 {
                let wanted = runs.filter { run in
                    (0..<run.frames.count).contains { run.frames.first + $0 * run.frames.step == frame }
                }
                #expect(stack.content(frame: frame) == wanted, "seed \(seed), frame \(frame)")
            }
        }
    }

    /// Numbers that are the same in each run.
    private struct FewNumbers {
        var state: UInt64
        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }
}
