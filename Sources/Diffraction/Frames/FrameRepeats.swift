// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Frames of a stack that lead to the same pixels.
public struct FrameRepeats: Sendable, Hashable {
    /// Two such frames, from 0.
    public let first: Int
    /// The other of the two frames, from 0.
    public let second: Int
    /// The frame of the store that both lead to.
    public let store: Int
    /// The frame of that store, from 0.
    public let frame: Int
    /// How many pairs there are.
    public let count: Int

    /// - Returns: nil where each frame has pixels of its own.
    public init?(_ stack: FrameStack) {
        struct Key: Hashable {
            let store: Int
            let corner: Area
        }
        // One run leads nowhere twice: a stride goes on.
        guard stack.runs.count > 1 else { return nil }
        var groups: [Key: [(at: Stride, frames: Stride)]] = [:]
        for run in stack.runs {
            guard case .stored(let store, let at, let corner) = run.content else { continue }
            groups[Key(store: store, corner: corner), default: []].append((at, run.frames))
        }
        var found: (first: Int, second: Int, store: Int, frame: Int)?
        var count = 0
        for (key, runs) in groups where runs.count > 1 {
            let sorted = runs.sorted { ($0.at.first, $0.frames.first) < ($1.at.first, $1.frames.first) }
            var reach: (at: Stride, frames: Stride)?
            for run in sorted {
                if let known = reach, case .some(let one, let other) = known.at.common(with: run.at) {
                    count += one.count
                    let pair = (known.frames.at(one).first, run.frames.at(other).first)
                    let candidate = (
                        min(pair.0, pair.1), max(pair.0, pair.1), key.store, known.at.at(one).first
                    )
                    if found.map({ candidate.1 < $0.second }) ?? true {
                        found = (candidate.0, candidate.1, candidate.2, candidate.3)
                    }
                }
                if reach.map({ run.at.last > $0.at.last }) ?? true { reach = run }
            }
        }
        guard let found, found.first != found.second else { return nil }
        (first, second, store, frame) = (found.first, found.second, found.store, found.frame)
        self.count = count
    }
}
