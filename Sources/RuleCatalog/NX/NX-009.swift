// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx009 = Rule(
        "NX-009", .G, "required items by release", applies: .anyNeXus,
        parameters: [
            Parameter(
                "releases", "embedded releases",
                words: ["v2018.5", "v2020.10", "v2022.07", "v2024.02", "v2025.11", "v2026.01"], checker: .releases)
        ],
        what: """
            The required items of the definition in each release that ships, counted on one walk. An item below an \
            absent optional parent does not count; one with several instances counts as absent when any instance \
            lacks it. Told always for NXmx, of other definitions where something is absent. For programs the values \
            hold releases, a list of {release, required, absent}, absent the places that are not there.
            """,
        why: "What is required differs between releases, so that 'complete' means little without the release.",
        fix: "Add the items the message lists for the release you aim at, and say so in definition/@version.",
        references: ["NXmx@version", "nexusformat/definitions#966", "nexusformat/definitions#1143"],
        checks: [.conformance])
}

extension NXFault.ReleaseShortfall {
    var told: Told {
        let own = rows.first { $0.release == release }
        let complete = rows.filter { $0.absent.isEmpty }.map(\.release)
        let short = rows.filter { !$0.absent.isEmpty }.map { "\($0.release) by \($0.absent.count)" }
        let required = own?.required ?? 0
        return Told(
            "\(definition) \(release): \(required - (own?.absent.count ?? 0)) of \(required) required items; "
                + (complete.isEmpty ? "complete for no release" : "complete for \(complete.joined(separator: ", "))")
                + (short.isEmpty ? "" : "; short of \(short.joined(separator: ", "))"),
            values: [
                ("definition", .text(definition)), ("release", .text(release)),
                (
                    "releases",
                    .list(
                        rows.map {
                            .record([
                                DatumField("release", .text($0.release)), DatumField("required", .integer($0.required)),
                                DatumField("absent", .list($0.absent.map { .text($0) })),
                            ])
                        })
                ),
            ])
    }
}
