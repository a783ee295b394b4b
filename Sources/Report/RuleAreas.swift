// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import RuleEngine

/// What the areas of rules are about.
enum RuleAreas {
    static let names = [
        "FILE": "HDF5 container", "CIF": "Syntax and binary sections", "DICT": "Dictionary conformance",
        "NX": "Definition conformance", "LINK": "Links between rows and objects", "AXIS": "Axes and chains",
        "PIXEL": "Arrays, panels and pixels", "SCAN": "Scans and frames", "GEOM": "Beam centre, distance, orientation",
        "BEAM": "Wavelength and radiation", "COUNT": "Valid counts and masks", "DATA": "External data",
        "IMAGE": "Images and their headers", "META": "DOI, names and raw data table",
    ]
}

extension Rule {
    /// The rule is about files like this one, whether it could look or not.
    func applies(to report: FileReport) -> Bool {
        guard status != .deprecated else { return false }
        switch report.kind {
        case .imgcif, .cbf, .minicbf:
            return id.area != "FILE" && (applies == .imgCIF || applies == .both)
        default:
            return applies == .anyNeXus || applies == .both || (applies == .nxmx && report.definition == "NXmx")
        }
    }
}
