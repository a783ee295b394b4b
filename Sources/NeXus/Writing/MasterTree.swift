// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// The groups of one entry of NXmx, made of a scan; the stored images are not in them.
///
/// - Source: docs/guide/convert.md.
public struct MasterTree: Sendable {
    /// The entry.
    public var entry: GroupToWrite
    /// Axes that have another name in the file, with the name that the source has.
    public let renamed: [(from: String, to: String)]
    /// Axes whose angles go on past a full turn where the source begins again.
    public let unwrapped: [AxisID]
    /// The beam centre that was computed, pixels along fast and slow; nil where the beam meets no panel.
    public let centre: FastSlow<Double>?

    /// Makes the groups.
    public init(_ master: MasterToWrite) throws(MasterFault) {
        guard master.scan != nil else { throw .noScan }
        let axes = try WrittenAxes(master)
        let modules = try WrittenModules(master, axes)
        let meeting = Self.meeting(master)
        centre = meeting?.pixels
        renamed = axes.renamed
        unwrapped = axes.unwrapped
        var entry = GroupToWrite(
            "NXentry",
            attributes: [AttributeToWrite("default", .text("data")), AttributeToWrite("version", .text("1.0"))])
        let identity = master.experiment.identity
        entry.put("definition", .text("NXmx"))
        entry.put("title", identity.title.map { .text($0.value) })
        entry.put("start_time", master.times.start.map { .text($0) })
        entry.put("end_time", master.times.end.map { .text($0) })
        entry.put("end_time_estimated", master.times.endEstimated.map { .text($0) })
        entry["data"] = .group(Self.data(master))
        entry["sample"] = .group(Self.sample(master, axes))
        entry["instrument"] = .group(Self.instrument(master, axes, modules, meeting))
        entry["source"] = .group(Self.source(master))
        self.entry = entry
    }

    /// Where the beam meets the panel that it hits, else the first one, at the start of the scan.
    private static func meeting(_ master: MasterToWrite) -> BeamCentre? {
        guard let scan = master.scan, let panels = master.detector?.panels else { return nil }
        let graph = master.experiment.axisGraph
        let settings = scan.settings(frame: 0)
        var first: BeamCentre?
        for panel in panels {
            guard case .success(var plane) = graph.plane(of: panel, settings: settings) else { continue }
            if master.origin == .centre { plane = plane.moved(byPixels: -0.5) }
            guard let centre = plane.meeting(beam: master.experiment.beam.direction.value).centre else { continue }
            if let size = panel.size, centre.isOnFace(size: size, origin: .unstated) { return centre }
            first = first ?? centre
        }
        return first
    }

    // MARK: Data

    private static func data(_ master: MasterToWrite) -> GroupToWrite {
        var data = GroupToWrite("NXdata", attributes: [AttributeToWrite("signal", .text("data"))])
        if let factor = master.facts.scalingFactor, factor != 1 {
            data.put("data_scaling_factor", .number(factor))
            // The name that common readers look for.
            data.put("data_scale_factor", .number(factor))
        }
        if let offset = master.facts.dataOffset, offset != 0 { data.put("data_offset", .number(offset)) }
        return data
    }

    /// The name by which readers look for the files of a data set: `data_000001`.
    public static func blockName(_ number: Int) -> String {
        let digits = String(number + 1)
        return "data_" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    // MARK: Sample, source

    private static func sample(_ master: MasterToWrite, _ axes: WrittenAxes) -> GroupToWrite {
        var sample = GroupToWrite("NXsample")
        let identity = master.experiment.identity
        sample.put("name", .text(identity.sample?.value ?? "?"))
        let axis = try? master.experiment.axisGraph.sampleAxis(of: master.experiment.goniometer).get()
        sample.put("depends_on", .text(axis.flatMap { $0 }.flatMap { axes.paths[$0] } ?? "."))
        sample.put("temperature", identity.temperature.map { .number($0.value) }, units: "K")
        if !axes.sample.members.isEmpty { sample["transformations"] = .group(axes.sample) }
        return sample
    }

    private static func source(_ master: MasterToWrite) -> GroupToWrite {
        var source = GroupToWrite("NXsource")
        let (identity, facts) = (master.experiment.identity, master.facts)
        var name = identity.instrument?.value ?? identity.facility?.value
        if case .option = identity.facility?.origin { name = identity.facility?.value }
        source.put("name", .text(name ?? "?"))
        source.put("type", facts.sourceType.flatMap(sourceType).map { .text($0) })
        source.put("probe", probe(master.experiment.beam.probe?.value).map { .text($0) })
        source.put("current", facts.current.map { .number($0) }, units: "mA")
        source.put("power", facts.power.map { .number($0) }, units: "kW")
        source.put("voltage", facts.voltage.map { .number($0) }, units: "kV")
        source.put("target_material", facts.target.map { .text($0) })
        return source
    }

    /// The word of NXsource for a kind of source; nil for one that has none.
    private static func sourceType(_ words: String) -> String? {
        let lower = words.lowercased()
        func says(_ word: String) -> Bool { lower.contains(word) }
        if says("xfel") || says("free-electron") || says("free electron") { return "Free-Electron Laser" }
        if says("synchrotron") { return "Synchrotron X-ray Source" }
        if says("rotating") && says("anode") { return "Rotating Anode X-ray" }
        if says("sealed") && says("tube") { return "Fixed Tube X-ray" }
        return nil
    }

    private static func probe(_ probe: Probe?) -> String? {
        switch probe {
        case .xray: "x-ray"
        case .neutron: "neutron"
        case .electron: "electron"
        case .gamma: "gamma"
        default: nil
        }
    }
}
