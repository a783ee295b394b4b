// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders

/// Builds the experiments of one block with imgCIF loops.
///
/// A block with several `_diffrn.id` gives one experiment for each; rows that carry another `diffrn_id` are left out, rows
/// without one are shared (LINK-009 reports them).
struct BlockReader {
    let document: CIF.Document
    let block: SourcedBlock
    let header: ImageHeader?
    let links: FrameLinks
    let externalData: ExternalData

    func experiments() -> [Experiment] {
        let diffrn = Table("diffrn", in: block)
        var ids: [(id: String, row: Int)] = []
        var known: Set<String> = []
        for row in diffrn.rows {
            guard let id = diffrn.text("id", row), known.insert(id).inserted else { continue }
            ids.append((id, row))
        }
        let axisReader = AxisReader(block: block)
        let axes = axisReader.axes()
        let mentions = axisReader.mentions()
        guard ids.count > 1 else {
            let place: Place = ids.first.map { diffrn.place("id", $0.row) } ?? block.place
            return [experiment(id: ids.first?.id ?? block.name, collection: nil, axes, mentions, place)]
        }
        return ids.map { experiment(id: $0.id, collection: $0.id, axes, mentions, diffrn.place("id", $0.row)) }
    }

    private func experiment(
        id: String, collection: String?, _ axes: [Axis], _ mentions: [AxisMention], _ place: Place
    ) -> Experiment {
        let beam = BeamReader(block: block, collection: collection)
        var experiment = Experiment(
            id: id, frame: .imgCIF, beam: beam.beam(axes: axes), gravity: BeamReader.gravity(axes: axes), axes: axes,
            mentions: mentions, place: place)
        experiment.goniometer = goniometer(experiment.axisGraph, collection)
        let detectors = DetectorReader(block: block, collection: collection)
        experiment.detectors = detectors.detectors(axes: axes)
        experiment.scans = ScanReader(
            block: block, collection: collection, links: links, externalData: externalData, axes: axes
        ).scans()
        experiment.imageData = detectors.imageData(document: document)
        experiment.identity = IdentityReader(block: block, collection: collection).identity()
        if let header {
            header.complete(&experiment)
        }
        return experiment
    }

    /// The axes that carry the sample; nil when the block names none.
    private func goniometer(_ graph: AxisGraph, _ collection: String?) -> Goniometer? {
        var ids: [AxisID] = []
        var seen: Set<AxisID> = []
        for axis in graph.axes where axis.equipment.value == .goniometer && seen.insert(axis.id).inserted {
            ids.append(axis.id)
        }
        let members = Table("diffrn_measurement_axis", in: block)
        var listed: Set<AxisID> = []
        for row in members.rows(of: collection) {
            if let id = members.text("axis_id", row) { listed.insert(AxisID(id)) }
        }
        if collection != nil, !listed.isEmpty { ids.removeAll { !listed.contains($0) } }
        guard let first = ids.first, let place = graph[first]?.place else { return nil }
        let innermost = graph.innermost(of: ids)
        let sample = innermost.first.map { id in
            Sourced(
                id,
                Origin.derived(
                    innermost.count == 1
                        ? "the goniometer axis that no other one depends on"
                        : "the first of \(innermost.count) goniometer axes that no other one depends on"))
        }
        return Goniometer(sampleAxis: sample, axes: ids, place: place)
    }
}
