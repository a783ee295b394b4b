// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which frames of each scan are decoded.
///
/// - Source: images.md section 3.
public enum FrameSampling: String, Sendable, Hashable, CaseIterable {
    case none
    /// One frame, where each is a journey.
    case first
    /// The first, the middle and the last one.
    case ends
    /// Up to 64, the same distance apart, the first and the last among them.
    case sample
    case all

    /// The frames that are decoded of so many, from 0, rising.
    public func frames(of count: Int) -> [Int] {
        guard count > 0 else { return [] }
        switch self {
        case .none: return []
        case .first: return [0]
        case .ends: return Self.spread(3, over: count)
        case .sample: return Self.spread(64, over: count)
        case .all: return Array(0..<count)
        }
    }

    /// So many of the frames, evenly.
    static func spread(_ wanted: Int, over frames: [Int]) -> Set<Int> {
        Set(spread(wanted, over: frames.count).map { frames[$0] })
    }

    private static func spread(_ wanted: Int, over count: Int) -> [Int] {
        guard count > wanted else { return Array(0..<count) }
        return (0..<wanted).map { Int((Double($0) * Double(count - 1) / Double(wanted - 1)).rounded()) }
    }
}
