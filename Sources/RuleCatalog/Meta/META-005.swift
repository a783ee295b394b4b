// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let meta005 = Rule(
        "META-005", .C, "text is a template or placeholder", applies: .both,
        what: """
            Block code, title, names, authors and descriptions say something: they are not empty, not '?', 'xxx', \
            'unknown', 'none' or '????', not a text in angle brackets or braces as templates have it, not the text of \
            printers (lorem ipsum), and not the name of what is to be written ('title', 'your sample', 'enter name here').
            """,
        why: "Readers and indexes take the placeholder for the name.",
        fix: "Write the name; when it is not known, write ? without quotes or leave the item out.",
        references: [
            "NXmx:/NXentry/NXinstrument/name", "nexusformat/definitions#1143",
            "COMCIFS/imgCIF_Creator:imgCIF_creator/core.py",
        ],
        reads: [.detectorName, .title, .places, .sample],
        checks: [.text(placeholdersOfCIF), .experiment(placeholdersOfNeXus)])
}

private let namingItems = [
    "_audit.block_code", "_audit_author.name", "_audit_contact_author.name", "_diffrn.crystal_id",
    "_diffrn.crystal_support", "_diffrn_source.facility", "_diffrn_source.beamline", "_diffrn_source.make",
    "_diffrn_source.type", "_diffrn_source.device", "_diffrn_source.details", "_diffrn_detector.id",
    "_diffrn_detector.make", "_diffrn_detector.type", "_diffrn_detector.description", "_diffrn_detector.details",
    "_diffrn_measurement.device", "_diffrn_measurement.details", "_diffrn_measurement.sample_support",
    "_diffrn_radiation.type", "_exptl_crystal.description", "_publ_author.name", "_publ_section.title",
]

private func placeholdersOfCIF(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        if Placeholder.matches(block.name) {
            tell("block code", block.name, .text(offset: block.offset, item: nil, row: nil), in: block.name, &verdicts)
        }
        for column in namingItems.compactMap(block.column) {
            for row in 0..<column.count {
                guard let text = column.text(row), Placeholder.matches(text) else { continue }
                tell(column.name, text, column.place(row), in: block.name, &verdicts)
            }
        }
    }
}

private func placeholdersOfNeXus(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block == nil else { return }
    let identity = view.experiment.identity
    let texts =
        [identity.title, identity.facility, identity.instrument, identity.beamline, identity.sample]
        + view.experiment.detectors.map(\.description)
    var told = Set<Place>()
    for text in texts {
        guard let text, let place = text.origin.place, Placeholder.matches(text.value), told.insert(place).inserted
        else { continue }
        var item = "text"
        if case .object(let path, _) = place.spot { item = path.split(separator: "/").suffix(2).joined(separator: "/") }
        tell(item, text.value, place, in: view.scope, &verdicts)
    }
}

private func tell(_ item: String, _ text: String, _ place: Place, in scope: String, _ verdicts: inout Verdicts) {
    verdicts.report(
        "\(item) is '\(Wording.excerpt(text))', a placeholder", at: [place],
        values: [("item", .text(item)), ("value", .text(text))], subjects: [Subject(.category, item, in: scope)])
}
