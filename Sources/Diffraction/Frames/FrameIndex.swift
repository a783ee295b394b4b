// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which of many runs hold a frame, without looking at each.
///
/// Runs in the order of their first frames are a balanced tree, its root in the middle; each node knows the last frame of
/// what hangs below it.
struct FrameIndex: Sendable {
    /// Fewer runs than this are looked at one by one.
    private static let fewest = 16

    private let order: [Int32]
    private let last: [Int]

    init(_ runs: [FrameRun]) {
        guard runs.count > Self.fewest, runs.count < Int(Int32.max) else {
            (order, last) = ([], [])
            return
        }
        let order = runs.indices.sorted { (runs[$0].frames.first, $0) < (runs[$1].frames.first, $1) }
        var last = order.map { runs[$0].frames.last }
        func fill(_ range: Range<Int>) -> Int {
            guard !range.isEmpty else { return -1 }
            let middle = range.lowerBound + range.count / 2
            last[middle] = max(
                last[middle], fill(range.lowerBound..<middle), fill((middle + 1)..<range.upperBound))
            return last[middle]
        }
        _ = fill(0..<last.count)
        self.order = order.map { Int32($0) }
        self.last = last
    }

    /// Positions of the runs that hold the frame, rising.
    func places(of frame: Int, in runs: [FrameRun]) -> [Int] {
        guard !order.isEmpty else { return runs.indices.filter { runs[$0].holds(frame) } }
        var found: [Int] = []
        var open = [0..<order.count]
        while let range = open.popLast() {
            guard !range.isEmpty else { continue }
            let middle = range.lowerBound + range.count / 2
            guard last[middle] >= frame else { continue }
            open.append(range.lowerBound..<middle)
            let place = Int(order[middle])
            guard runs[place].frames.first <= frame else { continue }
            if runs[place].holds(frame) { found.append(place) }
            open.append((middle + 1)..<range.upperBound)
        }
        return found.sorted()
    }
}

extension FrameRun {
    /// The frame is one of the run.
    public func holds(_ frame: Int) -> Bool {
        frame >= frames.first && frame <= frames.last && (frame &- frames.first) % frames.step == 0
    }
}
