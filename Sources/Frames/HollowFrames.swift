// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// Frames that a dataset announces and that hold nothing of their own, from 0.
public struct HollowFrames: Sendable, Hashable {
    /// Never written.
    public let unwritten: Set<Int>
    /// They lead to what is not there.
    public let lost: Set<Int>
    /// The first of what is not there: "'x.h5', which is not there".
    public let missing: String?

    /// Frames beyond these are not counted up.
    private static let most = 1_000_000

    /// Areas that are empty in every frame are gaps between modules for all that is known here.
    init(_ map: FrameMap, _ stack: FrameStack) {
        var areas: [Area: Set<Int>] = [:]
        for run in stack.unwritten { areas[run.area, default: []].formUnion(Self.numbers(run.frames)) }
        unwritten = areas.reduce(into: []) { all, one in
            if one.key == stack.whole || one.value.count < stack.frames { all.formUnion(one.value) }
        }
        var lost = Set<Int>()
        var missing: String?
        for run in stack.runs {
            switch run.content {
            case .fill(let number), .absent(let number):
                lost.formUnion(Self.numbers(run.frames))
                if missing == nil, map.losses.indices.contains(number) { missing = Self.words(map.losses[number]) }
            case .stored, .unread: continue
            }
        }
        self.lost = lost
        self.missing = missing
    }

    private static func words(_ loss: FrameLoss) -> String {
        let name = "'\(loss.name)'"
        switch loss.kind {
        case .file: return "\(name), which is not there"
        case .unreadable: return "\(name), which cannot be read"
        case .object, .smaller, .circle, .rawShort: return "\(name), which does not hold as much"
        }
    }

    var isEmpty: Bool { unwritten.isEmpty && lost.isEmpty }

    private static func numbers(_ frames: Stride) -> [Int] {
        (0..<min(frames.count, most)).map { frames.first &+ $0 &* frames.step }
    }
}
