// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Remote
import RuleEngine

extension Rule {
    static let meta003 = Rule(
        "META-003", .B, "DOI does not resolve or leads elsewhere", applies: .both,
        what: """
            With --online alone, in 'check' and 'deposit check': the resolver (doi.org) knows the DOI of the data set, \
            and the page that it leads to is of the host of the locations, by its registered domain or a table of \
            mirrors. Stores that many archives rent tell nothing. A DOI that is unknown while none of the locations \
            answers may be reserved for a draft, and is not checked; nor is anything else that the network refuses. No \
            corpus file shows it: tests have a server of their own.
            """,
        why: "Whoever cites or follows the DOI finds nothing, or finds another thing than the images.",
        fix: "Write the DOI as the archive gave it out, and publish the record where it is a draft still.",
        references: ["cif_core _database.dataset_DOI", "COMCIFS/imgCIF_Creator"],
        needs: ["META-002"],
        checks: [.archive(strayDOIs)])
}

private func strayDOIs(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    guard let landings = view.landings else {
        return verdicts.notChecked(.mode("the run does not use the network; --online does"))
    }
    if landings.isEmpty { verdicts.notChecked(.absent("the file states no DOI that may resolve")) }
    let sights = view.remote?.sights ?? []
    for landing in landings {
        let doi = Wording.excerpt(landing.location, limit: 100)
        switch landing.outcome {
        case .notAsked(let reason): verdicts.notChecked(reason)
        case .failed(let fault):
            guard case .status(404) = fault.kind else {
                verdicts.notChecked(
                    .unread("DOI \(doi): \(fault.words)"))
                continue
            }
            let isPublished =
                sights.isEmpty || sights.contains { if case .answered = $0.outcome { true } else { false } }
            guard isPublished else {
                verdicts.notChecked(
                    .absent("DOI \(doi) is not known yet, and none of the locations answers: it may be reserved"))
                continue
            }
            verdicts.report(
                "DOI \(doi) does not resolve", at: landing.places, values: [("doi", .text(landing.location))],
                count: landing.rows, subjects: [Subject(.category, "doi")])
        case .answered(let answer):
            guard let host = answer.otherHosts.last else { continue }
            let hosts = sights.compactMap { WebAddress($0.location)?.host }
            let verdictsOfHosts = hosts.map { Hosts.belong($0, to: host) }
            guard let first = hosts.first, !verdictsOfHosts.contains(true) else { continue }
            guard let other = zip(hosts, verdictsOfHosts).first(where: { $0.1 == false })?.0 else {
                verdicts.notChecked(.kind("'\(first)' is a store of many archives, whose host tells nothing"))
                continue
            }
            verdicts.report(
                "DOI \(doi) leads to \(host); the data are at \(other)", at: landing.places,
                values: [("doi", .text(landing.location)), ("host", .text(host)), ("other", .text(other))],
                count: landing.rows, subjects: [Subject(.category, "doi")])
        }
    }
}
