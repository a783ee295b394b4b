// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// Range, increment and number of frames of one axis in one scan, and whether they agree.
///
/// - Source: imgcif.md 10.2.
struct RangeTest {
    enum Verdict: Hashable {
        case agrees
        /// One increment out.
        case oneOut
        /// The increment has too few decimals.
        case rounded
        case disagrees
        /// No increment, or one against the range.
        case contradicts
    }

    let axis: AxisID
    let frames: Int
    /// As stated; 0, the default of the dictionary, where a range stands without one.
    let increment: Stated
    let isIncrementStated: Bool
    let range: Stated
    /// N inc + (N - 1) rstrt
    let computed: Double
    /// "deg" or "mm".
    let unit: String
    let verdict: Verdict
}

extension Scan {
    /// Every axis of the scan with a stated range and increment.
    ///
    /// - Parameters:
    ///   - tolerance: Difference in frames that agrees.
    ///   - oneOut: Difference from one increment, in frames.
    ///   - relative: Relative difference that rounding may make.
    func rangeTests(tolerance: Double = 0.3, oneOut: Double = 0.05, relative: Double = 0.02) -> [RangeTest] {
        axes.flatMap { row in
            [(row.angle, "deg"), (row.displacement, "mm")].compactMap { stated, unit in
                guard let range = stated.range, let increment = stated.increment ?? row.absentIncrement(range) else {
                    return nil
                }
                let count = Double(frameCount.value)
                let restart = stated.restartIncrement?.value ?? 0
                let computed = count * increment.value + max(0, count - 1) * restart
                let verdict: RangeTest.Verdict
                let error = abs(range.value - computed) / abs(increment.value)
                // Half a unit of the last digit of the range, in frames; a range may be written with few decimals.
                let open = 0.5 * decimalUnit(range.decimals) / abs(increment.value)
                if increment.value == 0 {
                    verdict = range.value == 0 || frameCount.value == 1 ? .agrees : .contradicts
                } else if range.value * increment.value < 0 {
                    verdict = .contradicts
                } else if !(error > tolerance) {
                    verdict = .agrees
                } else if error <= open * (1 + 1e-9), open < 0.5 {
                    verdict = .agrees
                } else if abs(error - 1) <= oneOut + (open < 0.5 ? open : 0) {
                    verdict = .oneOut
                } else {
                    let mean = range.value / max(count, 1)
                    let digit = decimalUnit(increment.decimals)
                    let isRounding = abs(mean - increment.value) <= 0.5 * digit * (1 + 1e-9)
                    verdict =
                        isRounding && abs(mean - increment.value) <= relative * abs(increment.value)
                        ? .rounded : .disagrees
                }
                return RangeTest(
                    axis: row.axis, frames: frameCount.value, increment: increment,
                    isIncrementStated: stated.increment != nil, range: range, computed: computed, unit: unit,
                    verdict: verdict)
            }
        }
    }
}

extension ScanAxis {
    /// The increment that the dictionary takes where none is given beside a range: 0, unless the frames have settings of
    /// their own or what stands there is unknown.
    fileprivate func absentIncrement(_ range: Stated) -> Stated? {
        if case .explicit = settings { return nil }
        return unknown == nil && range.value != 0 ? Stated(value: 0, decimals: range.decimals, place: range.place) : nil
    }
}

extension SettingSeries {
    /// The step from frame to frame: as stated, or the median of a list; nil for a constant or a list of one.
    var typicalStep: Double? {
        switch self {
        case .constant: return nil
        case .uniform(_, let step, _): return step
        case .explicit:
            guard case .explicit(let starts, _) = unwrapped().series, starts.count > 1 else { return nil }
            let steps = zip(starts.dropFirst(), starts).map { $0 - $1 }.filter(\.isFinite).sorted()
            return steps.isEmpty ? nil : steps[steps.count / 2]
        }
    }
}
