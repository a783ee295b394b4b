// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Why there is no rotation between two frames of reference.
public enum FrameFault: Error, Sendable, Hashable {
    /// Beam and gravity are parallel: the horizontal has to be given by the user.
    case verticalBeam
    /// The beam, gravity or the direction that stands for it has no direction or is not finite.
    case noDirection(String)

    /// Why there is no rotation, as a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .verticalBeam:
            "beam and gravity are parallel: nothing says which direction is horizontal; --up names the direction of Y"
        case .noDirection(let what): "\(what) has no direction"
        }
    }
}

/// The rotation from the frame of a model to the McStas frame of NeXus: v_nx = M v, v = Mᵀ v_nx.
///
/// - Source: geometry.md section 3.
public struct FrameRotation: Sendable, Hashable {
    /// M: rows are X, Y and Z of McStas in components of the model.
    public let matrix: Matrix3

    public init(matrix: Matrix3) { self.matrix = matrix }

    /// The rotation that changes nothing.
    public static let identity = FrameRotation(matrix: .identity)

    /// M from the directions of beam and gravity, or of beam and `up`, in the frame of the model.
    ///
    /// - Parameters:
    ///   - beam: From source to sample and on.
    ///   - gravity: Downwards.
    ///   - up: The direction that becomes Y of McStas, in place of gravity.
    public static func toMcStas(
        beam: Vector3, gravity: Vector3, up: Vector3? = nil
    ) -> Result<FrameRotation, FrameFault> {
        guard let b = beam.normalised else { return .failure(.noDirection("the beam")) }
        guard let down = (up.map { -$0 } ?? gravity).normalised else {
            return .failure(.noDirection(up == nil ? "gravity" : "the direction given as up"))
        }
        let across = b.cross(down)
        guard across.length >= 1e-6, let x = across.normalised, let y = b.cross(x).normalised else {
            return .failure(.verticalBeam)
        }
        return .success(
            FrameRotation(
                matrix: Matrix3(rows: x.withoutNegativeZero, y.withoutNegativeZero, b.withoutNegativeZero)))
    }

    /// A vector of the model in McStas components; no component is -0.
    public func toMcStas(_ vector: Vector3) -> Vector3 { (matrix * vector).withoutNegativeZero }

    /// A vector in McStas components in those of the model; no component is -0.
    public func fromMcStas(_ vector: Vector3) -> Vector3 { (matrix.transposed * vector).withoutNegativeZero }

    /// A motion told in the McStas frame: M T Mᵀ.
    public func toMcStas(_ transform: Transform) -> Transform { transform.turned(by: matrix) }

    /// A plane of pixels in McStas components.
    public func toMcStas(_ plane: PanelPlane) -> PanelPlane {
        PanelPlane(
            origin: toMcStas(plane.origin), fast: toMcStas(plane.fast), slow: toMcStas(plane.slow))
    }
}

extension Experiment {
    /// The rotation from the frame of this experiment to McStas.
    ///
    /// A model in the McStas frame needs none; all others take it from beam and gravity.
    /// - Parameter up: The direction that becomes Y of McStas, for a vertical beam; components of this experiment.
    public func rotationToMcStas(up: Vector3? = nil) -> Result<FrameRotation, FrameFault> {
        if frame == .mcStas { return .success(.identity) }
        return FrameRotation.toMcStas(beam: beam.direction.value, gravity: gravity.value, up: up)
    }
}
