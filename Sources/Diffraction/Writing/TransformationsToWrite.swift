// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An axis of NXtransformations to be written; McStas components.
public struct TransformationToWrite: Sendable, Hashable {
    /// The axis of the model that it stands for.
    public var id: AxisID
    /// `rotation` or `translation`.
    public var motion: AxisMotion
    /// Unit vector.
    public var vector: Vector3
    /// Millimetres.
    public var offset: Vector3
    /// nil for ".".
    public var dependsOn: AxisID?
    /// Settings come from this axis of the source, with `extraAngle` added; nil: `extraAngle` is the value.
    public var settingsOf: AxisID?
    /// Degrees of a mounting rotation.
    public var extraAngle: Double
}

/// What becomes of the sense of rotation; option `--rotation-sense`.
public enum RotationSense: String, Sendable, Hashable, CaseIterable {
    /// Vectors and angles stay as they are.
    case keep
    /// Vector and angles of a rotation whose setting falls are negated, which moves nothing.
    case positive
}

extension AxisGraph {
    /// The chain of an axis as NXtransformations, innermost first.
    ///
    /// A mounting rotation becomes an axis of its own, named after the axis it mounts with `_mount` added, whose value is
    /// the mounting angle plus the setting of the mount. A general axis becomes a translation that stands at 0.
    /// - Parameter rotation: From the frame of the experiment to McStas; angles and displacements do not change.
    public func transformationsToWrite(
        from id: AxisID, rotation: FrameRotation
    ) -> Result<[TransformationToWrite], ChainFault> {
        links(from: id).flatMap { links in
            var written: [TransformationToWrite] = []
            var outward: AxisID?
            for (position, link) in links.enumerated().reversed() {
                let axis = axes[link.index]
                let isMount = link.extraAngle != 0
                let name = isMount && position > 0 ? mountName(of: axes[links[position - 1].index].id) : axis.id
                switch transformation(axis, rotation: rotation) {
                case .failure(let fault): return .failure(fault)
                case .success(var step):
                    step.id = name
                    step.dependsOn = outward
                    step.extraAngle = link.extraAngle
                    written.append(step)
                }
                outward = name
            }
            return .success(written.reversed())
        }
    }

    private func mountName(of id: AxisID) -> AxisID {
        var name = AxisID(id.text + "_mount")
        while index(of: name) != nil { name = AxisID(name.text + "_mount") }
        return name
    }

    private func transformation(
        _ axis: Axis, rotation: FrameRotation
    ) -> Result<TransformationToWrite, ChainFault> {
        var still = axis
        still.motion.value = .general
        let isMoving = axis.motion.value == .rotation || axis.motion.value == .translation
        return transform(of: still, setting: 0).flatMap { offset in
            let vector = isMoving ? direction(of: axis) : .success(.unitZ)
            return vector.map {
                TransformationToWrite(
                    id: axis.id, motion: isMoving ? axis.motion.value : .translation,
                    vector: isMoving ? rotation.toMcStas($0) : .unitZ,
                    offset: rotation.toMcStas(offset.translation), dependsOn: nil,
                    settingsOf: isMoving ? axis.id : nil, extraAngle: 0)
            }
        }
    }
}

extension TransformationToWrite {
    /// The same motion with vector and angle of the opposite sign.
    ///
    /// - Returns: The transformation; settings are to be negated as well, with `SettingSeries.negated`.
    public var reversed: TransformationToWrite {
        var copy = self
        copy.vector = (-vector).withoutNegativeZero
        copy.extraAngle = extraAngle == 0 ? 0 : -extraAngle
        return copy
    }
}

extension SettingSeries {
    /// Every setting with the opposite sign.
    public var negated: SettingSeries {
        switch self {
        case .constant(let value): .constant(0 - value)
        case .uniform(let start, let step, let increment):
            .uniform(start: 0 - start, step: 0 - step, increment: 0 - increment)
        case .explicit(let starts, let ends):
            .explicit(starts: starts.map { 0 - $0 }, ends: ends.map { $0.map { 0 - $0 } })
        }
    }

    /// The settings fall over the frames.
    public var isFalling: Bool {
        switch self {
        case .constant: false
        case .uniform(_, let step, let increment): step < 0 || (step == 0 && increment < 0)
        case .explicit(let starts, let ends): (ends?.last ?? starts.last ?? 0) < (starts.first ?? 0)
        }
    }
}
