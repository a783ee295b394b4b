// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let data030 = Rule(
        "DATA-030", .B, "location names a page or a foreign path, not a file", applies: .imgCIF,
        what: """
            From the text alone: a location that is a DOI, the landing page of a repository or a viewer; a member with \
            a backslash; a format, kind of archive or compression that the ending of the name contradicts.
            """,
        why: "A program that fetches the location gets a page of HTML, or opens the file as something that it is not.",
        fix: "Write the address of the file itself, as the download link of the archive gives it.",
        references: ["gbif/portal-feedback#4334", "imgCIF _array_data_external_data.uri, .archive_format, .format"],
        needs: ["DATA-002", "DATA-010", "DATA-013"],
        checks: [.text(locationsOfPages)])
}

private func locationsOfPages(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        let data = reading.externalData
        var found = ExternalRows()
        let hasPaths = !verdicts.isTold(Subject(.category, "array_data_external_data", in: block.name))
        let areSafe = !verdicts.isTold(Subject(.category, "archive_path", in: block.name))
        // Thousands of rows in a row name one location.
        for run in data.runs(of: [.uri, .archiveFormat, .format]) {
            guard let uri = data.text(.uri, run.lowerBound), !uri.isEmpty,
                !verdicts.isTold(Subject(.category, "location " + uri, in: block.name))
            else { continue }
            let location = Location(uri)
            if let page = LocationKind.page(location) {
                found.add(
                    page, run, at: { data.place(.uri, $0) },
                    "location '\(Wording.excerpt(location.masked, limit: 80))' names \(page)")
                continue
            }
            if let archive = contradictedArchive(data, run.lowerBound, location) {
                found.add(archive, run, at: { data.place(.uri, $0) }, archive)
            }
            if areSafe { addBackslashes(data, run, &found) }
            if hasPaths { addContradictedFormats(data, run, &found) }
        }
        for group in found.groups {
            verdicts.report(
                group.words + group.number, at: group.places, values: [("n", .integer(group.rows.count))],
                count: group.rows.count, subjects: [Subject(.category, "kinds of locations", in: block.name)])
        }
    }
}

private func addBackslashes(_ data: ExternalData, _ run: Range<Int>, _ found: inout ExternalRows) {
    guard let members = data.column(.archivePath) else { return }
    for row in run where members.holds(UInt8(ascii: "\\"), row) {
        guard let member = members.text(row) else { continue }
        found.add(
            "\\", row, at: data.place(.archivePath, row),
            "member '\(Wording.excerpt(member))' has a backslash, which parts no folders in an archive")
    }
}

/// Names whose ending says another format than the one stated for all rows of the run.
private func addContradictedFormats(_ data: ExternalData, _ run: Range<Int>, _ found: inout ExternalRows) {
    guard let stated = data.text(.format, run.lowerBound)?.uppercased(),
        ["CBF", "HDF5", "TIFF", "SMV"].contains(stated)
    else { return }
    for row in run where !data.endsAsBefore(row, in: run) {
        guard let name = data.fileName(row),
            let told = LocationKind.format(LocationKind.fileName(Location(name).path)), told != stated
        else { continue }
        let rows = row..<(run[(row + 1)...].first { !data.endsAsBefore($0, in: run) } ?? run.upperBound)
        found.add(
            stated + told, rows, at: { data.place(.format, $0) },
            "format is \(stated), but '\(data.shownFile(row))' ends as \(told)")
    }
}

/// The kind of archive as stated against the ending; where no kind is stated, an ending of an archive with a member.
private func contradictedArchive(_ data: ExternalData, _ row: Int, _ location: Location) -> String? {
    let name = LocationKind.fileName(location.path)
    let shown = Wording.excerpt(String(name), limit: 60)
    guard let told = LocationKind.archive(name) else {
        guard let stated = data.text(.archiveFormat, row), let format = LocationKind.format(name) else { return nil }
        return "archive_format is \(Wording.excerpt(stated, limit: 20)), but '\(shown)' ends as \(format)"
    }
    guard let stated = data.text(.archiveFormat, row)?.uppercased() else {
        return "'\(shown)' ends as \(told), and no archive_format says so"
    }
    let same = ["TBZ2": "TBZ", "TAR.GZ": "TGZ", "TAR.BZ2": "TBZ", "TAR.XZ": "TXZ"][stated] ?? stated
    return same == told
        ? nil : "archive_format is \(Wording.excerpt(stated, limit: 20)), but '\(shown)' ends as \(told)"
}
