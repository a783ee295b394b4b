// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The settings of every axis at one moment; degrees for rotations, millimetres for translations.
public struct FrameSettings: Sendable, Hashable {
    /// Degrees or millimetres for each axis that is set; others stand at 0.
    public var values: [AxisID: Double]

    public init(_ values: [AxisID: Double] = [:]) { self.values = values }

    /// The setting of an axis; 0 for an axis that is not mentioned.
    public subscript(axis: AxisID) -> Double { values[axis] ?? 0 }

    /// The same settings with one axis put to a value.
    public func setting(_ axis: AxisID, to value: Double) -> FrameSettings {
        var copy = self
        copy.values[axis] = value
        return copy
    }
}

/// A moment of a frame.
public enum FrameMoment: Sendable, Hashable {
    case start, end
}

extension SettingSeries {
    /// The setting at the start of a frame.
    ///
    /// - Parameter k: Frame index from 0.
    /// - Returns: nil when the source lists values and none for this frame; a list of one value holds for every frame.
    /// - Source: geometry.md section 5.
    public func start(ofFrame k: Int) -> Double? {
        switch self {
        case .constant(let value): value
        case .uniform(let start, let step, _): start + Double(k) * step
        case .explicit(let starts, _): Self.value(k, of: starts)
        }
    }

    /// The setting at the end of a frame; nil when the source does not say.
    public func end(ofFrame k: Int) -> Double? {
        switch self {
        case .constant(let value): value
        case .uniform(let start, let step, let increment): start + Double(k) * step + increment
        case .explicit(_, let ends): ends.flatMap { Self.value(k, of: $0) }
        }
    }

    private static func value(_ k: Int, of list: [Double]) -> Double? {
        if list.count == 1 { return list[0] }
        return list.indices.contains(k) ? list[k] : nil
    }

    /// How far the setting goes over the frames, end of the last frame included: greatest less least value.
    public func travel(frames: Int) -> Double {
        switch self {
        case .constant: return 0
        case .uniform(_, let step, let increment):
            let last = Double(max(frames, 1) - 1) * step
            let points = [0, increment, last, last + increment]
            return (points.max() ?? 0) - (points.min() ?? 0)
        case .explicit(let starts, let ends):
            let points = starts + (ends ?? [])
            return (points.max() ?? 0) - (points.min() ?? 0)
        }
    }
}

extension Scan {
    /// What the scan states of an axis; the first statement counts.
    public func axis(_ id: AxisID) -> ScanAxis? { axes.first { $0.axis == id } }

    /// The setting of an axis at the start of a frame, from 0; 0 for an axis that is not mentioned.
    ///
    /// - Returns: nil when the source lists settings of this axis and none for this frame.
    public func setting(of id: AxisID, frame k: Int) -> Double? {
        guard let axis = axis(id) else { return 0 }
        return axis.settings.start(ofFrame: k)
    }

    /// The settings of every axis at the start or the end of a frame.
    ///
    /// A list that is too short holds its last value; an end that the source does not give is the start.
    /// - Parameter k: Frame index from 0.
    public func settings(frame k: Int, at moment: FrameMoment = .start) -> FrameSettings {
        var values: [AxisID: Double] = [:]
        values.reserveCapacity(axes.count)
        for axis in axes where values[axis.axis] == nil {
            let start = axis.settings.start(ofFrame: k) ?? axis.settings.lastStart
            values[axis.axis] = moment == .start ? start : axis.settings.end(ofFrame: k) ?? start
        }
        return FrameSettings(values)
    }
}

extension SettingSeries {
    fileprivate var lastStart: Double {
        if case .explicit(let starts, _) = self { return starts.last ?? 0 }
        return 0
    }
}
