// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import ImgCIF
import RuleEngine

extension Rule {
    static let link006 = Rule(
        "LINK-006", .A, "two frames lead to the same image", applies: .both,
        what: """
            Two frames do not lead to the same image: location, member of the archive, path and frame of the external \
            rows are unique after defaults are filled in, and a row of ARRAY_DATA belongs to one frame and element. In \
            NeXus no two frames lead to the same frame of one dataset, through links and virtual datasets of any depth.
            """,
        why: "One of the two frames is shown with the pixels of the other, and counts twice in merging.",
        fix: "Give each frame the frame number, path or member of its own image.",
        references: ["imgCIF _array_data_external_data.frame", "dials/dials#324", "cctbx/cctbx_project#271"],
        needs: ["LINK-004", "LINK-013"],
        checks: [.text(sharedImages), .tree(sharedFrames)])
}

private func sharedImages(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) where reading.kind == .imgCIF {
        let links = reading.links
        guard verdicts.areSound(links.scans.map { Subject(.scan, $0.id, in: block.name) }) else { continue }
        guard reading.frames.map.mayShareImages else { continue }
        let external = ImageKeys(reading.externalData)
        let elements = block.column("_diffrn_data_frame.detector_element_id")
        func element(_ row: Int32) -> String? { row < 0 ? nil : elements?.text(Int(row)) }
        var owner: [ImageKey: (frame: Int, dataFrame: Int32)] = [:]
        var pairs: [(first: Int, second: Int, image: ImageKey)] = []
        for frame in 0..<links.frameCount {
            for image in links.images(ofFrame: frame)
            where image.missing == nil && !reading.externalData.isOpen(Int(image.externalRow)) {
                let key = image.isEmbedded ? ImageKey(embedded: image.arrayDataRow) : external.key(image.externalRow)
                if let known = owner[key] {
                    // A row that stands twice is told by the key of its category.
                    let isRepeated =
                        known.frame == frame
                        ? known.dataFrame == image.dataFrameRow
                            || element(known.dataFrame) != nil
                                && element(known.dataFrame) == element(image.dataFrameRow)
                        : links.isOneFrame(known.frame, frame)
                    if !isRepeated {
                        pairs.append((known.frame, frame, key))
                    }
                } else {
                    owner[key] = (frame, image.dataFrameRow)
                }
            }
        }
        guard let first = pairs.first else { continue }
        func name(_ frame: Int) -> String { links.frameID(frame).map { "'\($0)'" } ?? "\(frame + 1)" }
        verdicts.report(
            "frames \(name(first.first)) and \(name(first.second)) lead to the same image "
                + "'\(external.words(first.image))' (\(pairs.count) such pair\(pairs.count == 1 ? "" : "s"))",
            at: pairs.prefix(Engine.placeLimit).map { framePlace(block, $0.second) },
            values: [("n", .integer(pairs.count))], count: pairs.count,
            subjects: [Subject(.category, "images", in: block.name)])
    }
}

private func sharedFrames(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    for stack in view.imageStacks {
        guard let repeats = FrameRepeats(stack) else { continue }
        let store = view.frames.stores[repeats.store]
        let name = (store.file == 0 ? "" : files.files[store.file].name + ":") + store.path
        verdicts.report(
            "frames \(repeats.first + 1) and \(repeats.second + 1) lead to the same image "
                + "'\(Wording.excerpt(name, limit: 80)), frame \(repeats.frame + 1)' "
                + "(\(repeats.count) such pair\(repeats.count == 1 ? "" : "s"))",
            at: [.object(path: stack.path, attribute: nil)], values: [("n", .integer(repeats.count))],
            count: repeats.count, subjects: [Subject(.dataset, stack.path)])
    }
}

extension ExternalData {
    /// The row names an archive and nothing in it, or an unknown frame, which DATA-032 tells: which image is meant is open.
    fileprivate func isOpen(_ row: Int) -> Bool {
        if row >= 0, let frames = column(.frame), frames.kind(row) == .unknown { return true }
        guard row >= 0, let members = column(.archivePath) else {
            return row >= 0 && text(.archiveFormat, row) != nil
        }
        return members.kind(row).isNull && text(.archiveFormat, row) != nil
    }
}
