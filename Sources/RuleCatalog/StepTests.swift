// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// The frames of one axis that do not stand where the step puts them, and the field that says otherwise.
///
/// - Source: nexus.md rule 31: starts, ends and increments are three statements of one step; two against one decide.
struct StepTests {
    struct Outlier {
        var frame: Int
        var value: Double
        var expected: Double
    }

    private(set) var outliers: [Outlier] = []
    /// "", "_end" or "_increment_set": what differs.
    private(set) var field = ""
    /// What explains the difference, after the numbers; empty when nothing does.
    private(set) var remark = ""
    private(set) var places: [Place]

    /// Degrees beyond which frames are images apart, as SCAN-012 has it.
    private static let widestStep = 10.0

    /// - Parameters:
    ///   - starts: Degrees, without the jumps at full turns.
    ///   - isOnlyMovement: No other axis of the sample moves, so that a list of one angle is no raster.
    init(starts: [Double], ends: [Double]?, row: ScanAxis, isOnlyMovement: Bool, _ verdicts: Verdicts) {
        places = [row.place]
        let steps = zip(starts.dropFirst(), starts).map { $0 - $1 }
        let minimum = verdicts.number("minimum")
        if let start = row.angle.start?.value, let increment = row.angle.increment?.value {
            let step = increment + (row.angle.restartIncrement?.value ?? 0)
            let slack = max(verdicts.number("fraction") * abs(increment), minimum)
            for (index, value) in starts.enumerated() {
                let expected = start + Double(index) * step
                let turns = ((value - expected) / 360).rounded() * 360
                if abs(value - expected - turns) > slack { outliers.append(.init(frame: index + 1, value, expected)) }
            }
            return
        }
        let median = steps.sorted()[steps.count / 2]
        let irregular = max(verdicts.number("irregular") * abs(median), minimum)
        for (index, step) in steps.enumerated() where abs(step - median) > irregular {
            outliers.append(.init(frame: index + 2, starts[index + 1], starts[index] + median))
        }
        guard outliers.isEmpty else { return }
        let ownEnds = row.ownEnds.flatMap { $0.value.count == starts.count ? $0 : nil }
        let increments = row.ownIncrements.flatMap { $0.value.count == starts.count || $0.value.count == 1 ? $0 : nil }
        let slack = max(verdicts.number("fraction") * abs(median), minimum)
        func increment(_ frame: Int) -> Double? {
            increments.map { $0.value.count == 1 ? $0.value[0] : $0.value[frame] }
        }
        if median == 0 {
            guard isOnlyMovement, starts.allSatisfy({ $0 == 0 }) else { return }
            compareStill(starts, ownEnds, increment, minimum)
            return
        }
        // Ends advance as starts do, whatever width a frame has.
        let endStep = ownEnds.flatMap { ends in
            let own = zip(ends.value.dropFirst(), ends.value).map { $0 - $1 }.sorted()
            return own.isEmpty ? nil : own[own.count / 2]
        }
        let typical = increments.map { $0.value.sorted()[$0.value.count / 2] }
        if let endStep, let typical, abs(endStep - median) > slack, abs(endStep - typical) <= slack {
            // Ends and increments agree with each other: the starts differ from both.
            for index in starts.indices.dropFirst() {
                outliers.append(.init(frame: index + 1, starts[index], starts[0] + Double(index) * typical))
            }
            remark = " by its ends and increments"
            return
        }
        // Images apart, each of its own narrow width: their step is SCAN-012's.
        if let ownEnds, let typical, abs(median) > Self.widestStep, abs(typical) < abs(median),
            starts.indices.allSatisfy({ index in
                guard let stated = increment(index) else { return false }
                return abs(Turns.difference(ownEnds.value[index], starts[index] + stated)) <= minimum
            })
        {
            return
        }
        if let increments {
            for index in starts.indices {
                guard let stated = increment(index), abs(stated - median) > slack else { continue }
                outliers.append(.init(frame: index + 1, stated, median))
            }
            if !outliers.isEmpty {
                field = "_increment_set"
                places = increments.places.isEmpty ? places : increments.places
                return
            }
        }
        guard let ownEnds else { return }
        for (index, end) in ownEnds.value.enumerated() where abs(end - starts[index] - median) > slack {
            let turns = ((end - starts[index] - median) / 360).rounded() * 360
            guard abs(end - starts[index] - median - turns) > slack else { continue }
            outliers.append(.init(frame: index + 1, end, starts[index] + median))
        }
        field = "_end"
        places = ownEnds.places.isEmpty ? places : ownEnds.places
    }

    /// Settings that are all 0 beside ends or increments that turn.
    private mutating func compareStill(
        _ starts: [Double], _ ends: Sourced<[Double]>?, _ increment: (Int) -> Double?, _ minimum: Double
    ) {
        for index in starts.indices.dropFirst() {
            guard let step = increment(index) ?? ends.map({ $0.value[index] }), abs(step) > minimum else { continue }
            let expected = ends.map { $0.value[index - 1] } ?? Double(index) * step
            guard abs(expected - starts[index]) > minimum else { continue }
            outliers.append(.init(frame: index + 1, starts[index], expected))
        }
        if !outliers.isEmpty { remark = " by its ends and increments" }
    }
}

extension StepTests.Outlier {
    fileprivate init(frame: Int, _ value: Double, _ expected: Double) {
        self.init(frame: frame, value: value, expected: expected)
    }
}
