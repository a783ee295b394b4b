// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension ExperimentView {
    /// The scan is declared a series of stills in DIFFRN_SCAN_COLLECTION.
    func isStill(_ scan: Scan) -> Bool {
        guard let block else { return false }
        let stills = memo.result("stills") { StillScans(block) }
        return stills.areAll || stills.ids.contains(scan.id)
    }

    /// The row of DIFFRN_SCAN with the id of a scan, the first one.
    func row(of scan: Scan) -> Int? {
        let rows = memo.result("rows of scans") {
            var rows: [String: Int] = [:]
            guard let ids = block?.column("_diffrn_scan.id") else { return rows }
            for row in 0..<ids.count {
                if let id = ids.text(row), rows[id] == nil { rows[id] = row }
            }
            return rows
        }
        return rows[scan.id]
    }

    /// The frames that belong to a scan by DIFFRN_SCAN_FRAME; nil when it has no such rows.
    func frames(of scan: Scan) -> ScanFrames? {
        guard let links = reading?.links else { return nil }
        let numbers = memo.result("frames of scans") {
            Dictionary(links.scans.indices.map { (links.scans[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        return numbers[scan.id].map { links.scans[$0] }
    }

    /// Number of rows of DIFFRN_SCAN_FRAME that belong to the scan; nil when the block has no such rows.
    func rowsOfFrames(_ scan: Scan) -> Int? {
        guard let links = reading?.links, links.frameCount > 0 else { return nil }
        return frames(of: scan)?.frames.count
    }
}

/// Scans that DIFFRN_SCAN_COLLECTION calls stills.
private struct StillScans: Sendable {
    private(set) var ids: Set<String> = []
    /// A row names no scan, and so speaks of each.
    private(set) var areAll = false

    init(_ block: Block) {
        guard let collection = block.category("diffrn_scan_collection"), let types = collection.column("type") else {
            return
        }
        let scans = collection.column("scan_id")
        for row in 0..<types.count where types.text(row)?.lowercased() == "still" {
            if let id = scans?.text(row) { ids.insert(id) } else { areAll = true }
        }
    }
}
