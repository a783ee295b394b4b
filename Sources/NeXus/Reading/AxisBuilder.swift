// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// An axis of the model with the numbers of its field.
struct FoundAxis: Sendable {
    var axis: Axis
    /// The field, at its place of origin.
    var node: Node
    /// Settings as stated, turned into degrees or millimetres; empty when the field gives none.
    var values: [Double]
    /// Turns numbers in the unit of the axis into degrees or millimetres.
    var conversion: Conversion
}

/// Builds an axis from a field and its attributes.
///
/// - Source: NXtransformations; nexus.md rule 31; geometry.md section 4.
struct AxisBuilder {
    let tree: NeXusTree

    /// - Parameters:
    ///   - node: The field at its place of origin.
    ///   - id: Identifier of the axis in the experiment.
    /// - Returns: The axis with `dependsOn` still nil; nil when the node is no dataset.
    func axis(at node: Node, id: AxisID) -> FoundAxis? {
        guard let object = tree.object(node), let dataset = object.dataset else { return nil }
        var faults: [AxisFault] = []
        let place = { (attribute: String?) in Place.object(path: node.path, attribute: attribute) }
        let motion = motion(of: object, at: place("transformation_type"))
        let units = text("units", of: object).map { Sourced($0, .stated(place("units"))) }
        // The axes of a module are lengths whatever type they state; that type is a fault of its own.
        let isLength = AxisTable.moduleAxes.contains(id.name)
        let conversion = conversion(
            units: units?.value, motion: isLength ? .translation : motion.value, isMoving: moves(dataset),
            place: place("units"), faults: &faults)

        var values = dataset.value.doubles ?? []
        if let reason = dataset.value.unseen(of: dataset.shape ?? [], dataset.type) {
            faults.append(AxisFault(kind: .valueUnread, found: reason + lying(node), place: place(nil)))
            values = []
        } else if isLength, let shape = dataset.shape, shape.contains(0) || shape.count > 1 && values.count > 1 {
            // A module stands where one number puts it, however often that is written in a list.
            let words = shape.contains(0) ? "without a value" : shape.map(String.init).joined(separator: " x ")
            faults.append(AxisFault(kind: .valueUnread, found: words + lying(node), place: place(nil)))
            values = []
        } else if isLength, id.name != "module_offset", let first = values.first,
            values.contains(where: { $0 != first })
        {
            // The step from pixel to pixel is one.
            faults.append(AxisFault(kind: .valueUnusable, found: "\(values.count) unlike numbers", place: place(nil)))
            values = []
        } else if values.isEmpty, dataset.value.doubles == nil, dataset.shape != nil {
            faults.append(AxisFault(kind: .valueUnusable, found: dataset.type.words, place: place(nil)))
        }
        values = values.map { conversion($0) }
        faults += misnamed(object, place)

        let axis = Axis(
            id: id, motion: motion,
            equipment: Sourced(.general, .derived("the chain in which the axis stands")),
            dependsOn: Sourced(nil, .defaulted(item: "depends_on")),
            vector: vector(of: object, motion: motion.value, place: place("vector"), faults: &faults),
            offset: offset(of: object, units: units?.value, place: place, faults: &faults),
            usesVectorAsWritten: true, units: units,
            offsetUnits: text("offset_units", of: object).map { Sourced($0, .stated(place("offset_units"))) },
            faults: faults, place: place(nil))
        return FoundAxis(axis: axis, node: node, values: values, conversion: conversion)
    }

    /// The other file by way of which links lead to a field.
    private func lying(_ node: Node) -> String { tree.files.fileBehind(node.path).map { ", in '\($0)'" } ?? "" }

    /// Parts that are absent while an attribute stands there whose name is nearly theirs.
    private func misnamed(_ object: Object, _ place: (String?) -> Place) -> [AxisFault] {
        ["depends_on", "offset"].filter { object.attribute($0) == nil }.compactMap { part in
            let near = object.attributes.first { attribute in
                ItemName.nearest(to: attribute.name, among: [part]) != nil && says(attribute)
            }
            return near.map { AxisFault(kind: .partMisnamed, found: part, place: place($0.name)) }
        }
    }

    /// Not the end of a chain and no offset of zero, which are the same as nothing.
    private func says(_ attribute: Attribute) -> Bool {
        if let text = attribute.value.firstString { return !["", "."].contains(trimmed(text)) }
        return attribute.value.doubles?.contains { $0 != 0 } ?? false
    }

    private func text(_ name: String, of object: Object) -> String? {
        guard let text = object.attribute(name)?.value.firstString.map(trimmed), !text.isEmpty else { return nil }
        return text
    }

    private func moves(_ dataset: Dataset) -> Bool { !(dataset.value.doubles ?? []).isEmpty }

    private func motion(of object: Object, at place: Place) -> Sourced<AxisMotion> {
        guard text("transformation_type", of: object) != nil, let attribute = object.attribute("transformation_type"),
            let word = textAsWritten(attribute.value, attribute.type)
        else { return Sourced(.general, .defaulted(item: "transformation_type")) }
        let motion: AxisMotion =
            switch word {
            case "rotation": .rotation
            case "translation": .translation
            case "general", "direction": .general
            default: .unknown(word)
            }
        return Sourced(motion, .stated(place))
    }

    private func conversion(
        units: String?, motion: AxisMotion, isMoving: Bool, place: Place, faults: inout [AxisFault]
    ) -> Conversion {
        let asItStands = Conversion(factor: 1)
        let quantity: Quantity
        switch motion {
        case .rotation: quantity = .angle
        case .translation: quantity = .length
        case .general, .unknown: return asItStands
        }
        guard let units else {
            if isMoving { faults.append(AxisFault(kind: .unitsAbsent, found: "", place: place)) }
            return asItStands
        }
        if let conversion = quantity.conversion(from: units) { return conversion }
        faults.append(AxisFault(kind: .unitsUnusable, found: units, place: place))
        return asItStands
    }

    private func vector(
        of object: Object, motion: AxisMotion, place: Place, faults: inout [AxisFault]
    ) -> Sourced<Vector3> {
        let assumed = Sourced(Vector3.zero, .assumed("the file gives no direction that can be used"))
        guard let attribute = object.attribute("vector") else {
            faults.append(AxisFault(kind: .vectorAbsent, found: "", place: place))
            return assumed
        }
        guard attribute.type.isNumeric, let numbers = attribute.value.doubles, numbers.count == 3 else {
            faults.append(AxisFault(kind: .vectorUnusable, found: found(attribute), place: place))
            return assumed
        }
        return Sourced(Vector3(numbers[0], numbers[1], numbers[2]), .stated(place))
    }

    private func offset(
        of object: Object, units: String?, place: (String?) -> Place, faults: inout [AxisFault]
    ) -> Sourced<Vector3> {
        guard let attribute = object.attribute("offset") else { return Sourced(.zero, .defaulted(item: "offset")) }
        guard attribute.type.isNumeric, let numbers = attribute.value.doubles, numbers.count == 3 else {
            faults.append(AxisFault(kind: .offsetUnusable, found: found(attribute), place: place("offset")))
            return Sourced(.zero, .assumed("the offset is not three numbers"))
        }
        let written = Vector3(numbers[0], numbers[1], numbers[2])
        if let own = text("offset_units", of: object), let convert = Quantity.length.conversion(from: own) {
            return Sourced(convert.factor * written, .stated(place("offset")))
        }
        guard written != .zero else { return Sourced(.zero, .stated(place("offset"))) }
        let fallback = units.flatMap { unit in Quantity.length.conversion(from: unit).map { (unit, $0.factor) } }
        let (unit, factor) = fallback ?? ("mm", 1)
        let own = text("offset_units", of: object)
        faults.append(
            AxisFault(
                kind: own == nil ? .offsetUnitsAbsent : .offsetUnitsUnusable,
                found: own ?? unit, place: place("offset_units")))
        return Sourced(factor * written, .stated(place("offset")))
    }

    private func found(_ attribute: Attribute) -> String {
        if let text = attribute.value.firstString { return "'\(text)'" }
        guard attribute.type.isNumeric, let numbers = attribute.value.doubles else { return attribute.type.words }
        return "\(numbers.count) numbers"
    }
}
