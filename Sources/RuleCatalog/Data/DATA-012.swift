// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let data012 = Rule(
        "DATA-012", .A, "archive is damaged", applies: .both,
        what: """
            The archives that are opened. ZIP, also with 64-bit places: the directory, the headers and the CRC-32 of the \
            members that are read; members of HDF5 that are stored as they are, are read in place and not summed up. TAR: the \
            checksums of headers, the length of members, the end marker, whose absence alone is told at C. Compressed TAR: \
            the checksum of the stream too. What stands in the place of an archive and is none is told here. A member that \
            is encrypted cannot be read by anybody who has no password.
            """,
        why: "Frames are lost or changed, and a program that unpacks the archive stops in the middle.",
        fix: "Fetch or upload the archive again, compare its checksum with that of the original, or pack it again.",
        references: [
            "PKWARE APPNOTE.TXT 6.3.10", "RFC 1952", "POSIX.1-2017 pax",
            "imgCIF _array_data_external_data.archive_format",
        ],
        checks: [.archive(damagedArchives)])
}

private func damagedArchives(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for group in view.groups {
        let location = Wording.excerpt(group.location, limit: 80)
        let places = [group.place]
        let subjects = [Subject(.category, "archive " + group.location, in: group.scope)]
        let faults = group.faults.filter { $0.kind == .damaged }
        if let first = faults.first {
            let member = first.member.map { "member '\(Wording.excerpt($0, limit: 80))' " } ?? ""
            let more = faults.count == 1 ? "" : "; \(faults.count) faults in all"
            let lost =
                group.beyondCut == 0
                ? ""
                : "; \(group.beyondCut) of the \(group.files) files that rows name \(group.beyondCut == 1 ? "is" : "are") not in "
                    + "what can be read"
            verdicts.report(
                "'\(location)': \(member)\(first.words)\(more)\(lost)", at: places,
                values: [
                    ("archive", .text(group.location)), ("fault", .text(first.words)), ("n", .integer(faults.count)),
                ] + (first.member.map { [("member", .text($0))] } ?? []), count: faults.count, subjects: subjects)
        }
        for fault in group.faults where fault.kind == .unended {
            verdicts.report(
                "'\(location)' \(fault.words)", at: places,
                values: [("archive", .text(group.location)), ("fault", .text(fault.words))], subjects: subjects,
                level: .C)
        }
        for fault in group.faults where fault.kind == .unread {
            let member = fault.member.map { "member '\(Wording.excerpt($0, limit: 80))' of " } ?? ""
            verdicts.notChecked(.unread("\(member)'\(location)': \(fault.words)"))
        }
    }
}
