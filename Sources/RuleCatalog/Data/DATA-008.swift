// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let data008 = Rule(
        "DATA-008", .A, "image files are not in the archive", applies: .imgCIF,
        what: """
            Every file that a row names is there: a member of the archive, a file of the folder that --sub or --local puts \
            in its place, or a file beside the description. Names are compared as they are written; other case, './' in \
            front, and a first folder too many or too few are tried and offered. A member of an archive without a byte is told as well. Locations that the run does not open, \
            and files beside the description of which none is there, are not checked.
            """,
        why: "Programs look for the frames under these names and do not find them.",
        fix: "Pack the missing files, or write the names that the files have in the archive.",
        references: ["imgCIF _array_data_external_data.archive_path"],
        checks: [.archive(missingFiles)])
}

private func missingFiles(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for group in view.groups {
        let location = Wording.excerpt(group.location, limit: 80)
        let of = location.isEmpty ? "" : " of '\(location)'"
        switch group.state {
        case .passedOver(let why):
            verdicts.notChecked(.mode("\(group.files) file\(group.files == 1 ? "" : "s")\(of): \(why)"))
        case .unread(let why): verdicts.notChecked(.unread("files\(of): \(why)"))
        case .looked: break
        }
        tellEmpty(group, location, &verdicts)
        guard let first = group.missing.first else { continue }
        let count = group.missing.count
        let verb = count == 1 ? "is" : "are"
        let place = group.words.isEmpty ? " \(verb) not in '\(location)'" : "\(of) \(verb) not \(group.words)"
        let hint = group.hint.map { "; found \($0)" } ?? ""
        verdicts.report(
            "\(count) of \(group.files) image files\(place) (first '\(Wording.excerpt(first.name, limit: 80))')\(hint)",
            at: group.missing.prefix(Engine.placeLimit).map(\.place),
            values: [
                ("n", .integer(count)), ("frames", .integer(group.files)), ("archive", .text(group.location)),
                ("member", .text(first.name)),
                ("members", .list(group.missing.prefix(10_000).map { .text($0.name) })),
            ] + (group.hint.map { [("prefix", .text($0))] } ?? []), count: count,
            subjects: [Subject(.category, "files of " + group.location, in: group.scope)])
    }
}

private func tellEmpty(_ group: ArchiveView.Group, _ location: String, _ verdicts: inout Verdicts) {
    guard let first = group.empty.first else { return }
    let count = group.empty.count
    verdicts.report(
        "\(count) of \(group.files) image files in '\(location)' \(count == 1 ? "is" : "are") empty (first "
            + "'\(Wording.excerpt(first.name, limit: 80))')",
        at: group.empty.prefix(Engine.placeLimit).map(\.place),
        values: [
            ("n", .integer(count)), ("frames", .integer(group.files)), ("archive", .text(group.location)),
            ("member", .text(first.name)),
        ], count: count, subjects: [Subject(.category, "files of " + group.location, in: group.scope)])
}
