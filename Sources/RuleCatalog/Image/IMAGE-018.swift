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
            Within one comment header: an item, or the date, that stands twice with unlike values; a dead time (Tau) as \
            long as the exposure; beam centres of SMV whose keys have one meaning and disagree by more than a pixel, or \
            a BEAM_CENTER that none of its usages brings to theirs; an Oscillation_axis whose own \
            increment is 0, or another than Angle_increment, while another axis has one, or whose own angle is another \
            than Start_angle; the name of a detector against \
            the size of its pixels and against more pixels than it has.
            """,
        why: "Programs take the first or the last value, and whoever reads the header another one.",
        fix: "Find out which value was measured, and leave the other one out.",
        references: ["PILATUS CBF header specification 1.4", "cctbx/dxtbx:src/dxtbx/format/FormatCBFMini.py"],
        needs: ["IMAGE-017"],
        checks: [.text(contradictions), .experiment(contradictionsOfImage)])
}

private func contradictions(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        guard let header = reading.header else { continue }
        let section = view.sections(of: block).first.map(SectionTest.init)
        let size = section.flatMap { test in test.fast.flatMap { fast in test.slow.map { (fast, $0) } } }
        report(header, size, Subject(.category, "image header", in: block.name), &verdicts) {
            "line \(view.document.position(of: $0.offset).line)"
        }
    }
}

private func contradictionsOfImage(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let header = view.imageHeader else { return }
    let size = view.experiment.detectors.first?.panels.first?.size.map { ($0.fast, $0.slow) }
    report(header, size, verdicts.subject(.category, "image header"), &verdicts) { _ in "a later line" }
}

/// - Parameter line: Words for the line of an entry.
private func report(
    _ header: ImageHeader, _ size: (fast: Int, slow: Int)?, _ subject: Subject, _ verdicts: inout Verdicts,
    line: (ImageHeader.Entry) -> String
) {
    var told: [(sentence: String, entries: [ImageHeader.Entry])] = []
    for name in HeaderItem.Name.allCases {
        let lines = header.lines(of: name).filter { !$0.value.isEmpty }
        guard let first = lines.first, let item = header.vocabulary.item(name),
            let other = lines.first(where: { differs($0, first, item) })
        else { continue }
        told.append(
            (
                "\(first.key) is '\(Wording.excerpt(first.value, limit: 40))', and "
                    + "'\(Wording.excerpt(other.value, limit: 40))' in \(line(other))", [first, other]
            ))
    }
    told += [header.centrePairContradiction, header.deadTimeContradiction].compactMap { $0 }
    if let turning = header.turningContradiction { told.append(turning) }
    if let sentence = header.detectorContradiction(size), let line = header.lines(of: .detector).first {
        told.append((sentence, [line]))
    }
    var sentences = told.map { ($0.sentence, $0.entries.map(\.place), $0.entries.first?.key ?? "") }
    if let (one, other) = header.dateContradiction {
        sentences.append(
            (
                "the date is '\(Wording.excerpt(one.value))', and '\(Wording.excerpt(other.value))'",
                one.places + other.places, "date"
            ))
    }
    if let (one, other) = header.centreContradiction {
        func words(_ centre: StatedBeamCentre) -> String {
            let numbers = [centre.value.fast, centre.value.slow].map { Wording.number($0) }.joined(separator: ", ")
            return "\(centre.item) is at (\(numbers)) \(centre.unit ?? "")"
        }
        sentences.append((words(one) + ", and " + words(other), [one.place, other.place], one.item))
    }
    for (sentence, places, item) in sentences {
        verdicts.report(sentence, at: places, values: [("item", .text(item))], subjects: [subject])
    }
}

/// Two lines of one item under the same key say different things; numbers count as numbers.
private func differs(_ a: ImageHeader.Entry, _ b: ImageHeader.Entry, _ item: HeaderItem) -> Bool {
    guard a.value != b.value else { return false }
    let isSameByAnyName: Set<HeaderItem.Name> = [
        .wavelength, .energy, .distance, .beamCentre, .twoTheta, .threshold, .polarisation, .transmission,
    ]
    guard a.key.lowercased() == b.key.lowercased() || isSameByAnyName.contains(item.name) else { return false }
    if item.name == .sensor {
        let words = [a, b].map { $0.value.split(separator: " ").first?.lowercased() }
        if words[0] != words[1] { return true }
    }
    guard let x = item.numbers(in: a), let y = item.numbers(in: b), !x.isEmpty, x.count == y.count else {
        return a.value.split(separator: " ") != b.value.split(separator: " ")
    }
    return zip(x, y).contains { abs($0 - $1) > 1e-9 * max(abs($0), abs($1)) }
}
