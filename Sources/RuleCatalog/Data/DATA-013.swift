// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let data013 = Rule(
        "DATA-013", .A, "member name leaves the folder or cannot be stored", applies: .both,
        what: """
            The names of members of archives: no absolute path, no drive, no part '..', no control character, no folder, by the text \
            of _array_data_external_data.archive_path. Where the archive is opened also those of its members, and that \
            none is a link or a device, or is there twice; members of these kinds that no row names are told at C. None of \
            them is ever opened.
            """,
        why: "Unpacking such a member writes outside the folder, so programs refuse it, or find no member of the name.",
        fix: "Pack the archive again with names relative to its top folder, and write these.",
        references: ["RFC 8493 section 6", "imgCIF _array_data_external_data.archive_path"],
        checks: [.text(unsafeMembers), .archive(unsafeMembersOfArchives)])
}

private func unsafeMembers(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        let data = reading.externalData
        guard let column = data.column(.archivePath) else { continue }
        var found = ExternalRows()
        for row in 0..<min(data.rowCount, column.count) {
            guard mayLeave(column, row), let name = column.text(row), let fault = fault(of: name) else { continue }
            let archive = data.text(.uri, row).map { Wording.excerpt(Location($0).masked, limit: 80) } ?? "an archive"
            found.add(fault, row, at: column.place(row), "member '\(Wording.excerpt(name))' of '\(archive)' \(fault)")
        }
        for group in found.groups {
            verdicts.report(
                group.words + group.number, at: group.places, values: [("n", .integer(group.rows.count))],
                count: group.rows.count, subjects: [Subject(.category, "archive_path", in: block.name)])
        }
    }
}

/// False for a name that has no fault by its bytes: none of those that each fault needs.
private func mayLeave(_ column: CIF.Column, _ row: Int) -> Bool {
    var may = false
    column.withUTF8(row) { name in
        guard let name else { return }
        may = name.first == UInt8(ascii: "/") || name.last == UInt8(ascii: "/")
        for (index, byte) in name.enumerated() where byte < 0x30 || byte == 0x3A || byte == 0x7F {
            if byte < 0x20 || byte == 0x7F || byte == 0x3A { may = true }
            if byte == 0x2E, index > 0, name[index - 1] == 0x2E { may = true }
        }
    }
    return may
}

private func fault(of name: String) -> String? {
    let bytes = Array(name.utf8)
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "has a control character" }
    if name.hasPrefix("/") { return "is an absolute path" }
    if ["http://", "https://", "ftp://", "file:/"].contains(where: name.lowercased().hasPrefix) {
        return "is an address, and no name in an archive"
    }
    if bytes.count > 2, bytes[1] == UInt8(ascii: ":"), bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/"),
        (0x41...0x5A).contains(bytes[0] & 0xDF)
    {
        return "begins with the drive of a computer"
    }
    let parts = name.split { $0 == "/" || $0 == "\\" }
    if parts.contains("..") { return "leaves the folder by '..'" }
    return name.hasSuffix("/") ? "is a folder, and no file" : nil
}

/// Members of archives that were opened.
private func unsafeMembersOfArchives(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for group in view.groups {
        // What hurts whoever unpacks, or is named by a row, weighs more than a link that nobody needs.
        let harmless: Set<String> = ["is a link", "is a device or a pipe", "is there twice"]
        var told: [String: [ArchiveView.Group.Unsafe]] = [:]
        for one in group.unsafe {
            let isMild = !one.isDescribed && harmless.contains(one.words)
            told[(isMild ? "1" : "0") + one.words, default: []].append(one)
        }
        for (key, members) in told.sorted(by: { $0.key < $1.key }) {
            guard let first = members.first else { continue }
            let more = members.count == 1 ? "" : "; \(members.count) such members"
            verdicts.report(
                "member '\(Wording.excerpt(first.member))' of '\(Wording.excerpt(group.location, limit: 80))' \(first.words)\(more)",
                at: [group.place],
                values: [
                    ("member", .text(first.member)), ("archive", .text(group.location)),
                    ("n", .integer(members.count)),
                ], count: members.count, subjects: [Subject(.category, "members", in: group.scope)],
                level: key.hasPrefix("1") ? .C : nil)
        }
    }
}
