// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import NeXus
import RuleEngine

extension Rule {
    static let scan017 = Rule(
        "SCAN-017", .C, "time stamp has no time zone", applies: .both,
        what: """
            Time zones of dates: Z, +hh:mm or +hhmm. A date alone and the zone -00:00 count as without zone. One \
            finding for a file.
            """,
        why: "Times without a zone are off by hours to anybody in another place or season.",
        fix: "Write the zone behind the time, for instance 2026-11-20T09:30:00Z.",
        references: ["NeXus manual, dates and times", "nexusformat/definitions#805", "nexusformat/definitions#966"],
        checks: [.text(datesWithoutZone), .conformance])
}

/// Dates of scans and frames in imgCIF; those of frames pass beside a start with a zone.
private func datesWithoutZone(_ view: TextView, _ verdicts: inout Verdicts) {
    var places: [Place] = []
    var first: (item: String, value: String)?
    var count = 0
    for block in view.blocks {
        let start = block.column("_diffrn_scan.date_start")?.texts().compactMap { $0 } ?? []
        let isZoned = !start.isEmpty && start.allSatisfy { Timestamp($0) == .complete }
        for column in block.dateColumns where !(isZoned && column.folded == "_diffrn_scan_frame.date") {
            for (value, rows) in column.distinct where Timestamp(value) == .withoutZone {
                first = first ?? (column.name, value)
                count += rows.count
                places += rows.prefix(Engine.placeLimit).map { column.place($0) }
            }
        }
    }
    guard let first else { return }
    verdicts.report(
        "\(count) time stamp\(count == 1 ? " has" : "s have") no time zone (first: \(first.item) = "
            + "'\(Wording.excerpt(first.value))')",
        at: places, values: [("n", .integer(count)), ("item", .text(first.item)), ("value", .text(first.value))],
        count: count, subjects: [Subject(.category, "time zones")])
}

extension NXFault.Gathered {
    var toldAsTimes: Told {
        Told(
            "\(count) time stamp\(plural) \(count == 1 ? "has" : "have") no time zone (first: \(names.first ?? ""))",
            items: names)
    }
}
