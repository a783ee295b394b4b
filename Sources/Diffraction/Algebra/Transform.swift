// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A rotation followed by a displacement: p becomes rotation * p + translation; millimetres.
public struct Transform: Sendable, Hashable {
    /// Applied first.
    public var rotation: Matrix3
    /// Added after the rotation, in the unit of the vectors.
    public var translation: Vector3

    public init(rotation: Matrix3 = .identity, translation: Vector3 = .zero) {
        self.rotation = rotation
        self.translation = translation
    }

    /// The transform that changes nothing.
    public static let identity = Transform()

    /// The transform that does `inner` first and `outer` then.
    public static func * (outer: Transform, inner: Transform) -> Transform {
        Transform(
            rotation: outer.rotation * inner.rotation,
            translation: outer.rotation * inner.translation + outer.translation)
    }

    /// The place of a point after the transform.
    public static func * (transform: Transform, point: Vector3) -> Vector3 {
        transform.rotation * point + transform.translation
    }

    /// The transform that undoes this one; right when `rotation` is a rotation.
    public var inverse: Transform {
        let back = rotation.transposed
        return Transform(rotation: back, translation: -(back * translation))
    }

    /// The same motion told in another frame of reference: M T Mᵀ.
    ///
    /// - Parameter m: Rotation from the present frame to the other.
    /// - Source: geometry.md section 11.
    public func turned(by m: Matrix3) -> Transform {
        Transform(rotation: m * rotation * m.transposed, translation: m * translation)
    }

    /// The 4 x 4 matrix, `[row][column]`, for column vectors.
    public var rows: [[Double]] {
        let t = [translation.x, translation.y, translation.z]
        let r = [rotation.first, rotation.second, rotation.third]
        return zip(r, t).map { [$0.x, $0.y, $0.z, $1] } + [[0, 0, 0, 1]]
    }

    /// Every number is finite.
    public var isFinite: Bool { rotation.isFinite && translation.isFinite }
}

extension Vector3 {
    /// The same vector with components below 1e-15 in absolute value as 0, never as -0.
    ///
    /// - Source: geometry.md section 3.
    public var withoutNegativeZero: Vector3 {
        func clean(_ c: Double) -> Double { c.magnitude < 1e-15 ? 0 : c }
        return Vector3(clean(x), clean(y), clean(z))
    }
}
