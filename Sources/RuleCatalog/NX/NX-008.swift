// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx008 = Rule(
        "NX-008", .C, "recommended item is absent", applies: .anyNeXus,
        what: """
            Groups, fields and attributes that the definition recommends, for each parent that is there. One finding \
            with the groups.
            """,
        why: "Processing works without these items but has to assume what they would have said.",
        fix: "Write the items the message lists where the instrument knows them.",
        references: ["nxdl.xsd recommended", "NXmx:/NXentry/NXinstrument/NXdetector/count_time"],
        checks: [.conformance])
}

extension NXFault.Gathered {
    var toldAsRecommended: Told {
        let items = ItemPaths.byGroup(names, most: 4)
        return Told(
            "\(items.count) group\(items.count == 1 ? " lacks" : "s lack") \(count) item\(plural) that "
                + "\(subject) recommends: \(items.words)", items: names)
    }
}
