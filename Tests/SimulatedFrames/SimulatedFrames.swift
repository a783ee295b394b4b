// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Frames
import ImageCodecs

/// Frames of a crystal on a turning goniometer: background about the beam, water ring, beam stop, spots, noise, mask.
public struct SimulatedFrames: Sendable {
    public let geometry: SimulatedGeometry
    public let experiment: Experiment
    /// Not 0 where a pixel is none: gaps, and some dead ones.
    public let mask: [UInt8]
    private let level: [Int32]
    private let table: PoissonTable
    private let spots: [Int: [Spot]]
    private let seed: UInt64

    private struct Spot {
        let panel: Int
        let fast: Double
        let slow: Double
        let counts: Double
    }

    /// - Parameters:
    ///   - frames: Those that will be asked for, from 0.
    ///   - counts: Mean counts of the background at the beam.
    ///   - strength: Counts of a spot in the mean.
    public init(
        _ geometry: SimulatedGeometry, frames: [Int], counts: Double = 4, strength: Double = 400, seed: UInt64 = 1
    ) {
        self.geometry = geometry
        self.seed = seed
        experiment = geometry.experiment
        var numbers = SeededNumbers(seed)
        let graph = experiment.axisGraph
        let settings = experiment.scans[0].settings(frame: 0)
        let planes = experiment.detectors[0].panels.compactMap { try? graph.plane(of: $0, settings: settings).get() }
        table = PoissonTable(upTo: counts * 3, &numbers)
        var mask = [UInt8](repeating: 1, count: geometry.size.fast * geometry.size.slow)
        var level = [Int32](repeating: 0, count: mask.count)
        for (plane, window) in zip(planes, geometry.windows) {
            for (j, row) in window.slow.enumerated() {
                for (i, column) in window.fast.enumerated() {
                    let mean = Self.background(
                        plane.position(fast: Double(i) + 0.5, slow: Double(j) + 0.5), plane, geometry)
                    level[row * geometry.size.fast + column] = table.level(of: counts * mean)
                    mask[row * geometry.size.fast + column] = numbers.next() % 5000 == 0 ? 1 : 0
                }
            }
        }
        self.level = level
        self.mask = mask
        spots = Self.spots(of: experiment, graph, geometry, planes, Set(frames), strength)
    }

    // MARK: Background

    /// Relative to 1 at the beam: falls off, has a ring at 3.7 Å, is polarised, and the beam stop takes a piece.
    private static func background(_ point: Vector3, _ plane: PanelPlane, _ geometry: SimulatedGeometry) -> Double {
        let beam = Vector3(0, 0, -1)
        let angle = point.angle(to: beam)
        let sine = Trigonometry.sineAndCosine(degrees: angle / 2).sine
        let inverse = 2 * sine / geometry.wavelength
        func bell(_ x: Double) -> Double { PoissonTable.exponential(-x * x) }
        var value = 0.15 + 0.85 * bell(inverse / 0.25) + 0.9 * bell((inverse - 0.27) / 0.06)
        let unit = point.normalised ?? beam
        // Horizontal polarisation of 0.98 in intensity.
        value *= 1 - 0.98 * unit.x * unit.x - 0.02 * unit.y * unit.y
        let upright = plane.normal.map { $0.dot(unit).magnitude } ?? 1
        value *= upright * (geometry.distance / point.length) * (geometry.distance / point.length)
        // A disc and an arm that are not in the mask.
        let across = (point.x * point.x + point.y * point.y).squareRoot()
        if across < 2.5 || (point.y.magnitude < 1.2 && point.x > 0) { value *= 0.03 }
        return value
    }

    // MARK: Spots

    private static func spots(
        of experiment: Experiment, _ graph: AxisGraph, _ geometry: SimulatedGeometry, _ planes: [PanelPlane],
        _ frames: Set<Int>, _ strength: Double
    ) -> [Int: [Spot]] {
        let inner = experiment.scans[0].settings(frame: 0).setting(AxisID("omega"), to: 0)
        guard let rest = try? graph.sampleTransform(of: experiment.goniometer, settings: inner).get().rotation,
            let axis = geometry.omegaAxis.normalised
        else { return [:] }
        var orientation = Matrix3.identity
        let angles = geometry.orientation
        for (vector, angle) in [(Vector3.unitX, angles.x), (.unitY, angles.y), (.unitZ, angles.z)] {
            orientation = (Matrix3.rotation(about: vector, degrees: angle) ?? .identity) * orientation
        }
        let toLaboratory = rest * orientation
        let incident = (1 / geometry.wavelength) * Vector3(0, 0, -1)
        let finest = 2.3
        var spots: [Int: [Spot]] = [:]
        let cell = geometry.cell
        let (hMost, kMost, lMost) = (Int(cell.x / finest), Int(cell.y / finest), Int(cell.z / finest))
        for h in -hMost...hMost {
            for k in -kMost...kMost {
                for l in -lMost...lMost where (h, k, l) != (0, 0, 0) {
                    let p = toLaboratory * Vector3(Double(h) / cell.x, Double(k) / cell.y, Double(l) / cell.z)
                    let square = p.dot(p)
                    guard square < 1 / (finest * finest) else { continue }
                    let counts = intensity(h, k, l) * strength * PoissonTable.exponential(-10 * square)
                    guard counts > 8 else { continue }
                    for angle in crossings(p, axis, incident) {
                        add(p, counts, at: angle, axis, incident, geometry, planes, frames, &spots)
                    }
                }
            }
        }
        return spots
    }

    /// Alike for a reflection and its Friedel mate; few are strong.
    private static func intensity(_ h: Int, _ k: Int, _ l: Int) -> Double {
        let isFirst = (h, k, l) > (-h, -k, -l)
        let (a, b, c) = isFirst ? (h, k, l) : (-h, -k, -l)
        var numbers = SeededNumbers(UInt64(bitPattern: Int64(a * 73_856_093 ^ b * 19_349_663 ^ c * 83_492_791)))
        let part = numbers.unit()
        return 4 * part * part * part
    }

    /// Settings of the axis at which a point of the reciprocal lattice is on the sphere of Ewald, degrees.
    private static func crossings(_ p: Vector3, _ axis: Vector3, _ incident: Vector3) -> [Double] {
        let along = p.dot(axis) * axis
        let across = p - along
        let a = incident.dot(across)
        let b = incident.dot(axis.cross(across))
        let c = -p.dot(p) / 2 - incident.dot(along)
        let reach = (a * a + b * b).squareRoot()
        guard reach > 0, c.magnitude < reach else { return [] }
        let middle = Trigonometry.arcTangent(y: b, x: a)
        let half = Trigonometry.arcTangent(y: (reach * reach - c * c).squareRoot(), x: c)
        return [middle - half, middle + half]
    }

    private static func add(
        _ p: Vector3, _ counts: Double, at angle: Double, _ axis: Vector3, _ incident: Vector3,
        _ geometry: SimulatedGeometry, _ planes: [PanelPlane], _ frames: Set<Int>, _ spots: inout [Int: [Spot]]
    ) {
        guard let turn = Matrix3.rotation(about: axis, degrees: angle) else { return }
        let ray = incident + turn * p
        for (number, plane) in planes.enumerated() {
            guard case .hits(let meeting) = plane.meeting(beam: ray) else { continue }
            let window = geometry.windows[number]
            guard
                meeting.isOnFace(size: FastSlow(fast: window.fast.count, slow: window.slow.count), origin: .pixelCorner)
            else { continue }
            let whole = 360 / geometry.step.magnitude
            var position = (angle - geometry.start) / geometry.step
            position -= (position / whole).rounded(.down) * whole
            // Rocking curve of 0.3 degrees, even; parts fall into neighbours.
            let half = 0.15 / geometry.step.magnitude
            var frame = Int((position - half).rounded(.down))
            while Double(frame) < position + half {
                let part = min(position + half, Double(frame + 1)) - max(position - half, Double(frame))
                let number0 = (frame % Int(whole) + Int(whole)) % Int(whole)
                if frames.contains(number0), part > 0 {
                    spots[number0, default: []].append(
                        Spot(
                            panel: number, fast: meeting.pixels.fast, slow: meeting.pixels.slow,
                            counts: counts * part / (2 * half)))
                }
                frame += 1
            }
            return
        }
    }

    // MARK: Frames

    /// Where spots of a frame were laid, pixels of their panel.
    public func places(frame: Int) -> [FastSlow<Double>] {
        (spots[frame] ?? []).map { FastSlow(fast: $0.fast, slow: $0.slow) }
    }

    /// The image of a frame, from 0: unsigned 16-bit numbers, 65535 in gaps.
    public func image(_ frame: Int) -> Frames.FrameImage? {
        var numbers = SeededNumbers(seed &* 1_000_003 &+ UInt64(frame))
        var counts = [Int32](repeating: 0, count: level.count)
        level.withUnsafeBufferPointer { level in
            for index in level.indices { counts[index] = table.count(level: level[index], numbers.next() >> 20) }
        }
        let windows = geometry.windows
        for spot in spots[frame] ?? [] {
            let window = windows[spot.panel]
            let (i, j) = (Int(spot.fast), Int(spot.slow))
            for row in max(0, j - 3)..<min(window.slow.count, j + 4) {
                for column in max(0, i - 3)..<min(window.fast.count, i + 4) {
                    let (dx, dy) = (Double(column) + 0.5 - spot.fast, Double(row) + 0.5 - spot.slow)
                    // A bell of 0.8 pixels.
                    let part = PoissonTable.exponential(-(dx * dx + dy * dy) / 1.28) / 4.021
                    let place = (row + window.slow.lowerBound) * geometry.size.fast + column + window.fast.lowerBound
                    counts[place] += PoissonTable.draw(spot.counts * part, &numbers)
                }
            }
        }
        var bytes = [UInt8](repeating: 0xFF, count: counts.count * 2)
        for index in counts.indices where mask[index] == 0 {
            let value = UInt16(clamping: min(65_000, counts[index]))
            bytes[index * 2] = UInt8(truncatingIfNeeded: value)
            bytes[index * 2 + 1] = UInt8(truncatingIfNeeded: value >> 8)
        }
        return FrameImage(of: .uint16, slow: geometry.size.slow, fast: geometry.size.fast, elements: bytes)
    }
}
