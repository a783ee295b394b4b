// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx009 = Rule(
        "NX-009", .G, "required items by release", applies: .anyNeXus,
        parameters: [
            Parameter(
                "releases", "embedded releases",
                words: ["v2018.5", "v2020.10", "v2022.07", "v2024.02", "v2025.11", "v2026.01"])
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
