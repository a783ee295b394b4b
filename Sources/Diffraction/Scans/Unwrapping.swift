// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension SettingSeries {
    /// The series with falls and rises of a full turn between frames taken out, and where they were.
    ///
    /// A rotation that goes past 360 degrees and is written from 0 again goes on in truth; readers that take the
    /// middle step would else see one frame run backwards. Applies to rotations only.
    /// - Returns: The continued series, and the index of each frame before which the written values jump.
    /// - Source: geometry.md section 5.
    public func unwrapped() -> (series: SettingSeries, jumps: [Int]) {
        guard case .explicit(let starts, let ends) = self, starts.count > 1 else { return (self, []) }
        let steps = zip(starts.dropFirst(), starts).map { $0 - $1 }
        let finite = steps.filter(\.isFinite).sorted()
        guard let usual = finite.isEmpty ? nil : finite[finite.count / 2] else { return (self, []) }
        let slack = max(0.01, usual.magnitude / 2)
        var turns = 0.0
        var jumps: [Int] = []
        var continued = [starts[0]]
        var continuedEnds = ends
        for (before, step) in steps.enumerated() {
            let excess = step - usual
            if (excess.magnitude - 360).magnitude <= slack {
                turns += excess > 0 ? -360 : 360
                jumps.append(before + 1)
            }
            continued.append(starts[before + 1] + turns)
        }
        if let ends, ends.count == starts.count {
            continuedEnds = zip(ends, zip(starts, continued)).map { end, start in
                let exposure = end - start.0
                let isFolded = exposure.magnitude > 180 && usual.magnitude < 180
                return start.1 + (isFolded ? exposure.remainder(dividingBy: 360) : exposure)
            }
        }
        return (.explicit(starts: continued, ends: continuedEnds), jumps)
    }
}
