// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How many of the spots that a geometry foretells are there: of the stated one, and of others that may be meant.
///
/// A spot of one frame, turned with the crystal, crosses the sphere of Ewald a second time, and its Friedel mate does so
/// twice. Where such a crossing falls into another frame that was read, a spot has to be there.
public struct SpotEvidence: Sendable, Hashable {
    /// A geometry.
    public enum Hypothesis: Sendable, Hashable, CaseIterable {
        /// As the description has it.
        case stated
        /// The scan axis turns the other way.
        case rotationReversed
        /// Fast and slow change places, about the beam centre.
        case exchanged
        /// Fast runs the other way, about the beam centre; the same for slow.
        case fastReversed, slowReversed
        /// The swing of the detector has the other sign.
        case swingReversed
    }

    /// Crossings that fall into frames that were read, and those of them with a spot.
    public struct Score: Sendable, Hashable {
        public var found = 0
        public var predicted = 0

        /// The part that is found; 0 where nothing is predicted.
        public var ratio: Double { predicted > 0 ? Double(found) / Double(predicted) : 0 }
    }

    /// Why there is none.
    public enum Thin: Error, Sendable, Hashable {
        /// Too few frames were read.
        case fewFrames(Int)
        /// No rotation of the sample alone moves, or the panels are not placed or move.
        case geometry
        /// Too few spots in the frames that were read.
        case fewSpots(Int)

        /// What is so, without a full stop.
        public var words: String {
            switch self {
            case .fewFrames(let count):
                "\(count) \(count == 1 ? "frame was" : "frames were") read, and spots are compared from "
                    + "\(SpotEvidence.fewestFrames) on (--frames sample)"
            case .geometry: "no single rotation of the sample moves, or the detector has no fixed place"
            case .fewSpots(let count): "\(count) strong spots were found"
            }
        }
    }

    /// Frames from which on spots are looked for.
    static let fewestFrames = 6
    /// Spots of all frames, from which on they are compared.
    static let fewestSpots = 60

    /// By hypothesis; those that differ from the stated geometry alone.
    public let scores: [Hypothesis: Score]
    /// Frames and spots that were used.
    public let frames, spots: Int

    /// What the stated geometry foretells.
    public var stated: Score { scores[.stated] ?? Score() }

    /// Geometries that foretell more of the spots than the stated one does.
    public struct Contradiction: Sendable, Hashable {
        /// Those that cannot be told apart by these spots.
        public let hypotheses: [Hypothesis]
        /// Of the best of them.
        public let score: Score
    }

    /// What contradicts the stated geometry; nil where nothing does beyond chance.
    ///
    /// - Parameters:
    ///   - minimum: The part of the predicted spots from which on the stated geometry passes.
    ///   - margin: By how much more another finds.
    ///   - spots: How many another finds at least.
    public func contradiction(minimum: Double, margin: Double, spots: Double) -> Contradiction? {
        let others = scores.filter { $0.key != .stated && Double($0.value.found) >= spots }
        guard let best = others.map(\.value).max(by: { $0.ratio < $1.ratio }), stated.ratio < minimum,
            best.ratio - stated.ratio >= margin, isBeyondChance(best, spots)
        else { return nil }
        let alike = Hypothesis.allCases.filter { hypothesis in
            others[hypothesis].map { $0.ratio > 0.85 * best.ratio } ?? false
        }
        return Contradiction(hypotheses: alike, score: best)
    }

    /// Five standard deviations of the two parts together; where the stated geometry foretells next to nothing, half of
    /// what the other does and twice as many as have to be.
    private func isBeyondChance(_ best: Score, _ spots: Double) -> Bool {
        guard stated.predicted >= 10 else { return best.ratio >= 0.5 && Double(best.found) >= 2 * spots }
        let (n, m) = (Double(best.predicted), Double(stated.predicted))
        let part = Double(best.found + stated.found) / (n + m)
        return best.ratio - stated.ratio > 5 * (part * (1 - part) * (1 / n + 1 / m)).squareRoot()
    }
}
