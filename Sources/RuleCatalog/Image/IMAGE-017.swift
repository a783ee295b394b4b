// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

extension Rule {
    static let image017 = Rule(
        "IMAGE-017", .B, "header line carries a unit that readers do not read", applies: .imgCIF,
        what: """
            Every number of a comment header with a unit: the unit is the one that readers take whatever stands there, \
            metres (millimetres in SMV), seconds, angstrom, electronvolt, degrees or pixels. Another unit of the same kind is used here and \
            named; a word that is none is named as well, and so is a comma where a decimal point belongs.
            """,
        why:
            "Readers take the number in their own unit: a distance of 110 mm becomes 110 m, an exposure of 97 ms 97 s.",
        fix: "Write the number in the unit of the convention, with a point, such as 0.11000 m for Detector_distance.",
        references: [
            "cctbx/dxtbx:src/dxtbx/format/FormatCBFMini.py", "PILATUS CBF header specification 1.4",
        ],
        checks: [.text(foreignUnits), .experiment(foreignUnitsOfImage)])
}

private func foreignUnits(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        reportUnits(reading.header?.readings ?? [], &verdicts) { Subject(.category, $0, in: block.name) }
    }
}

private func foreignUnitsOfImage(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let header = view.imageHeader else { return }
    let whole = verdicts
    reportUnits(header.readings, &verdicts) { whole.subject(.category, $0) }
}

private func reportUnits(_ lines: [HeaderReading], _ verdicts: inout Verdicts, _ subject: (String) -> Subject) {
    var commas: [HeaderReading] = []
    for line in lines {
        guard let peculiarity = line.peculiarity, let quantity = line.item.quantity else { continue }
        let key = line.item.name == .sensor ? "the thickness of the sensor" : line.entry.key
        let taken = words(line.taken, quantity.unit)
        let sentence: String
        switch peculiarity {
        case .unit(let unit): sentence = "\(key) is \(words(line.taken, unit)); readers take \(taken)"
        case .unknownUnit(let word):
            sentence =
                "\(key) is \(words(line.taken, "'" + Wording.excerpt(word, limit: 20) + "'")), which is no unit of it; "
                + "readers take \(taken)"
        case .decimalComma:
            commas.append(line)
            continue
        }
        verdicts.report(
            sentence, at: [line.entry.place],
            values: [("item", .text(line.entry.key)), ("value", .text(line.entry.value))],
            subjects: [subject("header " + line.entry.key)])
    }
    guard let first = commas.first else { return }
    verdicts.report(
        "\(commas.count) number\(commas.count == 1 ? "" : "s") of the header \(commas.count == 1 ? "has" : "have") a "
            + "decimal comma (first \(first.entry.key) '\(Wording.excerpt(first.entry.value, limit: 40))'); "
            + "readers take \(words(first.taken, first.item.quantity?.unit ?? "")) or stop",
        at: commas.map(\.entry.place), values: [("n", .integer(commas.count))], count: commas.count,
        subjects: [subject("decimal commas")])
}

extension ExperimentView {
    /// The header of an SMV or TIFF image; that of a CBF belongs to its text.
    var imageHeader: ImageHeader? { kind == .smv || kind == .tiff ? reading?.header : nil }
}

/// "110 mm", "(120.5, 119.2) pixels".
private func words(_ numbers: [Double], _ unit: String) -> String {
    let texts = numbers.prefix(2).map { Wording.number($0, digits: 7) }
    let value = texts.count > 1 ? "(" + texts.joined(separator: ", ") + ")" : texts.first ?? "no number"
    return unit.isEmpty ? value : value + " " + unit
}
