// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Images of a sweep that stand in the place of each other, by the angles in their headers.
///
/// Only what a permutation explains is told: each of the images belongs where another of them stands; a single image at one
/// end that belongs at the other shifts them all. An angle that jumps
/// and goes on from there begins another scan, as the wedges of an inverse beam do.
public struct SeriesOrder: Sendable, Hashable {
    /// The numbers of the images that are out of order, rising.
    public var numbers: [Int]
    /// The numbers in whose place the angles of these images put them, in the order of `numbers`.
    public var places: [Int]
    /// The name of the axis.
    public var axis: String

    /// Where each image begins.
    public struct Start: Sendable, Hashable {
        /// The number of the image.
        public var number: Int
        /// Degrees.
        public var angle: Double
        /// Degrees that it turns by; not 0.
        public var increment: Double

        public init(number: Int, angle: Double, increment: Double) {
            self.number = number
            self.angle = angle
            self.increment = increment
        }
    }

    /// - Parameters:
    ///   - sweep: By rising number, without a gap in the numbers, and all turning by the same increment.
    ///   - axis: Its name.
    /// - Returns: nil when the images stand in order, or no permutation explains how they stand.
    public init?(_ sweep: [Start], axis: String) {
        guard let first = sweep.first, sweep.count > 2, first.increment != 0, first.increment.isFinite else {
            return nil
        }
        var steps: [Int] = []
        for (index, start) in sweep.enumerated() {
            let expected = first.angle + Double(index) * first.increment
            let ahead = (start.angle - expected).remainder(dividingBy: 360) / first.increment
            let whole = ahead.rounded()
            guard abs(ahead - whole) <= 0.1, abs(whole) <= 1e6 else { return nil }
            steps.append(Int(whole))
        }
        guard let usual = Self.mostFrequent(steps) else { return nil }
        let displaced = steps.indices.filter { steps[$0] != usual }
        guard !displaced.isEmpty, displaced.count * 2 <= steps.count else { return nil }
        let places = displaced.map { $0 + steps[$0] - usual }
        if let shifted = Self.shifted(displaced, places, count: steps.count) {
            numbers = sweep.map(\.number)
            self.places = shifted.map { sweep[$0].number }
            self.axis = axis
            return
        }
        guard places.sorted() == displaced else { return nil }
        numbers = displaced.map { sweep[$0].number }
        self.places = places.map { sweep[$0].number }
        self.axis = axis
    }

    /// The last image belongs before the first, or the first behind the last: where each then belongs.
    private static func shifted(_ displaced: [Int], _ places: [Int], count: Int) -> [Int]? {
        guard displaced.count == 1, count > 3 else { return nil }
        if displaced[0] == count - 1, places[0] == -1 { return Array(1..<count) + [0] }
        if displaced[0] == 0, places[0] == count { return [count - 1] + Array(0..<(count - 1)) }
        return nil
    }

    private static func mostFrequent(_ steps: [Int]) -> Int? {
        var counts: [Int: Int] = [:]
        for step in steps { counts[step, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// What the images of a template say, sweep by sweep.
    ///
    /// A sweep goes on while numbers rise by 1, one axis turns by one increment, and nothing else of the headers changes but
    /// the angle.
    /// - Parameter series: By rising number.
    public static func faults(in series: [(number: Int, facts: SeriesFacts)]) -> [SeriesOrder] {
        var faults: [SeriesOrder] = []
        var sweep: [Start] = []
        var last: (number: Int, facts: SeriesFacts)?
        var axis = ""
        func end() {
            if let fault = SeriesOrder(sweep, axis: axis) { faults.append(fault) }
            sweep = []
        }
        for image in series {
            let turning = image.facts.settings.filter { ($0.increment ?? 0) != 0 }
            // With two that turn the angle of one does not say which image comes next.
            guard turning.count == 1, let setting = turning.first, let increment = setting.increment else {
                end()
                last = nil
                continue
            }
            if let last, last.number + 1 == image.number, setting.name == axis, Self.goesOn(last.facts, image.facts) {
            } else {
                end()
                axis = setting.name
            }
            sweep.append(Start(number: image.number, angle: setting.start, increment: increment))
            last = image
        }
        end()
        return faults
    }

    private static func goesOn(_ one: SeriesFacts, _ next: SeriesFacts) -> Bool {
        switch one.change(to: next) {
        case nil, .angleJumps, .angleStays, .constant: true
        // Some headers give the angle twice: once with its increment, once as a setting.
        case .setting: false
        case .increment, .wavelength, .distance, .size, .unreadable, .instrument: false
        }
    }
}
