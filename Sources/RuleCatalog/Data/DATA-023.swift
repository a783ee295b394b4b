// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Remote
import RuleEngine

extension Rule {
    static let data023 = Rule(
        "DATA-023", .A, "archive differs from what its repository states", applies: .both,
        what: """
            With --online alone: locations of the form /records/NUMBER/files/NAME, as Zenodo and other InvenioRDM \
            repositories have them. The size that the interface of the repository states (/api/records/NUMBER/files) \
            against the size that the server sends and, where all of the file was read, its digest. Nothing of NeXus \
            files is looked at. No corpus file shows it: tests have a server of their own.
            """,
        why: "The file is cut, damaged or another one than was deposited.",
        fix:
            "Fetch the file, compare its digest with the page of the record, and write to the repository if they differ.",
        references: ["inveniordm.docs.cern.ch REST API, GET /api/records/{id}/files"],
        needs: ["DATA-024", "DATA-004"],
        checks: [.archive(otherThanStated)])
}

private func otherThanStated(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    guard let remote = view.sightsForRules(&verdicts) else { return }
    for sight in remote.sights {
        guard case .answered(let answer) = sight.outcome else {
            verdicts.notChecked(RemoteView.unanswered)
            continue
        }
        switch answer.statement {
        case .none(let words): verdicts.notChecked(.absent(words))
        case .unread(let words): verdicts.notChecked(.unread("'\(sight.shown)': \(words)"))
        case .file(let size, let algorithm, let stated, let found):
            let contrast: (stated: String, found: String)
            if let size, let own = answer.size, size != own {
                contrast = ("\(size) bytes", "\(own)")
            } else if let algorithm, let stated, let found, stated != found {
                contrast = ("\(algorithm) \(stated)", found)
            } else {
                if found == nil, stated != nil {
                    verdicts.notChecked(.mode("the digest takes all of the file, which is not fetched"))
                }
                continue
            }
            verdicts.report(
                "'\(sight.shown)': the repository states \(contrast.stated), the server sends \(contrast.found)",
                at: sight.places,
                values: [
                    ("uri", .text(sight.location)), ("stated", .text(contrast.stated)),
                    ("found", .text(contrast.found)),
                ], count: sight.rows, subjects: [Subject(.category, "locations")])
        }
    }
}
