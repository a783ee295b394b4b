// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let scan025 = Rule(
        "SCAN-025", .A, "frames were announced and never written", applies: .both,
        what: """
            The chunks of each dataset of frames, and of those that links and virtual datasets of any depth lead to, \
            against its extent: what no index holds and no early allocation covers was never written. Compared by area, \
            so that a module that nothing fills counts; areas outside all modules and under the mask of the detector pass. So \
            are the datasets of HDF5 files that an imgCIF names and that are opened: of the frames that rows name, those \
            that were never written, and those that lead to a file that is not there.
            """,
        why: "A frame that was never written reads as the fill value: zeros are taken for a measurement.",
        fix: "Find the frames that are not in the file, or write the extent that was measured.",
        references: ["h5py/h5py#1660", "European-XFEL/EXtra-data#58"],
        needs: ["FILE-001", "FILE-013"],
        checks: [.tree(unwritten), .archive(unwrittenInFiles)])
}

private func unwritten(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard view.holdsFrames else { return }
    var told = Set<FrameContent>()
    // The image data of an entry first, whose frames are numbered as in the scan.
    let stacks = view.frames.stacks.filter(isSignal) + view.frames.stacks.filter { !isSignal($0) }
    for stack in stacks where stack.role != .value && stack.role != .array {
        for (area, frames, stores) in unwrittenFrames(of: stack, beside: view.frames.windows, &told)
        where !view.masked.contains(where: { $0.holds(area) }) {
            let isWhole = area == stack.whole
            let part =
                isWhole
                ? ""
                : ": rows \(area.slow.lowerBound)-\(area.slow.upperBound - 1), columns "
                    + "\(area.fast.lowerBound)-\(area.fast.upperBound - 1)"
            let count = frames.reduce(0) { $0 + $1.count }
            let scan = if case .signal(let entry) = stack.role { "scan '\(entry)'" } else { "'\(stack.path)'" }
            let files = Set(stores.map { view.frames.stores[$0].file })
            let name = files.count == 1 && files != [0] ? files.first.flatMap { view.files?.files[$0].name } : nil
            let file = name.map { " in '\(Wording.excerpt($0, limit: 80))'" } ?? ""
            let fill = stack.blocks.first?.fillValue.map { Wording.number($0) }
            verdicts.report(
                "\(words(frames)) of \(scan) \(count == 1 ? "was" : "were") never written\(file)\(part); "
                    + "\(count == 1 ? "it reads" : "they read") as \(fill ?? "the fill value")",
                at: places(of: frames, in: stack),
                values: [("frames", .integer(count)), ("of", .integer(stack.frames))], count: count,
                subjects: [Subject(.dataset, stack.path)])
        }
    }
}

/// The datasets that the frames belong to.
private func places(of frames: [Range<Int>], in stack: FrameStack) -> [Place] {
    let blocks = stack.blocks.filter { block in
        frames.contains {
            $0.overlaps(block.start..<block.start.addingReportingOverflow(max(0, block.frames)).partialValue)
        }
    }
    let paths = blocks.isEmpty ? [stack.path] : blocks.map(\.path)
    return paths.prefix(Engine.placeLimit).map { .object(path: $0, attribute: nil) }
}

private func isSignal(_ stack: FrameStack) -> Bool { if case .signal = stack.role { true } else { false } }

/// Frames by area that hold nothing, gaps between modules left out.
///
/// - Parameter told: Stored parts of which another stack spoke; gains those of this one.
private func unwrittenFrames(
    of stack: FrameStack, beside windows: [Area], _ told: inout Set<FrameContent>
) -> [(area: Area, frames: [Range<Int>], stores: Set<Int>)] {
    var areas: [Area] = []
    var frames: [Area: [Range<Int>]] = [:]
    var stores: [Area: Set<Int>] = [:]
    let known = told
    for run in stack.unwritten where !known.contains(run.content) {
        told.insert(run.content)
        if frames[run.area] == nil { areas.append(run.area) }
        if case .stored(let store, _, _) = run.content { stores[run.area, default: []].insert(store) }
        let ranges =
            run.frames.range.map { [$0] }
            ?? (0..<min(run.frames.count, 100_000)).map {
                let first = run.frames.first + $0 * run.frames.step
                return first..<(first + 1)
            }
        frames[run.area, default: []] += ranges
    }
    return areas.compactMap { area in
        let joined = joined(frames[area] ?? [])
        let count = joined.reduce(0) { $0 + $1.count }
        let isGap = windows.count > 1 && !windows.contains { $0.common(with: area) != nil } && count == stack.frames
        return isGap || joined.isEmpty ? nil : (area, joined, stores[area] ?? [])
    }
}

private func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
        if let last = result.last, range.lowerBound <= last.upperBound {
            result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            result.append(range)
        }
    }
    return result
}

/// Frames from 1, as in "frames 3-5 (3)".
private func words(_ ranges: [Range<Int>]) -> String {
    let count = ranges.reduce(0) { $0 + $1.count }
    let shown = ranges.prefix(3).map { range in
        range.count == 1 ? "\(range.lowerBound + 1)" : "\(range.lowerBound + 1)-\(range.upperBound)"
    }
    let more = ranges.count > 3 ? " and more" : ""
    return "frame\(count == 1 ? "" : "s") \(shown.joined(separator: ", "))\(more)" + (count == 1 ? "" : " (\(count))")
}
