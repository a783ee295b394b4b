// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

@testable import CorpusRecipes

/// The same geometry in other axes.
struct Geometry {
    let tree: RecipeGroup

    func variants(of field: RecipeField, at names: [String]) -> [(kind: String, tree: RecipeGroup)] {
        guard case .reals(let vector) = field.attributes["vector"]?.elements, vector.count == 3,
            case .texts(let types) = field.attributes["transformation_type"]?.elements, let type = types.first,
            case .reals(let values) = field.value.elements, let name = names.last
        else { return [] }
        let parent = Array(names.dropLast())
        var found: [(kind: String, tree: RecipeGroup)] = []
        // Along the opposite direction by the negative amount, with what stands beside.
        if !name.hasSuffix("_pixel_direction") {
            var changed = reals(tree, values.map { -$0 }, at: names)
            changed = changed.with(Self.value(vector.map { -$0 }), attribute: "vector", at: names)
            for ending in ["_end", "_increment_set"] {
                let beside = parent + [name + ending]
                if case .field(let inner) = tree.node(at: beside), case .reals(let numbers) = inner.value.elements {
                    changed = reals(changed, numbers.map { -$0 }, at: beside)
                }
            }
            found.append(("vector-turned", changed))
        }
        if type == "rotation" {
            var changed = reals(tree, values.map { $0 + 360 }, at: names)
            if case .field(let inner) = tree.node(at: parent + [name + "_end"]),
                case .reals(let numbers) = inner.value.elements
            {
                changed = reals(changed, numbers.map { $0 + 360 }, at: parent + [name + "_end"])
            }
            found.append(("full-turn-more", changed))
            found.append(
                (
                    "vector-to-four-digits",
                    tree.with(Self.value(vector.map { ($0 * 1e4).rounded() / 1e4 }), attribute: "vector", at: names)
                ))
        }
        if type == "translation", !name.hasSuffix("_pixel_direction"), values.count == 1 {
            found += translation(field, vector, values[0], at: names)
        }
        if case .texts(let targets) = field.attributes["depends_on"]?.elements, let target = targets.first {
            found += chains(target, parent: parent, at: names)
        }
        return found
    }

    /// Amount and offset exchanged, in the same units.
    private func translation(
        _ field: RecipeField, _ vector: [Double], _ amount: Double, at names: [String]
    ) -> [(kind: String, tree: RecipeGroup)] {
        var found: [(kind: String, tree: RecipeGroup)] = []
        let offset: [Double]
        if case .reals(let stated) = field.attributes["offset"]?.elements {
            offset = stated
        } else {
            offset = [0, 0, 0]
        }
        guard let units = field.attributes["units"] else { return [] }
        if let own = field.attributes["offset_units"], "\(own.elements)" != "\(units.elements)", amount != 0 {
            return []
        }
        // All of it as an offset.
        let whole = zip(offset, vector).map { $0 + $1 * amount }
        var moved = reals(tree, [0], at: names)
        moved = moved.with(Self.value(whole), attribute: "offset", at: names)
        moved = moved.with(field.attributes["offset_units"] ?? units, attribute: "offset_units", at: names)
        found.append(("amount-as-offset", moved))
        // All of it as an amount along its direction.
        let length = whole.map { $0 * $0 }.reduce(0, +).squareRoot()
        if length > 0 {
            var along = reals(tree, [length], at: names)
            along = along.with(Self.value(whole.map { $0 / length }), attribute: "vector", at: names)
            along = along.with(Self.value([0, 0, 0]), attribute: "offset", at: names)
            along = along.with(field.attributes["offset_units"] ?? units, attribute: "offset_units", at: names)
            along = along.with(field.attributes["offset_units"] ?? units, attribute: "units", at: names)
            found.append(("offset-as-amount", along))
        }
        return found
    }

    /// The same chain by other paths, and with an axis more that does nothing.
    private func chains(_ target: String, parent: [String], at names: [String]) -> [(kind: String, tree: RecipeGroup)] {
        var found: [(kind: String, tree: RecipeGroup)] = []
        let own = "/" + parent.joined(separator: "/") + "/"
        func with(_ text: String) -> RecipeGroup {
            tree.with(RecipeValue(elements: .texts([text]), type: nil, shape: []), attribute: "depends_on", at: names)
        }
        if target.hasPrefix(own) { found.append(("path-relative", with(String(target.dropFirst(own.count))))) }
        if target != ".", !target.hasPrefix("/") { found.append(("path-absolute", with(own + target))) }
        if target == "." { found.append(("end-unsaid", tree.with(nil, attribute: "depends_on", at: names))) }
        guard parent.last != "module", !(parent.last ?? "").hasPrefix("module_") else { return found }
        var still = RecipeField(value: RecipeValue(elements: .reals([0]), type: nil, shape: [1]))
        for (name, text) in [("units", "mm"), ("transformation_type", "translation"), ("depends_on", target)] {
            still.attributes[name] = RecipeValue(elements: .texts([text]), type: nil, shape: [])
        }
        still.attributes["vector"] = Self.value([1, 0, 0])
        found.append(("axis-more", with(own + "at_rest").with(.field(still), at: parent + ["at_rest"])))
        return found
    }

    private static func value(_ numbers: [Double]) -> RecipeValue {
        RecipeValue(elements: .reals(numbers), type: nil, shape: [numbers.count])
    }

    private func reals(_ tree: RecipeGroup, _ numbers: [Double], at names: [String]) -> RecipeGroup {
        guard case .field(var field) = tree.node(at: names) else { return tree }
        field.value = RecipeValue(elements: .reals(numbers), type: field.value.type, shape: field.value.shape)
        return tree.with(.field(field), at: names)
    }
}
