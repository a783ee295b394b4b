// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// An axis as the description writes it, in the imgCIF laboratory frame.
struct DescribedAxis {
    var id: String
    var motion: String
    var equipment: String
    var dependsOn: String?
    var vector: Vector3
    /// Millimetres.
    var offset: Vector3
    var mount: (axis: String, angle: Double)?
}

/// The axes of an experiment told in the imgCIF laboratory frame, with names that are unique there.
struct LaboratoryAxes {
    /// From the frame of the experiment to the imgCIF laboratory.
    let rotation: Matrix3
    private(set) var axes: [DescribedAxis] = []
    /// Goniometer axes and detector axes, in the order written.
    private(set) var goniometer: [AxisID] = []
    private(set) var detector: [AxisID] = []
    private var names: [AxisID: String] = [:]
    private var taken: Set<String> = []
    /// What the setting of an axis is multiplied by: translations of NeXus whose vector is not of unit length.
    private(set) var factors: [AxisID: Double] = [:]

    /// - Parameters:
    ///   - carriers: The axes that carry panels.
    ///   - surface: Axes of pixel indices, which are written anew.
    init(
        _ experiment: Experiment, graph: AxisGraph, carriers: [AxisID], surface: Set<AxisID>, fast: Vector3?
    ) throws(DescriptionFault) {
        rotation = try Self.rotation(experiment, graph: graph, fast: fast)
        var gonioChain: [AxisID] = []
        for id in experiment.goniometer?.axes ?? [] {
            gonioChain += try Self.chain(id, graph).reversed()
        }
        var detectorChain: [AxisID] = []
        for id in carriers { detectorChain += try Self.chain(id, graph).reversed() }
        if experiment.frame == .imgCIF {
            let others = experiment.axes.filter { !surface.contains($0.id) }
            gonioChain += others.filter { $0.equipment.value == .goniometer }.map(\.id)
            detectorChain += others.filter { $0.equipment.value == .detector }.map(\.id)
        }
        for id in gonioChain where names[id] == nil {
            try add(id, graph, equipment: "goniometer")
            goniometer.append(id)
        }
        for id in detectorChain where names[id] == nil {
            try add(id, graph, equipment: "detector")
            detector.append(id)
        }
        link(graph)
        addDirections(experiment)
    }

    /// The name of an axis in the description.
    func name(_ id: AxisID) -> String? { names[id] }

    /// A name that no axis of the description has yet.
    mutating func newName(_ wanted: String) -> String {
        var text = CIFText.code(wanted)
        var number = 2
        while !taken.insert(text).inserted {
            text = "\(CIFText.code(wanted))_\(number)"
            number += 1
        }
        return text
    }

    mutating func append(_ axis: DescribedAxis) { axes.append(axis) }

    // MARK: Parts

    /// imgCIF stays as it is; other frames get X along the principal goniometer axis.
    private static func rotation(
        _ experiment: Experiment, graph: AxisGraph, fast: Vector3?
    ) throws(DescriptionFault) -> Matrix3 {
        if experiment.frame == .imgCIF { return .identity }
        var principal: Vector3?
        if let sample = experiment.goniometer?.sampleAxis?.value,
            case .success(.some(let outer)) = graph.outermostRotation(from: sample), let axis = graph[outer]
        {
            principal = try? graph.direction(of: axis).get()
        }
        switch FrameRotation.fromImgCIF(
            principal: principal, fast: fast, beam: experiment.beam.direction.value,
            gravity: experiment.gravity.value)
        {
        case .success(let rotation): return rotation.matrix.transposed
        case .failure(let fault): throw .frame(fault.sentence)
        }
    }

    private static func chain(_ id: AxisID, _ graph: AxisGraph) throws(DescriptionFault) -> [AxisID] {
        switch graph.chain(from: id) {
        case .success(let indices): return indices.map { graph.axes[$0].id }
        case .failure(let fault): throw .chain(fault.sentence)
        }
    }

    private mutating func add(_ id: AxisID, _ graph: AxisGraph, equipment: String) throws(DescriptionFault) {
        guard let axis = graph[id] else { throw .chain("axis '\(id)' is not defined") }
        names[id] = name(for: id)
        let isPlain = rotation == .identity && axis.system == nil && !axis.usesVectorAsWritten
        var described = DescribedAxis(
            id: names[id] ?? id.name, motion: Self.word(axis.motion.value), equipment: equipment, dependsOn: nil,
            vector: axis.vector.value, offset: axis.offset.value)
        if !isPlain {
            guard case .success(let vector) = graph.direction(of: axis),
                case .success(let still) = graph.transform(of: axis, setting: 0)
            else { throw .chain("axis '\(id)' has no direction") }
            if axis.motion.value == .translation, vector.length != 1 { factors[id] = vector.length }
            described.vector = (rotation * (vector.normalised ?? vector)).withoutNegativeZero
            described.offset = (rotation * still.translation).withoutNegativeZero
        }
        axes.append(described)
    }

    private static func word(_ motion: AxisMotion) -> String {
        switch motion {
        case .rotation: "rotation"
        case .translation: "translation"
        case .general: "general"
        case .unknown(let word): word
        }
    }

    /// The last part of a path, with the part before it when that is taken.
    private mutating func name(for id: AxisID) -> String {
        let parts = id.text.split(separator: "/")
        guard id.text.hasPrefix("/"), let last = parts.last else { return newName(id.text) }
        if taken.contains(CIFText.code(String(last))), parts.count > 1 {
            return newName("\(parts[parts.count - 2])_\(last)")
        }
        return newName(String(last))
    }

    /// Writes dependencies and mounts in the new names, once all are known.
    private mutating func link(_ graph: AxisGraph) {
        for (position, id) in (goniometer + detector).enumerated() {
            guard let axis = graph[id], position < axes.count else { continue }
            axes[position].dependsOn = axis.dependsOn.value.flatMap { names[$0] }
            if let mount = axis.mount, mount.angle != 0, let name = names[mount.axis] {
                axes[position].mount = (name, mount.angle)
            }
        }
    }

    private mutating func addDirections(_ experiment: Experiment) {
        func direction(_ id: String, _ equipment: String, _ vector: Vector3) -> DescribedAxis {
            DescribedAxis(
                id: id, motion: "general", equipment: equipment, dependsOn: nil,
                vector: (rotation * vector).withoutNegativeZero, offset: .zero)
        }
        axes.append(direction(newName("source"), "source", -experiment.beam.direction.value))
        axes.append(direction(newName("gravity"), "gravity", experiment.gravity.value))
    }
}
