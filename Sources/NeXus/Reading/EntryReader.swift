// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Reads one entry that follows NXmx.
struct EntryReader {
    let tree: NeXusTree
    let entry: Node

    private var instrument: Node? { tree.groups("NXinstrument", in: entry, customaryName: "instrument").first }
    private var sample: Node? { tree.groups("NXsample", in: entry, customaryName: "sample").first }
    private var detectors: [Node] {
        instrument.map { tree.groups("NXdetector", in: $0, customaryName: "detector") } ?? []
    }
    /// NXsource stands in the entry; many writers put it into the instrument.
    private var source: Node? {
        [entry, instrument].compactMap { $0 }.flatMap { tree.groups("NXsource", in: $0, customaryName: "source") }.first
    }

    /// A detector of the entry has an NXdetector_module: it is meant as NXmx, whatever it declares.
    var hasModules: Bool { detectors.contains { !tree.groups("NXdetector_module", in: $0).isEmpty } }

    /// - Parameter signals: Gains the datasets of the image data.
    func experiment(faults: inout [ReadingFault], signals: inout [(entry: String, blocks: [Node])]) -> Experiment {
        var fields = FieldReader(tree)
        var table = AxisTable(of: entry, in: tree)
        let groups = imagingDetectors
        let signal = SignalReader(tree: tree).images(of: entry, detectors: groups)
        let images = signal?.data
        if let signal { signals.append((entry.path, signal.blocks)) }

        let reader = DetectorReader(tree: tree, axes: table, imageShape: images?.value.shape)
        var detectors = groups.map { reader.detector(at: $0, fields: &fields) }
        if let factor = scalingFactor(&fields) {
            for index in detectors.indices where detectors[index].scalingFactor == nil {
                detectors[index].scalingFactor = factor
            }
        }
        let beam = BeamReader(tree: tree, axes: table).beam(
            in: [instrument, sample].compactMap { $0 }, source: source, fields: &fields)
        let scan = ScanReader(tree: tree, axes: table).scan(
            of: entry, images: images, detectors: groups, pixelDirections: pixelDirections(of: detectors),
            fields: &fields)
        let goniometer = goniometer(table)
        table.assign(.detector, to: detectors.flatMap { $0.axes + pixelDirections(of: [$0]) })
        table.assign(.goniometer, to: goniometer?.axes ?? [])
        let identity = IdentityReader(tree: tree).identity(
            of: entry, instrument: instrument, source: source, sample: sample, fields: &fields)
        faults += fields.faults
        var experiment = Experiment(
            id: entry.path, frame: .mcStas, beam: beam, gravity: gravity(table), axes: table.axes.map(\.axis),
            mentions: table.mentions, goniometer: goniometer, detectors: detectors, scans: [scan], identity: identity,
            imageData: images, place: .object(path: entry.path, attribute: nil))
        experiment.unread = fields.unread
        if let item = table.unread { experiment.unread["depends_on"] = item }
        if beam.wavelengths == nil, let lost = lostBeam(instrument), experiment.unread["incident_wavelength"] == nil {
            experiment.unread["incident_wavelength"] = lost
        }
        let files = tree.files
        experiment.unread = experiment.unread.mapValues { $0.lying(inFile: files.fileBehind($0.name)) }
        experiment.absentParts = absentParts
        if let carried = directionCarried(in: experiment, table) { experiment.beam.direction = carried }
        return experiment
    }

    /// The link that should lead to the beam, or to the instrument that has it, and leads nowhere.
    private func lostBeam(_ instrument: Node?) -> UnreadItem? {
        let (holder, name) = instrument.map { ($0, "beam") } ?? (entry, "instrument")
        guard case .absent? = tree.member(name, of: holder)?.target else { return nil }
        return UnreadItem(holder.path(of: name), "behind a link that leads nowhere", isLost: true)
    }

    /// Parts that every reader begins with, looked for by class alone, as readers do; what hangs below an absent one is
    /// not told.
    private var absentParts: [AbsentPart] {
        func lacks(_ holder: Node, _ item: String, _ name: String?) -> AbsentPart {
            AbsentPart(
                holder: holder.path, item: item, customaryName: name,
                meant: name.flatMap { groupMeant(for: item, $0, in: holder) })
        }
        /// Whether a class is absent: a member that is there and was not read may be of it, and of one that a link of
        /// this name should lead to the rules on links tell.
        func isAbsent(_ className: String, _ name: String, in holder: Node) -> Bool {
            guard tree.groups(className, in: holder).isEmpty else { return false }
            return !tree.members(of: holder).contains { member in
                switch member.target {
                case .notRead(.object): true
                case .absent: member.name == name
                default: false
                }
            }
        }
        var parts: [AbsentPart] = []
        if isAbsent("NXsample", "sample", in: entry) { parts.append(lacks(entry, "NXsample", "sample")) }
        guard let instrument = tree.groups("NXinstrument", in: entry).first else {
            return
                (isAbsent("NXinstrument", "instrument", in: entry) ? [lacks(entry, "NXinstrument", "instrument")] : [])
                + parts
        }
        let detectors = tree.groups("NXdetector", in: instrument)
        guard let detector = detectors.first else {
            let isLost = !isAbsent("NXdetector", "detector", in: instrument)
            return parts + (isLost ? [] : [lacks(instrument, "NXdetector", "detector")])
        }
        let modules = detectors.flatMap { tree.groups("NXdetector_module", in: $0) }
        if modules.isEmpty, detectors.allSatisfy({ isAbsent("NXdetector_module", "module", in: $0) }) {
            parts.append(lacks(detector, "NXdetector_module", "module"))
        }
        for module in modules.prefix(64) {
            for name in ["data_size", "fast_pixel_direction", "slow_pixel_direction"]
            where !tree.hasLink(name, in: module) {
                parts.append(lacks(module, name, nil))
            }
        }
        return parts
    }

    /// A group of the customary name, or one whose class is nearly the one asked.
    private func groupMeant(for className: String, _ name: String, in holder: Node) -> AbsentPart.Meant? {
        guard let member = tree.members(of: holder).groupMeant(for: className, customaryName: name),
            let node = member.node
        else { return nil }
        let says = member.className.map { "'\($0)'" } ?? tree.attribute("NX_class", of: node).map(\.type.words)
        return AbsentPart.Meant(path: member.path, says: says)
    }

    /// What stored values are multiplied with, as NXmx states it in the NXdata.
    private func scalingFactor(_ fields: inout FieldReader) -> Sourced<Double>? {
        for group in tree.groups("NXdata", in: entry) {
            if let factor = fields.number("data_scaling_factor", in: group) { return factor }
        }
        return nil
    }

    /// Detectors that make images: those with modules; where none has any, those that have a place or pixels. Cameras,
    /// regions of interest and counters that writers list as NXdetector are left out.
    private var imagingDetectors: [Node] {
        let modular = detectors.filter { !tree.groups("NXdetector_module", in: $0, customaryName: "module").isEmpty }
        guard modular.isEmpty else { return modular }
        let marks = ["depends_on", "x_pixel_size", "beam_center_x"]
        let imaging = detectors.filter { detector in marks.contains { tree.hasLink($0, in: detector) } }
        return imaging.isEmpty ? detectors : imaging
    }

    /// The direction of a beam that hangs on axes: +Z of McStas as the chain of its NXbeam turns it.
    ///
    /// - Returns: nil when the beam hangs on nothing, or a vector states its direction.
    private func directionCarried(in experiment: Experiment, _ table: AxisTable) -> Sourced<Vector3>? {
        guard case .defaulted = experiment.beam.direction.origin else { return nil }
        for group in [instrument, sample].compactMap({ $0 }).flatMap({ tree.groups("NXbeam", in: $0) }) {
            guard let carrier = table.dependency(of: group) else { continue }
            let settings = experiment.scans.first?.settings(frame: 0) ?? FrameSettings()
            guard case .success(let turned) = experiment.axisGraph.transform(from: carrier.value, settings: settings)
            else { return nil }
            return carrier.map { _ in (turned.rotation * Vector3.unitZ).withoutNegativeZero }
        }
        return nil
    }

    private func pixelDirections(of detectors: [Detector]) -> Set<AxisID> {
        var ids: Set<AxisID> = []
        for panel in detectors.flatMap(\.panels) {
            guard case .module(_, let fast, let slow, _) = panel.placement else { continue }
            ids.formUnion([fast.id, slow.id])
        }
        return ids
    }

    /// The chain that carries the sample, inner axes first; axes that stand beside it carry nothing.
    private func goniometer(_ table: AxisTable) -> Goniometer? {
        guard let sample else { return nil }
        let innermost = table.dependency(of: sample)
        return Goniometer(
            sampleAxis: innermost, axes: table.chain(from: innermost?.value),
            place: .object(path: sample.path, attribute: nil))
    }

    private func isNamedGravity(_ id: AxisID) -> Bool {
        let name = id.name
        return name.utf8.count >= 7 && name.utf8.count < 32 && name.lowercased().hasSuffix("gravity")
    }

    /// A direction named gravity, such as AXIS_GRAVITY, in any case of letters; else downwards, which McStas implies.
    private func gravity(_ table: AxisTable) -> Sourced<Vector3> {
        for found in table.axes where isNamedGravity(found.axis.id) {
            guard found.axis.motion.value == .general, let direction = found.axis.vector.value.normalised
            else { continue }
            return found.axis.vector.map { _ in direction }
        }
        return Sourced(Vector3(0, -1, 0), .assumed("the file gives no direction of gravity; Y of McStas is upwards"))
    }
}
