// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Frames
import ImageCodecs
import RuleEngine

extension Rule {
    static let image003 = Rule(
        "IMAGE-003", .B, "element type of the image differs from the description", applies: .both,
        what: """
            X-Binary-Element-Type of the binary section, or the type of images in files that the description names, \
            against _array_structure.encoding_type, where both stand, and \
            the pixels of the frames that --frames chooses: negative values under an unsigned \
            type are told, and those of 32 bits that are so great that they were written as negative ones.
            """,
        why: "Readers take flags of -1 for the greatest count, or half of each pixel for a pixel.",
        fix: "Write into _array_structure.encoding_type the type that the image has.",
        fixInNeXus: "Store the frames in the type that is stated.",
        references: ["imgCIF _array_structure.encoding_type", "imgCIF _array_data.data"],
        needs: ["CIF-010"],
        checks: [.text(typesOfSections), .frames(otherTypes)])
}

private func typesOfSections(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        for one in SectionOfArray.all(view, block) where one.section.fault == nil && one.test.fault == nil {
            guard let found = one.test.elementType, let stated = one.encoding, found != stated,
                SectionTest.bytes(of: stated) != nil
            else { continue }
            verdicts.report(
                "image of array '\(Wording.excerpt(one.array))' holds \(found), the description has \(stated)",
                at: [one.place], values: [("found", .text(found)), ("stated", .text(stated))],
                subjects: [Subject(.category, "type of " + one.array, in: block.name)])
        }
    }
}

/// Pixels that only another type than the stated one holds.
private func otherTypes(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) {
        if tellOfFiles(sight, &verdicts) || tellGreatValues(sight, &verdicts) { continue }
        let others = sight.facts.filter { one in one.facts.stated.map { $0 != one.facts.element } ?? false }
        guard let first = others.first, let stated = first.facts.stated else { continue }
        let lowest = first.facts.counts.lowestOfAll.map { "; lowest value \(Wording.number($0))" } ?? ""
        verdicts.report(
            "\(FrameSight.words(others.map(\.number))) of \(sight.words) \(others.count == 1 ? "holds" : "hold") "
                + "\(first.facts.element.words), the description has \(stated.words)\(lowest)",
            at: [sight.place(others.map(\.number))],
            values: [("found", .text(first.facts.element.words)), ("stated", .text(stated.words))],
            subjects: [sight.subject])
    }
}

/// Counts of an unsigned 32-bit image that no detector counts, and that are small negative numbers in a signed one.
///
/// The two greatest values are flags of many detectors.
private func tellGreatValues(_ sight: FrameSight, _ verdicts: inout Verdicts) -> Bool {
    let half = 2_147_483_648.0
    for (number, facts) in sight.facts where facts.element == .uint32 && (facts.stated ?? .uint32) == .uint32 {
        guard let value = facts.counts.greatestAbove ?? facts.counts.greatest, value >= half else { continue }
        verdicts.report(
            "frame \(number) of \(sight.words) holds values up to \(Wording.number(value)), which are negative "
                + "(\(Wording.number(value - 2 * half))) as signed integers; the description has \(ElementType.uint32.words)",
            at: [sight.place([number])], values: [("value", .number(value))], subjects: [sight.subject])
        return true
    }
    return false
}

/// Images of files that the description names, against the one type that it states.
private func tellOfFiles(_ sight: FrameSight, _ verdicts: inout Verdicts) -> Bool {
    guard let block = sight.part.view.block, let words = SectionOfArray.onlyEncoding(of: block),
        let stated = ElementType(words: words)
    else { return false }
    let others = sight.facts.filter { $0.facts.described != nil && $0.facts.element != stated }
    guard let first = others.first else { return false }
    verdicts.report(
        "\(FrameSight.words(others.map(\.number))) of \(sight.words) \(others.count == 1 ? "holds" : "hold") "
            + "\(first.facts.element.words), the description has \(words)",
        at: [sight.place(others.map(\.number))],
        values: [("found", .text(first.facts.element.words)), ("stated", .text(words))], count: others.count,
        subjects: [sight.subject])
    return true
}
