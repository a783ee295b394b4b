// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let image003 = Rule(
        "IMAGE-003", .B, "element type of the image differs from the description", applies: .both,
        what: """
            X-Binary-Element-Type of the binary section against _array_structure.encoding_type, where both stand; frames \
            are not decoded yet.
            """,
        why: "Readers take flags of -1 for the greatest count, or half of each pixel for a pixel.",
        fix: "Write into _array_structure.encoding_type the type that the image has.",
        fixInNeXus: "Store the frames in the type that is stated.",
        references: ["imgCIF _array_structure.encoding_type", "imgCIF _array_data.data"],
        needs: ["CIF-010"],
        checks: [.text(typesOfSections)])
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
