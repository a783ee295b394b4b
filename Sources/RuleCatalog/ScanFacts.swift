// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension ExperimentView {
    /// The scan is declared a series of stills in DIFFRN_SCAN_COLLECTION.
    func isStill(_ scan: Scan) -> Bool {
        guard let collection = block?.category("diffrn_scan_collection"), let types = collection.column("type") else {
            return false
        }
        let scans = collection.column("scan_id")
        return (0..<types.count).contains { row in
            types.text(row)?.lowercased() == "still" && (scans?.text(row) ?? scan.id) == scan.id
        }
    }

    /// Number of rows of DIFFRN_SCAN_FRAME that belong to the scan; nil when the block has no such rows.
    func rowsOfFrames(_ scan: Scan) -> Int? {
        guard let links = reading?.links, links.frameCount > 0 else { return nil }
        return links.scans.first { $0.id == scan.id }?.frames.count
    }
}
