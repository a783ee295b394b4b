// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import ImgCIF
import RuleEngine

extension Rule {
    static let data014 = Rule(
        "DATA-014", .B, "sequence of image files has a gap", applies: .both,
        what: """
            Where each frame is a file of its own, the number at the end of the file name rises by one with the frame \
            number, with one offset for each scan; in NXmx the blocks data_000001, data_000002 … follow one another.
            """,
        why: """
            Images were lost or left out between the two: everything after the gap is at another angle than stated, or \
            is not read.
            """,
        fix: "Add the missing images, or describe the parts as two scans.",
        references: [
            "imgCIF _array_data_external_data.archive_path",
            "xia2/xia2#462",
            "xia2/xia2#868",
            "dials/dials#1153",
            "dials/dials#131",
            "dectris/neggia:src/dectris/neggia/plugin/H5ToXds.cpp",
        ],
        needs: ["LINK-004", "SCAN-007"],
        checks: [.experiment(gapsInFiles), .tree(gapsInBlocks)])
}

private func gapsInFiles(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let reading = view.reading else { return }
    let links = reading.links
    for scan in links.scans where verdicts.areSound([verdicts.subject(.scan, scan.id)]) {
        let frames = scan.frames.map(Int.init).filter { links.numbers[$0] != nil }
            .sorted { (links.numbers[$0] ?? 0) < (links.numbers[$1] ?? 0) }
        var last: (number: Int, file: NumberedFile, name: String)?
        for frame in frames {
            guard let number = links.numbers[frame], let image = links.images(ofFrame: frame).first,
                image.externalRow >= 0, let name = reading.externalData.fileName(Int(image.externalRow))
            else {
                last = nil
                continue
            }
            if let before = last, before.name == name {
                last = (number, before.file, name)
                continue
            }
            guard let file = NumberedFile(name) else {
                last = nil
                continue
            }
            defer { last = (number, file, name) }
            guard let before = last, before.file.stem == file.stem else { continue }
            let missing = (file.number &- before.file.number) &- (number &- before.number)
            guard missing > 0, before.file.number != file.number else { continue }
            verdicts.report(
                "scan '\(scan.id)': '\(Wording.excerpt(before.name))' is followed by '\(Wording.excerpt(name))'; \(missing) "
                    + "image\(missing == 1 ? " is" : "s are") missing",
                at: [view.framePlace(frame)],
                values: [
                    ("scan", .text(scan.id)), ("file", .text(before.name)), ("next", .text(name)),
                    ("n", .integer(missing)),
                ],
                subjects: [verdicts.subject(.category, "files of " + scan.id)])
        }
    }
}

private func gapsInBlocks(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files, view.definition == "NXmx" else { return }
    for group in files.main.objects where group.attribute("NX_class")?.value.firstString == "NXdata" {
        let blocks = group.links.map(\.name).filter { $0.hasPrefix("data_") && ImageDataset.isBlock($0) }
            .compactMap(NumberedFile.init).sorted { $0.number < $1.number }
        for (before, next) in zip(blocks, blocks.dropFirst()) where next.number > before.number &+ 1 {
            let missing = next.number &- before.number &- 1
            verdicts.report(
                "'\(before.name)' is followed by '\(next.name)'; \(missing) block\(missing == 1 ? " is" : "s are") missing",
                at: [.object(path: files.main.path(of: group.id), attribute: nil)],
                values: [("file", .text(before.name)), ("next", .text(next.name)), ("n", .integer(missing))],
                subjects: [Subject(.dataset, "blocks")])
        }
    }
}
