// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension FrameRotation {
    /// The rotation between McStas and an imgCIF laboratory that is still to be chosen.
    ///
    /// X is the principal goniometer axis, when that is more than 22.5 degrees from the beam; else the fast direction
    /// of the first panel; else Y is along gravity. Z is the part of the direction to the source at right angles to X.
    /// - Parameters:
    ///   - principal: Positive direction of the outermost sample rotation, McStas components.
    ///   - fast: Fast direction of the first panel, McStas components.
    ///   - beam: McStas components; +Z unless the file says otherwise.
    ///   - gravity: McStas components.
    /// - Returns: M, from the new imgCIF frame to McStas; the rows of its transpose are X, Y and Z of imgCIF.
    /// - Source: geometry.md sections 2 and 3.
    public static func fromImgCIF(
        principal: Vector3?, fast: Vector3?, beam: Vector3 = .unitZ, gravity: Vector3 = Vector3(0, -1, 0)
    ) -> Result<FrameRotation, FrameFault> {
        guard let toSource = (-beam).normalised else { return .failure(.noDirection("the beam")) }
        func isAcross(_ axis: Vector3) -> Bool {
            let angle = axis.angle(to: toSource)
            return angle > 22.5 && angle < 157.5
        }
        for candidate in [principal, fast] {
            guard let x = candidate?.normalised, isAcross(x) else { continue }
            guard let z = (toSource - toSource.dot(x) * x).normalised else { continue }
            return .success(laboratory(x: x, z: z))
        }
        guard let down = gravity.normalised else { return .failure(.noDirection("gravity")) }
        guard let y = (down - down.dot(toSource) * toSource).normalised, down.cross(toSource).length >= 1e-6 else {
            return .failure(.verticalBeam)
        }
        return .success(laboratory(x: y.cross(toSource), z: toSource))
    }

    private static func laboratory(x: Vector3, z: Vector3) -> FrameRotation {
        let rows = Matrix3(
            rows: x.withoutNegativeZero, z.cross(x).withoutNegativeZero, z.withoutNegativeZero)
        return FrameRotation(matrix: rows.transposed)
    }
}
