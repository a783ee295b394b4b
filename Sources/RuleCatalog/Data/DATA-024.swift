// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Remote
import RuleEngine

extension Rule {
    static let data024 = Rule(
        "DATA-024", .B, "archive is reached by an unsafe road", applies: .both,
        parameters: [
            Parameter(
                "limit", "redirects that are followed", 5, unit: "count", limits: 0...20, checker: .redirects)
        ],
        what: """
            With --online alone: plain http for a file that https serves as well; more than limit redirects, or a circle; \
            a redirect from https to http, over plain http to another host, or to an address of this machine or a \
            private network; a certificate that does not verify. None of these redirects is followed. One from https to \
            https on another host is, as large archives hand out files that way: level G. Nothing of NeXus files is \
            looked at. No corpus file shows it: tests have a server of their own.
            """,
        why: "Whoever stands on the road can hand out other images than those that were published.",
        fix: "Write the https address that the archive itself gives out for the file.",
        references: ["RFC 9110 section 15.4", "RFC 6890", "imgCIF _array_data_external_data.uri"],
        checks: [.archive(unsafeRoads)])
}

private func unsafeRoads(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    guard let remote = view.sightsForRules(&verdicts) else { return }
    var found = RemoteGroups()
    var elsewhere = RemoteGroups()
    for sight in remote.sights {
        switch sight.outcome {
        case .answered(let answer):
            if answer.isServedSecurely { found.add("plain http, and https serves the same", sight) }
            if let host = answer.otherHosts.last { elsewhere.add("it leads to another host, '\(host)'", sight) }
        case .failed(let fault):
            switch fault.kind {
            case .redirects, .unsecured, .otherHost, .certificate: found.add(fault.words, sight)
            case .redirectNotPublic: found.add("it leads on, and " + fault.words, sight)
            // DATA-004 says what was not read.
            default: verdicts.notChecked(RemoteView.unanswered)
            }
        case .notAsked: verdicts.notChecked(RemoteView.unanswered)
        }
    }
    for (groups, level) in [(found.groups, Level?.none), (elsewhere.groups, .G)] {
        for group in groups {
            verdicts.report(
                "'\(group.sight.shown)'\(group.others): \(group.words)", at: group.places,
                values: [("uri", .text(group.sight.location)), ("fault", .text(group.words))], count: group.rows,
                subjects: [Subject(.category, "roads")], level: level)
        }
    }
}
