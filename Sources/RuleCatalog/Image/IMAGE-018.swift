// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

extension Rule {
    static let image018 = Rule(
        "IMAGE-018", .B, "image header contradicts itself", applies: .imgCIF,
        what: """
            Within one comment header: an item that stands twice with unlike values; an Oscillation_axis whose own \
            increment is 0, or another than Angle_increment, while another axis has one; the name of a detector against \
            the size of its pixels and against more pixels than it has.
            """,
        why: "Programs take the first or the last value, and whoever reads the header another one.",
        fix: "Find out which value was measured, and leave the other one out.",
        references: ["PILATUS CBF header specification 1.4", "cctbx/dxtbx:src/dxtbx/format/FormatCBFMini.py"],
        needs: ["IMAGE-017"],
        checks: [.text(contradictions)])
}

private func contradictions(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        guard let header = reading.header else { continue }
        func report(_ sentence: String, _ entries: [ImageHeader.Entry]) {
            verdicts.report(
                sentence, at: entries.map(\.place), values: [("item", .text(entries.first?.key ?? ""))],
                subjects: [Subject(.category, "image header", in: block.name)])
        }
        for name in HeaderItem.Name.allCases {
            let lines = header.lines(of: name).filter { !$0.value.isEmpty }
            guard let first = lines.first, let other = lines.first(where: { differs($0, first, name) }) else {
                continue
            }
            let line = view.document.position(of: other.offset).line
            report(
                "\(first.key) is '\(Wording.excerpt(first.value, limit: 40))', and "
                    + "'\(Wording.excerpt(other.value, limit: 40))' in line \(line)", [first, other])
        }
        if let (sentence, entries) = turning(header) { report(sentence, entries) }
        if let sentence = detector(header, view.sections(of: block).first), let line = header.lines(of: .detector).first
        {
            report(sentence, [line])
        }
    }
}

/// Two lines of one item under the same key say different things; numbers count as numbers.
private func differs(_ a: ImageHeader.Entry, _ b: ImageHeader.Entry, _ name: HeaderItem.Name) -> Bool {
    guard a.value != b.value, let item = HeaderItem.named(name) else { return false }
    guard a.key.lowercased() == b.key.lowercased() || [.wavelength, .distance, .beamCentre].contains(name) else {
        return false
    }
    guard let x = item.numbers(in: a), let y = item.numbers(in: b), !x.isEmpty, x.count == y.count else {
        return a.value.split(separator: " ") != b.value.split(separator: " ")
    }
    return zip(x, y).contains { abs($0 - $1) > 1e-9 * max(abs($0), abs($1)) }
}

/// The axis that turns by one line and stands by another.
private func turning(_ header: ImageHeader) -> (String, [ImageHeader.Entry])? {
    guard let named = header.turningItem, let axis = header.lines(of: .oscillationAxis).first,
        let own = header.number(named.increment)?.value, let line = header.lines(of: named.increment).first
    else { return nil }
    let moving = ImageHeader.angleItems.first {
        $0.angle != named.angle && (header.number($0.increment)?.value ?? 0) != 0
    }
    if own == 0, let moving, let other = header.lines(of: moving.increment).first {
        return (
            "Oscillation_axis is '\(Wording.excerpt(axis.value, limit: 20))' with \(line.key) 0, and \(other.key) is "
                + "'\(Wording.excerpt(other.value, limit: 20))'", [axis, line, other]
        )
    }
    if let stated = header.number(.angleIncrement)?.value, abs(stated - own) > 1e-3 * max(abs(stated), abs(own)),
        let other = header.lines(of: .angleIncrement).first
    {
        return (
            "\(other.key) is '\(Wording.excerpt(other.value, limit: 20))', and \(line.key) of the axis that turns is "
                + "'\(Wording.excerpt(line.value, limit: 20))'", [other, line]
        )
    }
    return nil
}

/// A name of a family against its pixels; a region of interest has fewer pixels, and none has more.
private func detector(_ header: ImageHeader, _ section: CIF.BinarySection?) -> String? {
    guard let name = header.detector?.value, let family = DetectorFamilies.family(inName: name) else { return nil }
    let shown = Wording.excerpt(name, limit: 40)
    if let pixel = header.pixelSize?.value, let size = family.pixel, abs(pixel.fast / size - 1) > 0.02 {
        return "Detector is '\(shown)', whose pixels are \(Wording.number(size)) mm, and Pixel_size is "
            + "\(Wording.number(pixel.fast)) mm"
    }
    guard let section, let size = family.size else { return nil }
    let test = SectionTest(section)
    guard let fast = test.fast, let slow = test.slow, fast > size.fast || slow > size.slow,
        (fast, slow) != (size.slow, size.fast)
    else { return nil }
    return "Detector is '\(shown)', which has \(size.fast) x \(size.slow) pixels, and the image has \(fast) x \(slow)"
}
