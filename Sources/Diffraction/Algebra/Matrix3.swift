// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A 3 x 3 matrix by rows; active, acting on column vectors.
public struct Matrix3: Sendable, Hashable {
    /// The first row.
    public var first: Vector3
    /// The second row.
    public var second: Vector3
    /// The third row.
    public var third: Vector3

    /// A matrix from its three rows.
    public init(rows first: Vector3, _ second: Vector3, _ third: Vector3) {
        self.first = first
        self.second = second
        self.third = third
    }

    /// The matrix that changes nothing.
    public static let identity = Matrix3(rows: .unitX, .unitY, .unitZ)

    /// The matrix with these elements on the diagonal and 0 elsewhere.
    public static func diagonal(_ x: Double, _ y: Double, _ z: Double) -> Matrix3 {
        Matrix3(rows: Vector3(x, 0, 0), Vector3(0, y, 0), Vector3(0, 0, z))
    }

    /// The right-handed rotation about a direction (Rodrigues), exact for multiples of 90 degrees about X, Y and Z.
    ///
    /// - Parameters:
    ///   - axis: Direction; normalised here.
    ///   - degrees: Angle; any number of turns.
    /// - Returns: nil when the axis has no direction or a number is not finite.
    public static func rotation(about axis: Vector3, degrees: Double) -> Matrix3? {
        guard let v = axis.normalised, degrees.isFinite else { return nil }
        let (s, c) = Trigonometry.sineAndCosine(degrees: degrees)
        let k = 1 - c
        return Matrix3(
            rows: Vector3(c + k * v.x * v.x, k * v.x * v.y - s * v.z, k * v.x * v.z + s * v.y),
            Vector3(k * v.y * v.x + s * v.z, c + k * v.y * v.y, k * v.y * v.z - s * v.x),
            Vector3(k * v.z * v.x - s * v.y, k * v.z * v.y + s * v.x, c + k * v.z * v.z))
    }

    /// Rows and columns exchanged; of a rotation its inverse.
    public var transposed: Matrix3 {
        Matrix3(
            rows: Vector3(first.x, second.x, third.x), Vector3(first.y, second.y, third.y),
            Vector3(first.z, second.z, third.z))
    }

    /// 1 for a rotation, -1 for one with a reflection.
    public var determinant: Double { first.dot(second.cross(third)) }

    /// The sum of the diagonal: 1 + 2 cos of the angle for a rotation.
    public var trace: Double { first.x + second.y + third.z }

    /// Nine numbers, row by row.
    public var elements: [Double] {
        [first.x, first.y, first.z, second.x, second.y, second.z, third.x, third.y, third.z]
    }

    /// Every element is finite.
    public var isFinite: Bool { first.isFinite && second.isFinite && third.isFinite }

    /// The greatest absolute difference of an element; NaN when an element is not a number.
    public func greatestDifference(from other: Matrix3) -> Double {
        var greatest = 0.0
        for (a, b) in zip(elements, other.elements) {
            let difference = (a - b).magnitude
            guard !difference.isNaN else { return .nan }
            greatest = max(greatest, difference)
        }
        return greatest
    }

    public static func * (m: Matrix3, v: Vector3) -> Vector3 {
        Vector3(m.first.dot(v), m.second.dot(v), m.third.dot(v))
    }

    public static func * (a: Matrix3, b: Matrix3) -> Matrix3 {
        let columns = b.transposed
        func row(_ r: Vector3) -> Vector3 { Vector3(r.dot(columns.first), r.dot(columns.second), r.dot(columns.third)) }
        return Matrix3(rows: row(a.first), row(a.second), row(a.third))
    }
}
