// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file007 = Rule(
        "FILE-007", .A, "virtual dataset leaves frames unmapped or maps them twice", applies: .anyNeXus,
        what: """
            The parts of a virtual dataset of images that its mappings fill: together every frame, and each frame from \
            one source only. Gaps between modules and areas that the mask of the detector covers need no source.
            """,
        why: "Frames that nothing fills read as the fill value, and frames filled twice show one of two images.",
        fix: "Write the mappings anew: one for each block of frames, one after the other.",
        references: ["HDF5 virtual datasets", "cctbx/dxtbx#285"],
        needs: ["FILE-006"],
        checks: [.tree(unmappedFrames)])
}

private func unmappedFrames(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    for virtual in view.virtualStacks(in: files) where verdicts.isSound(Subject(.dataset, virtual.path)) {
        guard let coverage = virtual.coverage(view), !coverage.isWhole else { continue }
        let found: String
        if coverage.firstFault != nil || coverage.mapped < coverage.frames {
            let fault = coverage.isDoubled ? "doubly mapped" : "unmapped"
            found =
                "virtual dataset '\(Wording.excerpt(virtual.path, limit: 80))' maps \(coverage.mapped) of \(coverage.frames) frames (first \(fault) frame index "
                + "\(coverage.firstFault ?? coverage.mapped))"
        } else if let area = coverage.unfilled {
            found =
                "virtual dataset '\(Wording.excerpt(virtual.path, limit: 80))' maps nothing to \(words(area, of: virtual.stack)) of any frame"
        } else {
            continue
        }
        verdicts.report(
            found, at: [.object(path: virtual.path, attribute: nil)],
            values: [("mapped", .integer(coverage.mapped)), ("frames", .integer(coverage.frames))],
            subjects: [Subject(.dataset, virtual.path)])
    }
}

private func words(_ area: Area, of stack: FrameStack) -> String {
    let plane = stack.whole.planes.count > 1 ? "plane \(area.planes.lowerBound), " : ""
    return "\(plane)rows \(area.slow.lowerBound)-\(area.slow.upperBound - 1) and columns "
        + "\(area.fast.lowerBound)-\(area.fast.upperBound - 1)"
}
