// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Remote
import RuleEngine

extension Rule {
    static let data004 = Rule(
        "DATA-004", .A, "location of external data does not answer", applies: .imgCIF,
        parameters: [
            Parameter(
                "timeout", "time until a connection stands; twice as long it may be silent", 30, unit: "s",
                limits: 1...600, checker: .seconds),
            Parameter(
                "retries", "requests that are sent again after a time-out or a fault of the server", 2, unit: "count",
                limits: 0...10, checker: .retries),
        ],
        what: """
            With --online alone: each location is asked for a part of its file. Nothing there (404, 410), no such host, a \
            web page or no bytes in the place of the file are told. Time-outs, refusals (401, 403, 429) and faults of the \
            server (5xx) after retries are not checked. Locations that --sub or --local replace are not asked, nor those \
            of ftp and rsync. No corpus file shows it: tests have a server of their own.
            """,
        why: "Nobody can fetch the images that the description names.",
        fix: "Open the address in a browser, and write the address of the file itself as the archive gives it out.",
        references: ["All archives are accessible", "imgCIF _array_data_external_data.uri", "dials/dials#605"],
        needs: ["DATA-024"],
        checks: [.archive(unanswered)])
}

private func unanswered(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    guard let remote = view.sightsForRules(&verdicts) else { return }
    var found = RemoteGroups()
    for sight in remote.sights {
        switch sight.outcome {
        case .answered: continue
        case .notAsked(let reason): verdicts.notChecked(reason)
        case .failed(let fault):
            switch fault.kind {
            case .status(404), .status(410), .strayRedirect: found.add(fault.words, sight)
            case .unknownHost, .empty, .page: found.add(fault.words, sight)
            case .redirects, .unsecured, .otherHost, .redirectNotPublic, .certificate:
                verdicts.notChecked(.gated("DATA-024", at: "a location"))
            // It answers; what it holds is another matter.
            case .noRanges, .limit: continue
            case .notPublic:
                verdicts.notChecked(
                    Reason(.refused, "'\(sight.shown)': \(fault.words); --allow-private asks it all the same"))
            case .unresolved, .noConnection, .timedOut, .cut, .status, .changed, .nonsense, .noLibrary:
                verdicts.notChecked(.unread("'\(sight.shown)': \(fault.words)"))
            }
        }
    }
    for group in found.groups {
        verdicts.report(
            "'\(group.sight.shown)'\(group.others): \(group.words)", at: group.places,
            values: [("uri", .text(group.sight.location)), ("status", .text(group.words))], count: group.rows,
            subjects: [Subject(.category, "locations")])
    }
}
