// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import SimulatedFrames
import Testing

@testable import Frames

/// Spots against the geometry. Oracle: the geometry by which the frames were simulated.
@Suite struct SpotEvidenceTests {
    static let frames = (0..<32).map { $0 * 359 / 31 }

    /// A detector of fewer pixels, which is simulated sooner.
    private func geometry(_ number: Int) -> SimulatedGeometry {
        var geometry = SimulatedGeometry.numbered(number)
        geometry.size = FastSlow(fast: 256, slow: 256)
        geometry.pixel = 0.3
        geometry.centre = FastSlow(fast: geometry.centre.fast * 2 / 3, slow: geometry.centre.slow * 2 / 3)
        geometry.gap = geometry.gap / 2
        return geometry
    }

    private func evidence(
        _ simulated: SimulatedFrames, _ images: [Frames.FrameImage?], stated: Experiment
    ) -> Result<SpotEvidence, SpotEvidence.Thin> {
        let evidence = FrameEvidence(stated, stated.axisGraph, stack: "SCAN1", frames: Self.frames)
        for (frame, image) in zip(Self.frames, images) {
            guard let image else { continue }
            evidence.take(image, frame: frame, mask: simulated.mask, limits: ValueLimits())
        }
        return evidence.spots
    }

    /// As IMAGE-012 judges.
    private func contradiction(_ evidence: Result<SpotEvidence, SpotEvidence.Thin>) -> SpotEvidence.Contradiction? {
        (try? evidence.get())?.contradiction(minimum: 0.5, margin: 0.25, spots: 10)
    }

    @Test("in twenty geometries faults are found and named, and nothing is found in sound descriptions")
    func twentyGeometries() throws {
        var named: [PlantedFault: Int] = [:]
        var missed: [String] = []
        var falseAlarms = 0
        for number in 0..<20 {
            let simulated = SimulatedFrames(geometry(number), frames: Self.frames, seed: UInt64(number) + 1)
            let images = Self.frames.map { simulated.image($0) }
            let sound = evidence(simulated, images, stated: simulated.experiment)
            if contradiction(sound) != nil { falseAlarms += 1 }
            for fault in [PlantedFault.rotationReversed, .exchanged, .mirrored] {
                let stated = simulated.experiment.with(fault, pixel: 0.3)
                guard let found = contradiction(evidence(simulated, images, stated: stated)) else {
                    missed.append("\(fault) in geometry \(number)")
                    continue
                }
                let wanted: Set<SpotEvidence.Hypothesis> =
                    switch fault {
                    case .rotationReversed: [.rotationReversed]
                    case .exchanged: [.exchanged]
                    default: [.fastReversed, .slowReversed]
                    }
                if !wanted.isDisjoint(with: found.hypotheses) { named[fault, default: 0] += 1 }
            }
            // What no spot can tell is not told: the crystal of the other hand fits as well.
            let along = simulated.experiment.with(.mirroredAlong, pixel: 0.3)
            if geometry(number).swing == 0, geometry(number).tilt == 0 {
                #expect(contradiction(evidence(simulated, images, stated: along)) == nil, "geometry \(number)")
            }
        }
        #expect(named[.rotationReversed, default: 0] >= 19, "\(missed)")
        #expect(named[.exchanged, default: 0] >= 19, "\(missed)")
        #expect(named[.mirrored, default: 0] >= 19, "\(missed)")
        #expect(falseAlarms <= 1)
    }

    @Test("few frames, few spots and stills are not compared")
    func thinEvidence() throws {
        let simulated = SimulatedFrames(geometry(0), frames: Self.frames, strength: 1)
        let images = Self.frames.prefix(8).map { simulated.image($0) }
        if case .failure(.fewSpots(let count)) = evidence(simulated, images, stated: simulated.experiment) {
            #expect(count < 60)
        } else {
            Issue.record("weak spots were compared")
        }
        let few = FrameEvidence(
            simulated.experiment, simulated.experiment.axisGraph, stack: "SCAN1", frames: [0, 180, 359])
        #expect(few.spots == .failure(.fewFrames(3)))
        var stills = simulated.experiment
        for index in stills.scans[0].axes.indices where stills.scans[0].axes[index].axis.text == "omega" {
            stills.scans[0].axes[index].settings = .constant(0)
        }
        #expect(evidence(simulated, images, stated: stills) == .failure(.geometry))
    }

    @Test("spots of a frame are where they were laid, and a single pixel is none")
    func spotsOfFrame() throws {
        let simulated = SimulatedFrames(geometry(0), frames: [0], strength: 4000)
        let image = try #require(simulated.image(0))
        let panels = FramePanels(
            of: simulated.experiment, simulated.experiment.axisGraph,
            settings: simulated.experiment.scans[0].settings(frame: 0), planes: 1, slow: 256, fast: 256)
        let spots = panels.spots(in: image, mask: simulated.mask, limits: ValueLimits())
        #expect(spots.count > 20)
        for spot in spots.prefix(20) {
            let near = simulated.places(frame: 0).map { place in
                let (x, y) = (place.fast - spot.place.fast, place.slow - spot.place.slow)
                return (x * x + y * y).squareRoot()
            }
            #expect(near.min() ?? 99 < 0.6)
        }
        var elements = image.bytes
        for index in elements.indices { elements[index] = 0 }
        elements[(100 * 256 + 90) * 2 + 1] = 20
        let hot = try #require(FrameImage(of: image.element, slow: 256, fast: 256, elements: elements))
        #expect(panels.spots(in: hot, mask: nil, limits: ValueLimits()).isEmpty)
    }
}
