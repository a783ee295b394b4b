// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Three components in one frame of reference; unit and frame are those of the holder.
public struct Vector3: Sendable, Hashable {
    /// Along the first direction of the frame.
    public var x: Double
    /// Along the second direction of the frame.
    public var y: Double
    /// Along the third direction of the frame.
    public var z: Double

    public init(_ x: Double, _ y: Double, _ z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// No length and no direction.
    public static let zero = Vector3(0, 0, 0)
    /// Along the first direction.
    public static let unitX = Vector3(1, 0, 0)
    /// Along the second direction.
    public static let unitY = Vector3(0, 1, 0)
    /// Along the third direction.
    public static let unitZ = Vector3(0, 0, 1)

    public static func + (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x + b.x, a.y + b.y, a.z + b.z) }
    public static func - (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x - b.x, a.y - b.y, a.z - b.z) }
    public static prefix func - (a: Vector3) -> Vector3 { Vector3(-a.x, -a.y, -a.z) }
    public static func * (k: Double, a: Vector3) -> Vector3 { Vector3(k * a.x, k * a.y, k * a.z) }

    /// The scalar product, in the product of both units.
    public func dot(_ other: Vector3) -> Double { x * other.x + y * other.y + z * other.z }

    /// The vector product, in the product of both units; it stands upright on both.
    public func cross(_ other: Vector3) -> Vector3 {
        Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    /// The length, in the unit of the components.
    public var length: Double { dot(self).squareRoot() }

    /// Every component is finite.
    public var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }

    /// The vector of length 1 in the same direction; nil when the length is 0 or not finite.
    public var normalised: Vector3? {
        let length = self.length
        guard length > 0, length.isFinite else { return nil }
        return Vector3(x / length, y / length, z / length)
    }
}
