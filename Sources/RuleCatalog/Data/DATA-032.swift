// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let data032 = Rule(
        "DATA-032", .A, "external row that no reader can follow", applies: .imgCIF,
        what: """
            From the text alone: a frame below 1, or one that is neither a number nor a section that the file \
            describes; a frame above 1 of a format that holds one image; an archive of which no member is named, and a \
            member of no archive.
            """,
        why: "No program can find the pixels of these rows, whatever the archive holds.",
        fix: "Count frames from 1, name the member of each image, and the kind of its archive.",
        references: ["imgCIF _array_data_external_data.frame, .archive_path, .archive_format"],
        needs: ["DATA-002"],
        checks: [.text(rowsNobodyFollows)])
}

private func rowsNobodyFollows(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        let data = reading.externalData
        let sections = SectionNames(block)
        var found = ExternalRows()
        for row in 0..<data.rowCount {
            if data.column(.frame)?.kind(row) == .unknown {
                found.add(
                    "unknown", row, at: data.place(.frame, row),
                    "row \(row + 1): frame is '?', and which image of the file is meant is not known")
            } else if let fault = faultOfFrame(data.frame(row), format: data.format(row), sections) {
                found.add(fault.kind, row, at: data.place(.frame, row), "row \(row + 1): \(fault.words)")
            }
            let (kind, member) = (data.text(.archiveFormat, row), data.text(.archivePath, row))
            if let kind, member == nil {
                found.add(
                    "archive", row, at: data.place(.archiveFormat, row),
                    "row \(row + 1): archive_format is \(Wording.excerpt(kind, limit: 20)), and no member is named")
            } else if let member, kind == nil, data.text(.uri, row).map(isNoArchive) ?? false {
                found.add(
                    "member", row, at: data.place(.archivePath, row),
                    "row \(row + 1): member '\(Wording.excerpt(member))' stands beside no archive_format")
            }
        }
        for group in found.groups {
            verdicts.report(
                group.words + group.number, at: group.places, values: [("n", .integer(group.rows.count))],
                count: group.rows.count, subjects: [Subject(.category, "external rows", in: block.name)])
        }
    }
}

/// A location whose ending tells of no archive; one that does belongs to DATA-030.
private func isNoArchive(_ uri: String) -> Bool {
    LocationKind.archive(LocationKind.fileName(Location(uri).path)) == nil
}

private func faultOfFrame(_ frame: String, format: String?, _ sections: SectionNames) -> (kind: String, words: String)?
{
    if let number = Number.whole(frame) {
        if number < 1 { return ("low", "frame is \(Wording.excerpt(frame, limit: 20)); frames count from 1") }
        if number > 1, let format, ["CBF", "SMV"].contains(format) {
            return (
                "one image", "frame is \(Wording.excerpt(frame, limit: 20)), and a file of \(format) holds one image"
            )
        }
        return nil
    }
    guard !sections.contains(frame) else { return nil }
    return ("section", "frame '\(Wording.excerpt(frame, limit: 40))' is neither a number nor a section of an array")
}

/// The names that a section in `frame` may begin with.
private struct SectionNames {
    private var names: Set<String> = []

    init(_ block: CIF.Block) {
        for item in ["_array_structure_list_section.id", "_array_structure.id", "_array_structure_list.array_id"] {
            if let column = block.column(item) { names.formUnion(column.codes().names) }
        }
    }

    /// "ID", or "ID(1:10, …)".
    func contains(_ frame: String) -> Bool {
        names.contains(frame) || names.contains(String(frame.prefix { $0 != "(" }))
    }
}

extension Number {
    /// A whole number as written, with a point or without; nil for a text.
    fileprivate static func whole(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        return Double(text).flatMap { Int(exactly: $0) }
    }
}
