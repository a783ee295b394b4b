// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF

extension ExperimentView {
    /// A loop that a rule rests on and whose rows are not all known: what follows from it is a consequence of CIF-003.
    ///
    /// Rules of axes, pixels, scans, geometry and links rest on the loops of imgCIF; those of beam, counts and names on others.
    var brokenLoop: String? {
        guard let name = block?.categories.first(where: { !$0.isComplete && Self.isOfImages($0.name) })?.name
        else { return nil }
        return String(name.drop { $0 == "_" }).uppercased()
    }

    /// True for rules whose findings would follow from a broken loop.
    static func restsOnLoops(_ rule: RuleID) -> Bool {
        ["AXIS", "PIXEL", "SCAN", "GEOM", "LINK"].contains(rule.area) || rule == "META-004" || rule == "DATA-014"
    }

    private static func isOfImages(_ name: String) -> Bool {
        let bare = name.lowercased().drop { $0 == "_" }
        return bare == "axis" || bare.hasPrefix("array_") || bare.hasPrefix("diffrn_scan")
            || ["diffrn_data_frame", "diffrn_detector_axis", "diffrn_detector_element", "diffrn_measurement_axis"]
                .contains(bare)
    }
}
