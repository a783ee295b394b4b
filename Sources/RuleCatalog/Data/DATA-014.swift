// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import ImgCIF
import NeXus
import RuleEngine

extension Rule {
    static let data014 = Rule(
        "DATA-014", .B, "sequence of image files has a gap", applies: .both,
        what: """
            Where each frame is a file of its own, the number at the end of the file name rises by one with the frame \
            number, with one offset for each scan, and so does the frame within one file of HDF5 or TIFF; images in \
            the order reversed are told as such. In NXmx the blocks data_000001, data_000002 … follow one another. Images of one \
            file each that are read together leave no number out where the angles of their headers, or stills, tell of \
            an image there, and no file of that name is there.
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
        needs: ["LINK-004", "LINK-006", "SCAN-007"],
        checks: [.experiment(gapsInFiles), .tree(gapsInBlocks), .series(gapsInSeries)])
}

/// Where the numbers of the files of a scan leave their row.
private struct Breaks {
    let word: String
    var count = 0
    var images = 0
    var first: (before: String, next: String, frame: Int)?

    mutating func add(_ before: String, _ next: String, _ frame: Int, images: Int = 1) {
        count += 1
        self.images = self.images &+ images
        first = first ?? (before, next, frame)
    }
}

private func gapsInFiles(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    // An image that stands in the place of another leaves that one out.
    guard let reading = view.reading, verdicts.areSound([verdicts.subject(.category, "images")]) else { return }
    let links = reading.links
    for (place, scan) in links.scans.enumerated() where verdicts.areSound([verdicts.subject(.scan, scan.id)]) {
        let frames = scan.frames.map(Int.init).filter { links.numbers[$0] != nil }
            .sorted { (links.numbers[$0] ?? 0) < (links.numbers[$1] ?? 0) }
        if view.countsUp(place, frames) { continue }
        var gaps = Breaks(word: "missing")
        var falls = Breaks(word: "falling")
        var last: (number: Int, image: NumberedImage)?
        for frame in frames {
            guard let number = links.numbers[frame], let image = links.images(ofFrame: frame).first,
                image.externalRow >= 0, let file = NumberedImage(reading.externalData, Int(image.externalRow))
            else {
                last = nil
                continue
            }
            defer { last = (number, file) }
            guard let before = last, before.image.stem == file.stem, before.image.number != file.number else {
                continue
            }
            let missing = (file.number &- before.image.number) &- (number &- before.number)
            if file.number < before.image.number {
                falls.add(before.image.name, file.name, frame)
            } else if missing > 0 {
                gaps.add(before.image.name, file.name, frame, images: missing)
            }
        }
        report(gaps, scan.id, frames.count, view, &verdicts)
        report(falls, scan.id, frames.count, view, &verdicts)
    }
}

private func report(_ breaks: Breaks, _ scan: String, _ frames: Int, _ view: ExperimentView, _ verdicts: inout Verdicts)
{
    guard let first = breaks.first else { return }
    let next = "'\(Wording.excerpt(first.before))' is followed by '\(Wording.excerpt(first.next))'"
    let times = breaks.count == 1 ? "" : " at \(breaks.count) places"
    let words: String
    if breaks.word == "missing" {
        words = "\(next); \(breaks.images) image\(breaks.images == 1 ? " is" : "s are") missing\(times)"
    } else {
        words =
            breaks.count == frames - 1
            ? "\(next); the images run backwards" : "\(next); their numbers fall while the frames rise\(times)"
    }
    verdicts.report(
        "scan '\(scan)': \(words)", at: [view.framePlace(first.frame)],
        values: [
            ("scan", .text(scan)), ("file", .text(first.before)), ("next", .text(first.next)),
            ("n", .integer(breaks.images)),
        ], count: breaks.count, subjects: [verdicts.subject(.category, "files of " + scan)])
}
