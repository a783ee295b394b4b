// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageCodecs
import SimulatedFrames
import Testing

@testable import Frames

/// The centre of the background. Oracle: the geometry by which the frames were simulated.
@Suite struct BackgroundCentreTests {
    static let frames = [0, 180, 359]

    private func evidence(
        _ simulated: SimulatedFrames, stated: Experiment
    ) -> Result<BackgroundCentre, BackgroundCentre.Thin> {
        let evidence = FrameEvidence(stated, stated.axisGraph, stack: "SCAN1", frames: Self.frames)
        for frame in Self.frames {
            guard let image = simulated.image(frame) else { continue }
            evidence.take(image, frame: frame, mask: simulated.mask, limits: ValueLimits())
        }
        return evidence.centre
    }

    /// Right and moved centres of one geometry, with what the rule makes of them.
    private struct Trial {
        let number: Int
        let right, moved: BackgroundCentre
    }

    @Test("in twenty geometries the centre is that of the beam, and a beam moved by 5 px is found")
    func twentyGeometries() throws {
        var trials: [Trial] = []
        for number in 0..<20 {
            let simulated = SimulatedFrames(.numbered(number), frames: Self.frames, seed: UInt64(number) + 1)
            let right = try evidence(simulated, stated: simulated.experiment).get()
            let moved = try evidence(simulated, stated: simulated.experiment.with(.beamMoved)).get()
            #expect(right.shift < 1 && right.shift < 4 * right.uncertainty, "geometry \(number): \(right)")
            #expect(abs(moved.shift - 5) < 1, "geometry \(number): \(moved)")
            trials.append(Trial(number: number, right: right, moved: moved))
        }
        #expect(trials.count { $0.moved.isAway(tolerance: 4) } >= 19)
        #expect(trials.count { $0.right.isAway(tolerance: 4) } == 0)
    }

    @Test("without their mask the flags of simulated frames are counted, as COUNT-005 reads them", arguments: 0..<20)
    func flagsWithoutMask(number: Int) throws {
        let simulated = SimulatedFrames(.numbered(number), frames: [])
        let image = try #require(simulated.image(0))
        let bare = FrameCounts(image, mask: nil, limits: ValueLimits())
        #expect(bare.atGreatest == simulated.mask.count { $0 != 0 })
        #expect(Double(bare.atGreatest) > 0.00001 * Double(bare.pixels))
        let masked = FrameCounts(image, mask: simulated.mask, limits: ValueLimits())
        #expect(masked.atGreatest == 0 && masked.masked == bare.atGreatest)
    }

    @Test("an even image, noise alone and a background to one side tell no centre")
    func thinEvidence() throws {
        var geometry = SimulatedGeometry.numbered(0)
        // Far out to one side nothing but a slope is seen.
        geometry.centre = FastSlow(fast: 2400, slow: 190)
        let aside = SimulatedFrames(geometry, frames: [], counts: 4)
        switch evidence(aside, stated: aside.experiment) {
        case .success(let centre): #expect(centre.uncertainty >= 2 || centre.shift < 4 * centre.uncertainty)
        case .failure: break
        }
        let faint = SimulatedFrames(.numbered(0), frames: [], counts: 0.002)
        #expect(evidence(faint, stated: faint.experiment) == .failure(.faint))
        let even = SimulatedFrames(.numbered(0), frames: [])
        let evidence = FrameEvidence(even.experiment, even.experiment.axisGraph, stack: "SCAN1", frames: [0])
        let elements = [UInt8](repeating: 3, count: 384 * 384 * 2)
        let image = try #require(FrameImage(of: .uint16, slow: 384, fast: 384, elements: elements))
        evidence.take(image, frame: 0, mask: nil, limits: ValueLimits())
        switch evidence.centre {
        case .success(let centre): #expect(centre.shift < 1)
        case .failure: break
        }
    }

    /// A detector that counts alike everywhere: what is fitted to noise was certain and wrong in one image of three.
    @Test("noise without a slope tells no centre", arguments: 1...24)
    func evenNoise(seed: UInt64) throws {
        let even = SimulatedFrames(.numbered(0), frames: [])
        let evidence = FrameEvidence(even.experiment, even.experiment.axisGraph, stack: "SCAN1", frames: [0])
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        var elements: [UInt8] = []
        for _ in 0..<(384 * 384) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            elements += [UInt8((state >> 33) % 10), 0]
        }
        let image = try #require(FrameImage(of: .uint16, slow: 384, fast: 384, elements: elements))
        evidence.take(image, frame: 0, mask: nil, limits: ValueLimits())
        #expect(evidence.centre == .failure(.shapeless))
    }

    @Test("a shadow over a fifth of the detector moves nothing", arguments: [0, 2, 4, 8])
    func shadow(number: Int) throws {
        let simulated = SimulatedFrames(.numbered(number), frames: [0], seed: UInt64(number) + 9)
        let image = try #require(simulated.image(0))
        var elements: [UInt8] = []
        for index in 0..<(384 * 384) {
            let value = image.value(at: index)
            let isDark = index % 384 > 250 && index / 384 < 190 && value < 60_000
            let counts = UInt16(isDark ? (value * 0.5).rounded() : value)
            elements += [UInt8(counts & 0xFF), UInt8(counts >> 8)]
        }
        let shaded = try #require(FrameImage(of: .uint16, slow: 384, fast: 384, elements: elements))
        let evidence = FrameEvidence(
            simulated.experiment, simulated.experiment.axisGraph, stack: "SCAN1", frames: [0])
        evidence.take(shaded, frame: 0, mask: simulated.mask, limits: ValueLimits())
        guard let centre = try? evidence.centre.get() else { return }
        #expect(centre.shift < 4 || centre.uncertainty >= 2 || centre.shift < 4 * centre.uncertainty, "\(centre)")
    }
}
