// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import NeXus
import RuleEngine

extension Rule {
    static let scan016 = Rule(
        "SCAN-016", .B, "time stamp cannot be read", applies: .both,
        what: """
            Every date of a field of type NX_DATE_TIME, of any definition, dates among the attributes of the root, \
            and the dates of scans and frames in imgCIF and of the headers of images: the form of ISO 8601 that RFC 3339 and xs:dateTime ask for, \
            with a day that the calendar has. Other forms of ISO 8601, such as the zone '+01', are not read; no zone \
            at all belongs to SCAN-017.
            """,
        why: "Programs cannot order the measurements in time, and some stop at the value.",
        fix: "Write YYYY-MM-DDThh:mm:ss with fraction and zone, for instance 2026-11-20T09:30:00.123Z.",
        references: [
            "nxdlTypes.xsd ISO8601 (a restriction of xs:dateTime)",
            "RFC 3339 section 5.6",
            "imgCIF _diffrn_scan.date_start",
            "dials/data-files kapton_test_data (2018-12-13T15:51Z34.902)",
        ],
        reads: [.times],
        checks: [.text(unreadableDates), .text(unreadableDatesOfHeaders), .conformance])
}

/// A day or an hour that no calendar has, in the header of an image; its other forms are as many as beamlines.
private func unreadableDatesOfHeaders(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        guard let date = reading.header?.date else { continue }
        let start = String(date.value.prefix(19))
        guard start.utf8.count == 19, zip(start.utf8, "0000-00-00T00:00:00".utf8).allSatisfy(isOfForm),
            DateText.normalised(start, zone: nil) == nil
        else { continue }
        verdicts.report(
            "date of the header = '\(Wording.excerpt(date.value))' is no day and hour of the calendar", at: date.places,
            values: [("value", .text(date.value))], subjects: [Subject(.category, "date of the header", in: block.name)]
        )
    }
}

private func isOfForm(_ byte: UInt8, _ asked: UInt8) -> Bool {
    asked == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == asked
}

/// Dates of scans and frames in imgCIF.
private func unreadableDates(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        for column in block.dateColumns {
            let unreadable = column.distinct.filter { Timestamp($0.value) == .unreadable }
            guard let first = unreadable.first else { continue }
            let alike = unreadable.count > 1 ? " (\(unreadable.count) values alike)" : ""
            verdicts.report(
                "\(column.name) = '\(Wording.excerpt(first.value))' \(Timestamp.fault(of: first.value))\(alike)",
                at: unreadable.flatMap { $0.rows.prefix(1) }.prefix(Engine.placeLimit).map { column.place($0) },
                values: [("item", .text(column.name)), ("value", .text(first.value))],
                count: unreadable.reduce(0) { $0 + $1.rows.count },
                subjects: [Subject(.category, column.folded, in: block.name)])
        }
    }
}

extension CIF.Block {
    /// The items that hold a date and time of a scan or a frame.
    var dateColumns: [CIF.Column] {
        [
            "_diffrn_scan.date_start", "_diffrn_scan.date_end", "_diffrn_scan.date_end_estimated",
            "_diffrn_scan_frame.date",
        ]
        .compactMap(column)
    }
}

extension NXFault.UnreadableTime {
    var told: Told {
        if text.allSatisfy(\.isWhitespace) { return Told("\(name) is empty and no date and time") }
        return Told("\(name) = \(quoted(text)) \(Timestamp.fault(of: text))")
    }
}
