// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// The settings of one axis over a scan, as DIFFRN_SCAN_AXIS can say them.
struct DescribedSettings {
    var start: Double
    var increment: Double
    /// From the end of one frame to the start of the next.
    var restart: Double
    var range: Double
    /// The formula gives every frame to 1e-6; otherwise the frames need rows of their own.
    var isUniform: Bool
    /// Start and increment of each frame; empty when the formula serves.
    var frames: [(start: Double, increment: Double)] = []

    /// - Parameters:
    ///   - factor: What settings are multiplied by.
    ///   - isRotation: Angles that fall by a full turn between frames go on.
    init(_ series: SettingSeries, count: Int, factor: Double = 1, isRotation: Bool) {
        let series = isRotation ? series.unwrapped().series : series
        switch series {
        case .constant(let value):
            self.init(start: value * factor, step: 0, increment: 0, count: count)
        case .uniform(let start, let step, let increment):
            self.init(start: start * factor, step: step * factor, increment: increment * factor, count: count)
        case .explicit(let starts, let ends):
            self.init(listed: starts, ends: ends, count: count, factor: factor)
        }
    }

    private init(start: Double, step: Double, increment: Double, count: Int) {
        self.start = start
        self.increment = increment
        restart = (step - increment).cleared(to: 12)
        range = (Double(count) * increment + Double(max(0, count - 1)) * restart).cleared(to: 9)
        isUniform = true
    }

    private init(listed starts: [Double], ends: [Double]?, count: Int, factor: Double) {
        let first = starts.first ?? 0
        let all = (0..<count).map { index in
            let start = index < starts.count ? starts[index] : starts.last ?? 0
            let end = ends.flatMap { index < $0.count ? $0[index] : nil }
            return (start: start * factor, increment: end.map { ($0 - start) * factor })
        }
        let last = all.last?.start ?? first * factor
        let step = count > 1 ? ((last - first * factor) / Double(count - 1)).cleared(to: 12) : 0
        let middle = Self.median(all.compactMap(\.increment))
        let increment = middle.map { $0.cleared(to: 12) } ?? step
        self.init(start: first * factor, step: count > 1 ? step : increment, increment: increment, count: count)
        let formula = all.indices.map { first * factor + Double($0) * step }
        isUniform =
            zip(all, formula).allSatisfy { abs($0.start - $1) <= 1e-6 }
            && all.allSatisfy { abs(($0.increment ?? increment) - increment) <= 1e-6 }
        if !isUniform {
            frames = all.map { ($0.start, ($0.increment ?? increment).cleared(to: 12)) }
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        return values.sorted()[values.count / 2]
    }
}

/// A scan as the description writes it.
struct DescribedScan {
    var id: String
    var count: Int
    var scan: Scan
    var images: [ExternalImage]
    /// Axis, its kind and its settings, in the order of AXIS.
    var axes: [(name: String, isRotation: Bool, settings: DescribedSettings)]

    /// The id of a frame, from 0; unique in the block.
    func frameID(_ frame: Int) -> String { "\(id)_\(frame + 1)" }

    /// Rows of DIFFRN_SCAN_FRAME_AXIS: every axis that is not at zero, when the formula does not serve one of them.
    var listedAxes: [(name: String, isRotation: Bool, settings: DescribedSettings)] {
        guard axes.contains(where: { !$0.settings.isUniform }) else { return [] }
        return axes.filter { !$0.settings.isUniform || $0.settings.start != 0 || $0.settings.increment != 0 }
    }

    /// Greatest number of frames of one scan that is written; beyond it the number is taken for a fault.
    static let frameLimit = 10_000_000
}

extension DescribedScan {
    /// The scans of an experiment with their settings in the names of the description.
    static func all(
        of experiment: Experiment, request: DescriptionRequest, axes: LaboratoryAxes, graph: AxisGraph
    ) throws(DescriptionFault) -> [DescribedScan] {
        var described: [DescribedScan] = []
        for (index, scan) in experiment.scans.enumerated() {
            let images = index < request.images.count ? request.images[index] : []
            let listed = scan.frameNumbers?.value.count ?? 0
            let count = listed > 0 ? listed : scan.frameCount.value
            guard count > 0, count <= frameLimit else {
                throw .frameCount(scan: scan.id, frames: count, images: images.count)
            }
            guard images.isEmpty || images.count == count else {
                throw .frameCount(scan: scan.id, frames: count, images: images.count)
            }
            var used: [(name: String, isRotation: Bool, settings: DescribedSettings)] = []
            for id in axes.goniometer + axes.detector {
                guard let name = axes.name(id), let axis = graph[id] else { continue }
                let isRotation = axis.motion.value == .rotation
                guard isRotation || axis.motion.value == .translation else { continue }
                let series = scan.axis(id)?.settings ?? .constant(0)
                used.append(
                    (
                        name, isRotation,
                        DescribedSettings(
                            series, count: count, factor: axes.factors[id] ?? 1, isRotation: isRotation)
                    ))
            }
            described.append(
                DescribedScan(id: "SCAN\(index + 1)", count: count, scan: scan, images: images, axes: used))
        }
        return described
    }
}
