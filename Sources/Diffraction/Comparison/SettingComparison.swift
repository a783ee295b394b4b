// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Settings of goniometer axes that differ, each axis once for a scan.
struct ApartSettings {
    private(set) var differences: [Difference] = []
    private var told: Set<[String]> = []

    mutating func add(
        _ a: Comparison.Side, _ b: Comparison.Side, _ first: Goniometer, _ second: Goniometer,
        _ moment: Comparison.Moment
    ) {
        for axis in first.axes {
            guard let other = second.axes.first(where: { $0.name == axis.name }) else { continue }
            let (x, y) = (moment.first[axis], moment.second[other])
            let scan = moment.text.split(separator: " ").dropFirst(2).joined(separator: " ")
            guard (x - y).magnitude > 1e-6, told.insert([axis.name, scan]).inserted else { continue }
            let unit = a.graph[axis]?.motion.value == .translation ? "mm" : "deg"
            func value(_ setting: Double, _ place: Place) -> ComparedValue {
                ComparedValue(text: DecimalText.shortest(setting) + " " + unit, origin: .stated(place))
            }
            differences.append(
                Difference(
                    kind: .geometry, subject: "sample",
                    fact: "setting of \(axis.name) at the \(moment.edge == .start ? "start" : "end") of \(moment.text)",
                    first: value(x, first.place), second: value(y, second.place), amount: (x - y).magnitude, unit: unit)
            )
        }
    }
}

extension Comparison {
    /// With equal settings both goniometers turn the sample alike, so that the settings alone make the difference.
    static func areAlike(_ a: Side, _ b: Side, _ first: Goniometer, _ second: Goniometer) -> Bool {
        guard first.axes.map(\.name).sorted() == second.axes.map(\.name).sorted() else { return false }
        for probe in [0.0, 17, 41] {
            var (mine, theirs) = (FrameSettings(), FrameSettings())
            for (index, axis) in first.axes.enumerated() {
                mine.values[axis] = probe * Double(index + 1)
                guard let other = second.axes.first(where: { $0.name == axis.name }) else { return false }
                theirs.values[other] = probe * Double(index + 1)
            }
            guard case .success(let r) = a.orientation(mine), case .success(let s) = b.orientation(theirs),
                r.rotation.greatestDifference(from: s.rotation) <= 1e-6,
                (r.translation - s.translation).length <= 1e-3
            else { return false }
        }
        return true
    }
}
