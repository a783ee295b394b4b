// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let beam005 = Rule(
        "BEAM-005", .C, "wavelength is not that of the named X-ray tube", applies: .both,
        parameters: [
            Parameter("tolerance", "Departure that passes", 0.005, unit: "ratio", limits: 0.0001...0.05)
        ],
        what: """
            Where a target (_diffrn_source.target) or a line (Mo K-alpha) is named, one of the wavelengths is its \
            K-alpha: the weighted mean or K-alpha1. Cr, Fe, Co, Cu, Ga, Mo, Ag and In are known; K-beta is passed over.
            """,
        why: "Cell, distance or resolution come out wrong by the ratio of the two wavelengths.",
        fix: "Correct the wavelength, or the name of the target.",
        references: ["cif_core _diffrn_radiation_wavelength.type, _diffrn_source.target", "cctbx/dxtbx#800"],
        needs: ["BEAM-001"],
        reads: [.wavelength, .places],
        checks: [.experiment(wavelengthOfTube)])
}

/// K-alpha of targets in ångströms: weighted mean, and K-alpha1.
///
/// - Source: International Tables for Crystallography C, 4.2.2; for Ga and In the row of the catalogue.
private let lines: [(element: String, mean: Double, first: Double)] = [
    ("Cr", 2.29100, 2.28970), ("Fe", 1.93736, 1.93604), ("Co", 1.79026, 1.78897), ("Cu", 1.54184, 1.54056),
    ("Ga", 1.34139, 1.34009), ("Mo", 0.71073, 0.70930), ("Ag", 0.56087, 0.55941), ("In", 0.51359, 0.51212),
]

private func wavelengthOfTube(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let wavelengths = view.experiment.beam.wavelengths, !wavelengths.value.isEmpty,
        view.experiment.beam.probe?.value ?? .xray == .xray,
        verdicts.areSound([verdicts.subject(.category, "wavelength")]),
        let (words, place, line) = namedLine(view)
    else { return }
    let tolerance = verdicts.number("tolerance")
    let isMet = (wavelengths.value + [view.experiment.beam.meanWavelength].compactMap(\.self)).contains { value in
        [line.mean, line.first].contains { abs(value - $0) <= tolerance * $0 }
    }
    guard !isMet, let value = view.experiment.beam.meanWavelength else { return }
    verdicts.report(
        "radiation is '\(Wording.excerpt(words))', the wavelength \(Wording.number(value)) angstrom; "
            + "\(Wording.number(line.mean)) angstrom is expected",
        at: wavelengths.places + [place],
        values: [
            ("type", .text(words)), ("value", .quantity(value, unit: "angstrom")),
            ("expected", .quantity(line.mean, unit: "angstrom")),
        ], subjects: [verdicts.subject(.category, "wavelength")])
}

/// The text that names a target or its K-alpha, and the line; nil where none does, or several do not agree.
private func namedLine(
    _ view: ExperimentView
) -> (words: String, place: Place, line: (element: String, mean: Double, first: Double))? {
    var found: [(words: String, place: Place, line: (element: String, mean: Double, first: Double))] = []
    if let block = view.block {
        if let column = block.column("_diffrn_source.target"), column.count == 1, let text = column.text(0),
            let line = lines.first(where: { $0.element.lowercased() == text.lowercased() })
        {
            found.append((text, column.place(0), line))
        }
        for column in ["_diffrn_radiation.type", "_diffrn_radiation_wavelength.type"].compactMap(block.column) {
            for row in 0..<min(column.count, 8) {
                guard let text = column.text(row), let line = line(in: text) else { continue }
                found.append((text, column.place(row), line))
            }
        }
    } else {
        for text in [view.experiment.identity.sourceType, view.experiment.identity.facility] {
            guard let text, let place = text.origin.place, let line = line(in: text.value) else { continue }
            found.append((text.value, place, line))
        }
    }
    guard let first = found.first, found.allSatisfy({ $0.line.element == first.line.element }) else { return nil }
    return first
}

/// The K-alpha that a text such as 'Mo K\a', 'CuKα1' or 'Ag K-alpha' names; nil for K-beta.
private func line(in text: String) -> (element: String, mean: Double, first: Double)? {
    let letters = Array(text)
    for start in letters.indices where start == 0 || !letters[start - 1].isLetter {
        guard start + 2 < letters.count else { break }
        guard let line = lines.first(where: { $0.element == String(letters[start...(start + 1)]) }) else { continue }
        let rest = letters[(start + 2)...].drop { " -_".contains($0) }
        guard rest.first == "K" else { continue }
        let sign = rest.dropFirst().drop { " -_\\\\~".contains($0) }.first
        if let sign, !"aAαL".contains(sign) { continue }
        return line
    }
    return nil
}
