// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Angles that come again after a turn.
enum Turns {
    /// The difference of two angles, above -180 and up to 180 degrees.
    static func difference(_ a: Double, _ b: Double) -> Double {
        let turns = (a - b) / 360
        guard turns.isFinite else { return .infinity }
        let rest = (turns - turns.rounded()) * 360
        return rest == -180 ? 180 : rest
    }
}
