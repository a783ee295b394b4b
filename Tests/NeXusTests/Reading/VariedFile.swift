// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Diffraction
import Foundation
import HDF5
import NeXus
import TestSupport

/// The golden file with changes, built and read.
struct VariedFile {
    let reading: ExperimentReading

    var experiment: Experiment { get throws { try only(reading.experiments) } }

    /// - Parameters:
    ///   - changes: Changes as in a recipe.
    ///   - others: Further files as in a recipe.
    init(_ changes: String = "", others: String = "") throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let base = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        let recipe = "{base: '\(base)', changes: [\(changes)], others: {\(others)}}"
        let path = folder.appendingPathComponent("varied.nxs.json").path
        try recipe.write(toFile: path, atomically: false, encoding: .utf8)
        let file = folder.appendingPathComponent("varied.nxs").path
        try Recipe(reading: path).build(at: file)
        reading = ExperimentReading(try FileSet.read(file, policy: .nexus))
    }

    struct NotOne: Error { let count: Int }

    private func only<Element>(_ list: [Element]) throws -> Element {
        guard let first = list.first, list.count == 1 else { throw NotOne(count: list.count) }
        return first
    }
}

extension Experiment {
    func axis(_ path: String) -> Axis? { axes.first { $0.id.text == path } }

    var panel: Panel? { detectors.first?.panels.first }

    /// Plane of the first panel at the first frame.
    func plane() throws -> PanelPlane {
        guard let panel, let scan = scans.first else { throw VariedFile.NotOne(count: 0) }
        return try axisGraph.plane(of: panel, settings: scan.settings(frame: 0)).get()
    }
}
