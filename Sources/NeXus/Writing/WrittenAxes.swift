// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// The axes of a scan as fields of NXtransformations, with the paths that they get.
///
/// - Source: docs/guide/convert.md.
struct WrittenAxes {
    /// Groups of axes.
    private(set) var sample = GroupToWrite("NXtransformations")
    private(set) var detector = GroupToWrite("NXtransformations")
    private(set) var directions = GroupToWrite("NXtransformations")
    /// The path of each axis that was written.
    private(set) var paths: [AxisID: String] = [:]
    /// Axes that are not written by the name that they have.
    private(set) var renamed: [(from: String, to: String)] = []
    /// Axes whose angles go on past a full turn where the source begins again.
    private(set) var unwrapped: [AxisID] = []
    /// The translation of the detector along the beam; nil without one.
    private(set) var distanceAxis: String?

    private let master: MasterToWrite
    private let graph: AxisGraph
    private var taken = Set<String>()
    /// A component of an axis is told where one module hangs on a chain.
    private let tellsComponents: Bool

    init(_ master: MasterToWrite) throws(MasterFault) {
        self.master = master
        graph = master.experiment.axisGraph
        tellsComponents = master.detector?.panels.count == 1
        let goniometer = master.experiment.goniometer
        let sampleAxis = try Self.get(graph.sampleAxis(of: goniometer), MasterFault.chain)
        if let sampleAxis {
            try write(
                from: sampleAxis, under: master.entry + "/sample/transformations", to: \.sample, carrier: sampleAxis)
        }
        for axis in goniometer?.axes ?? [] where paths[axis] == nil {
            try? write(from: axis, under: master.entry + "/sample/transformations", to: \.sample, carrier: nil)
        }
        let home = master.detectorPath + "/transformations"
        for panel in master.detector?.panels ?? [] {
            let carrier = try Self.get(graph.carrier(of: panel)) { .panel(id: panel.id, $0) }
            if let carrier, paths[carrier] == nil {
                try write(from: carrier, under: home, to: \.detector, carrier: nil)
            }
        }
        for axis in master.detector?.axes ?? [] where paths[axis] == nil {
            try? write(from: axis, under: home, to: \.detector, carrier: nil)
        }
        for axis in graph.axes where paths[axis.id] == nil { writeDirection(axis) }
    }

    private static func get<Value, Fault: Error>(
        _ result: Result<Value, Fault>, _ fault: (Fault) -> MasterFault
    ) throws(MasterFault) -> Value {
        switch result {
        case .success(let value): return value
        case .failure(let error): throw fault(error)
        }
    }

    /// Writes the chain of an axis, outermost first, as far as it is not written.
    private mutating func write(
        from id: AxisID, under home: String, to group: WritableKeyPath<WrittenAxes, GroupToWrite>, carrier: AxisID?
    ) throws(MasterFault) {
        let steps = try Self.get(
            graph.transformationsToWrite(from: id, rotation: master.rotation), MasterFault.chain)
        for step in steps.reversed() where paths[step.id] == nil {
            let name = name(step.id.text)
            paths[step.id] = "\(home)/\(name)"
            for (suffix, field) in fields(step, isCarrier: step.id == carrier) {
                self[keyPath: group][name + suffix] = .field(field)
            }
        }
    }

    /// The field of an axis with those of its ends and increments.
    private mutating func fields(
        _ given: TransformationToWrite, isCarrier: Bool
    ) -> [(suffix: String, field: FieldToWrite)] {
        var step = given
        let frames = master.shape.frames
        var settings = step.settingsOf.flatMap { master.scan?.axis($0)?.settings } ?? .constant(0)
        if step.motion == .rotation {
            let (series, jumps) = settings.unwrapped()
            if !jumps.isEmpty { unwrapped.append(step.id) }
            settings = series
            if master.sense == .positive, settings.isFalling {
                step = step.reversed
                settings = settings.negated
            }
        } else if step.vector.z.magnitude > 0.999, distanceAxis == nil, paths[step.id]?.contains("/detector/") == true {
            distanceAxis = paths[step.id]
        }
        let isMoving = settings.travel(frames: frames) > 1e-9
        let isPerFrame = isMoving || isCarrier
        let starts = (0..<(isPerFrame ? frames : 1)).map { (settings.start(ofFrame: $0) ?? 0) + step.extraAngle }
        let units = step.motion == .rotation ? "deg" : "mm"
        var fields = [("", FieldToWrite(.vector(starts), units: units, attributes: attributes(step)))]
        guard isMoving else { return fields }
        let ends = starts.indices.map { (settings.end(ofFrame: $0).map { $0 + step.extraAngle }) ?? starts[$0] }
        let increments = zip(ends, starts).map { (($0 - $1) * 1e10).rounded() / 1e10 }
        fields.append(("_end", FieldToWrite(.vector(ends), units: units)))
        fields.append(("_increment_set", FieldToWrite(.vector(increments), units: units)))
        return fields
    }

    private func attributes(_ step: TransformationToWrite) -> [AttributeToWrite] {
        var attributes = [
            AttributeToWrite("transformation_type", .text(step.motion == .rotation ? "rotation" : "translation")),
            AttributeToWrite("vector", .vector(step.vector)), AttributeToWrite("offset", .vector(step.offset)),
            AttributeToWrite("offset_units", .text("mm")),
            AttributeToWrite("depends_on", .text(step.dependsOn.flatMap { paths[$0] } ?? ".")),
        ]
        if tellsComponents, let component = step.settingsOf.flatMap({ master.facts.components[$0] }) {
            attributes.append(AttributeToWrite("equipment_component", .text(component)))
        }
        return attributes
    }

    /// A direction without motion, outside every chain: of the source, of gravity.
    private mutating func writeDirection(_ axis: Axis) {
        guard axis.motion.value == .general, let vector = axis.vector.value.normalised else { return }
        switch axis.equipment.value {
        case .source, .gravity, .general, .unknown: break
        case .goniometer, .detector: return
        }
        let name = name(axis.id.text)
        paths[axis.id] = master.entry + "/instrument/transformations/" + name
        directions[name] = .field(
            FieldToWrite(
                .vector([.nan]),
                attributes: [
                    AttributeToWrite("vector", .vector(master.rotation.toMcStas(vector))),
                    AttributeToWrite("depends_on", .text(".")),
                ]))
    }

    /// A name of letters, digits, underscores and points that no other axis has.
    private mutating func name(_ id: String) -> String {
        let plain = GroupToWrite.plainName(id)
        var name = plain
        var number = 2
        while ["", "_end", "_increment_set"].contains(where: { taken.contains(name + $0) }) {
            name = "\(plain)_\(number)"
            number += 1
        }
        for suffix in ["", "_end", "_increment_set"] { taken.insert(name + suffix) }
        if name != id { renamed.append((id, name)) }
        return name
    }
}

extension GroupToWrite {
    /// A text as a name of NeXus: letters of ASCII, digits, underscores and points; others become underscores.
    ///
    /// - Source: NeXus manual, naming conventions.
    public static func plainName(_ text: String) -> String {
        let bytes = text.utf8.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E: byte
            default: 0x5F
            }
        }
        guard let first = bytes.first else { return "_" }
        return String(decoding: first == 0x2E ? [0x5F] + bytes : bytes, as: UTF8.self)
    }
}

extension ValueToWrite {
    /// Three numbers.
    static func vector(_ vector: Vector3) -> ValueToWrite { .vector([vector.x, vector.y, vector.z]) }
}
