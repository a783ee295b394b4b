// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// The panels of a detector as groups NXdetector_module.
///
/// - Source: docs/guide/convert.md.
struct WrittenModules {
    /// Names with groups, in the order of the panels.
    private(set) var groups: [(name: String, group: GroupToWrite)] = []
    /// Pixel sizes of the first panel, millimetres.
    private(set) var steps: FastSlow<Double>?

    init(_ master: MasterToWrite, _ axes: WrittenAxes) throws(MasterFault) {
        let panels = master.detector?.panels ?? []
        guard !panels.isEmpty else { throw .noDetector }
        let graph = master.experiment.axisGraph
        var taken = Set<String>()
        for panel in panels {
            let module: ModuleToWrite
            switch graph.moduleToWrite(panel, origin: master.origin, rotation: master.rotation) {
            case .success(let made): module = made
            case .failure(let fault): throw .panel(id: panel.id, fault)
            }
            let name = Self.name(panel, isOnly: panels.count == 1, &taken)
            let path = "\(master.detectorPath)/\(name)"
            steps = steps ?? FastSlow(fast: module.fast.value, slow: module.slow.value)
            var group = GroupToWrite("NXdetector_module")
            group.put("data_origin", .integers(Self.origin(of: panel, master)))
            group.put("data_size", .integers(Self.size(of: panel, master)))
            let base = module.dependsOn.flatMap { axes.paths[$0] } ?? "."
            group["module_offset"] = Self.translation(0, .unitZ, module.offset, on: base)
            let offset = path + "/module_offset"
            group["fast_pixel_direction"] = Self.translation(module.fast.value, module.fast.vector, .zero, on: offset)
            group["slow_pixel_direction"] = Self.translation(module.slow.value, module.slow.vector, .zero, on: offset)
            groups.append((name, group))
        }
    }

    private static func translation(
        _ value: Double, _ vector: Vector3, _ offset: Vector3, on outer: String
    ) -> MemberToWrite {
        .field(
            FieldToWrite(
                .number(value), units: "mm",
                attributes: [
                    AttributeToWrite("transformation_type", .text("translation")),
                    AttributeToWrite("vector", .vector(vector)), AttributeToWrite("offset", .vector(offset)),
                    AttributeToWrite("offset_units", .text("mm")), AttributeToWrite("depends_on", .text(outer)),
                ]))
    }

    /// Where the panel begins in the stored image, slowest first.
    private static func origin(of panel: Panel, _ master: MasterToWrite) -> [Int] {
        let own = panel.firstElement ?? panel.dataOrigin?.value ?? [0, 0]
        guard master.shape.planes > 1 else { return Array(own.suffix(2)) }
        let plane = panel.array.flatMap { master.facts.planeOfArray[$0] } ?? 0
        let inside = own.count > 2 ? own[own.count - 3] : 0
        return [plane &+ inside] + own.suffix(2)
    }

    private static func size(of panel: Panel, _ master: MasterToWrite) -> [Int] {
        let size = [panel.size?.slow ?? master.shape.slow, panel.size?.fast ?? master.shape.fast]
        return master.shape.planes > 1 ? [1] + size : size
    }

    /// The section of an array, else the panel itself; "module" for an only panel.
    private static func name(_ panel: Panel, isOnly: Bool, _ taken: inout Set<String>) -> String {
        let last = panel.id.split(separator: "/").last.map(String.init) ?? panel.id
        let plain = isOnly && !panel.id.contains("/") ? "module" : GroupToWrite.plainName(last)
        var name = plain
        var number = 2
        while !taken.insert(name).inserted || Self.reserved.contains(name) {
            name = "\(plain)_\(number)"
            number += 1
        }
        return name
    }

    private static let reserved: Set<String> = ["transformations", "detectorSpecific", "data", "data_000001"]
}
