// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// What axes of loops move from image to image by even steps: a scan of it, and no change of what stands.
struct MovedFacts {
    private var isDistanceMoved = false
    private var settings: Set<String> = []

    init(_ all: [SeriesFacts]) {
        guard all.count > 2, all.allSatisfy(\.isPlacedByAxes) else { return }
        isDistanceMoved = Self.isEven(all.map(\.distance))
        for one in all[0].constants where one.fact == .axis {
            let values = all.map { facts in
                facts.constants.first { $0.fact == .axis && $0.name == one.name }?.numbers.first
            }
            if Self.isEven(values) { settings.insert(one.name) }
        }
    }

    private static func isEven(_ values: [Double?]) -> Bool {
        let known = values.compactMap { $0 }
        guard known.count == values.count, known.count > 2 else { return false }
        let step = known[1] - known[0]
        return step != 0
            && zip(known, known.dropFirst()).allSatisfy { abs($1 - $0 - step) <= max(0.05 * abs(step), 1e-6) }
    }

    func leftOut(of facts: SeriesFacts) -> SeriesFacts {
        var facts = facts
        if isDistanceMoved { facts.distance = nil }
        facts.constants.removeAll { $0.fact == .axis && settings.contains($0.name) }
        return facts
    }
}
