// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Remote
import RuleEngine

extension Rule {
    static let data005 = Rule(
        "DATA-005", .C, "server cannot send part of a file", applies: .imgCIF,
        parameters: [
            Parameter(
                "size", "size up to which a file is fetched as a whole without harm", 100, unit: "MB",
                limits: 1...1_000_000)
        ],
        what: """
            With --online alone: whether the server of a location sends parts of the file, of files above a size. A server \
            that does not say how large its file is passes. No corpus file shows it: tests have a server of their own.
            """,
        why: "Whoever wants to see one frame has to fetch the whole file.",
        fix: "Put the file on a server that answers to Range, or divide the archive by scans.",
        references: ["RFC 9110 section 14", "jamesrhester/ImgCIFHandler.jl:src/imgcif_base.jl"],
        needs: ["DATA-004"],
        checks: [.archive(wholeFilesAlone)])
}

private func wholeFilesAlone(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    guard let remote = view.sightsForRules(&verdicts) else { return }
    let limit = verdicts.number("size") * 1e6
    for sight in remote.sights {
        guard case .answered(let answer) = sight.outcome else {
            verdicts.notChecked(RemoteView.unanswered)
            continue
        }
        guard !answer.hasRanges, let size = answer.size, Double(size) > limit else { continue }
        let megabytes = Wording.number((Double(size) / 1e6).rounded())
        verdicts.report(
            "'\(sight.shown)' (\(megabytes) MB) is sent only as a whole; one frame costs \(megabytes) MB",
            at: sight.places,
            values: [("uri", .text(sight.location)), ("size", .integer(size))], count: sight.rows,
            subjects: [Subject(.category, "parts of " + sight.location)])
    }
}
