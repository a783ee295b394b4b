// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import Units

/// The value that is judged: a field's, or an attribute's.
struct ValuePlace {
    let node: Node
    let attribute: String?
    /// "field" or "attribute", for messages.
    let words: String

    var path: String { node.path + (attribute.map { "@" + $0 } ?? "") }
}

// Fields: form, values, text, dates, lists, dimensions, units.

extension EntryWalk {
    func checkField(
        _ node: Node, _ member: Member, _ plan: MemberPlan.Field, members: [Member], in work: GroupWork
    ) {
        guard let dataset = tree.dataset(node) else { return }
        let demand = plan.demand
        let facts = demand.facts
        let owner = Owner(
            node: node, application: facts.application, base: facts.base, work: work,
            isOwnedAxis: context.hasSubjectRules && plan.isAxis, isField: true)
        if !context.hasSubjectRules { axes.note(member, node, isAxis: plan.isAxis, in: work, tree: tree) }
        let place = ValuePlace(node: node, attribute: nil, words: "field")
        checkAttributes(owner, plan.attributes)
        if plan.isAxis, !context.hasSubjectRules { checkAxisAttributes(owner, dataset) }
        if plan.isAxis { tellSpellingOfOffset(owner) }
        if plan.attributes.hasStandard {
            checkStandardAttributes(node, plan.attributes, dataset, facts, members: members)
        }
        tellText(dataset.value, at: place, asksText: !facts.isUndocumented && demand.isText)
        guard !facts.isUndocumented else { return }
        if let deprecation = plan.deprecation { tell(deprecation, at: node) }
        guard let shape = dataset.shape else {
            let words =
                facts.isRequired
                ? "field '\(member.name)' has no value, which \(facts.concept?.definition ?? "") requires"
                : "field has no value"
            findings.add(facts.isRequired ? "NX-006" : "NX-031", "\(words): a null dataspace", at: node)
            return
        }
        if !dataset.type.isString, let category = unitCategory(demand, member, node, members: members) {
            checkUnits(category, of: owner, member)
        }
        guard checkType(dataset.type, shape, dataset.value, demand, at: place) else { return }
        if demand.isDate {
            let isZone = work.className == "NXinstrument" && member.name == "time_zone"
            if !(isZone && Timestamp.isZone(dataset.value.firstString ?? "")) {
                checkDate(dataset.value, facts, at: place)
            }
        }
        if plan.isOneString, let texts = dataset.value.texts, texts.count > 1 {
            tellSeveralStrings(texts.count, at: place)
        }
        if member.name != "definition" || !context.differsInCase {
            checkEnumeration(dataset.value, dataset.type, demand, at: place) {
                Self.isTrue(tree.attribute("custom", of: node)?.value)
            }
        }
        if context.hasSubjectRules, work.className == "NXdetector", member.name == "pixel_mask" { return }
        checkShape(shape, demand.shape, scope: work.scope, at: place)
    }

    // MARK: Form and values

    /// Judges the stored form and the range of values; false when nothing more can be said of the value.
    func checkType(_ type: DataType, _ shape: [Int], _ value: Value, _ demand: ValueDemand, at place: ValuePlace)
        -> Bool
    {
        let asked = demand.typeName
        let by = demand.facts.concept?.definition ?? ""
        let most = context.mostValues
        unseen.note(value, shape, type: type, rules: demand.valueRules, at: place.path, most: most)
        switch StoredType.verdict(demand.type, type, shape: shape) {
        case .mismatch:
            findings.add(
                "NX-011", "\(place.words) is \(type.words), which cannot hold the \(asked) that \(by) asks",
                at: place.node, attribute: place.attribute, concept: asked,
                values: [("stored", .text(type.words)), ("type", .text(asked))])
            return false
        case .lenient where StoredType.outside(demand.type, value, most: most) == nil:
            findings.add(
                "NX-012", "\(place.words) is \(type.words); \(by) asks \(asked)", at: place.node,
                attribute: place.attribute, concept: asked)
        case .lenient, .fits:
            break
        }
        if let outside = StoredType.outside(demand.type, value, most: most) {
            findings.add(
                "NX-013",
                "value \(outside.value) at index \(outside.index); \(asked) takes \(StoredType.domain(demand.type))",
                at: place.node, attribute: place.attribute, concept: asked)
        }
        return true
    }

    /// - Parameter asksText: A definition asks for a text here, so that a blank one says nothing.
    func tellText(_ value: Value, at place: ValuePlace, asksText: Bool) {
        guard let texts = value.texts, let first = texts.first else { return }
        if let bad = texts.first(where: { !$0.isUTF8 }) {
            findings.add(
                "NX-031", "text is not UTF-8 at byte \(bad.firstBadByte ?? 0); read as Latin-1", at: place.node,
                attribute: place.attribute)
        } else if asksText, texts.allSatisfy({ Self.isBlank($0.string) }) {
            findings.add(
                "NX-031", "text is \(first.string.isEmpty ? "empty" : "blank")", at: place.node,
                attribute: place.attribute)
        }
    }

    private static func isBlank(_ text: String) -> Bool {
        if let first = text.utf8.first, first > 0x20, first < 0x7F { return false }
        return text.allSatisfy(\.isWhitespace)
    }

    func tellSeveralStrings(_ count: Int, at place: ValuePlace) {
        findings.add(
            "NX-012", "\(place.words) is an array of \(count) strings; one string is asked", at: place.node,
            attribute: place.attribute, concept: "strings")
    }

    func checkDate(_ value: Value, _ facts: ItemFacts, at place: ValuePlace) {
        guard let texts = value.texts else { return }
        if texts.count > 1, facts.concept?.item.extents.isEmpty ?? true, facts.concept?.item.rank == nil {
            tellSeveralStrings(texts.count, at: place)
        }
        let name = lastName(place.node.path) + (place.attribute.map { "@" + $0 } ?? "")
        for text in texts {
            switch Timestamp(text.string) {
            case .complete: continue
            case .withoutZone:
                findings.gather(
                    "SCAN-017", in: "", name: "\(name) = \(quoted(text.string))",
                    at: .object(path: place.node.path, attribute: place.attribute))
            case .unusual:
                findings.add(
                    "NX-012", "date is \(quoted(text.string)); YYYY-MM-DDThh:mm:ss with a zone is asked",
                    at: place.node,
                    attribute: place.attribute, concept: "date")
            case .unreadable:
                if Self.isBlank(text.string) { continue }
                findings.add(
                    "SCAN-016", "\(name) = \(quoted(text.string)) \(Timestamp.fault(of: text.string))", at: place.node,
                    attribute: place.attribute)
            }
        }
    }

    // MARK: Lists

    func checkEnumeration(
        _ value: Value, _ type: DataType, _ demand: ValueDemand, at place: ValuePlace, isCustom: () -> Bool
    ) {
        guard let list = demand.enumeration, let odd = list.items.firstOutside(value, of: type) else { return }
        let items = list.values.count > 12 ? list.values.prefix(12) + ["..."] : list.values[...]
        let taken = items.joined(separator: ", ")
        if !list.isOpen {
            findings.add(
                "NX-017", "value is \(quoted(odd)); \(list.by.definition) takes \(taken)", at: place.node,
                attribute: place.attribute, concept: list.by.definition,
                values: [("value", .text(odd)), ("list", .list(list.values))])
        } else if !isCustom() {
            findings.add(
                "NX-018", "value is \(quoted(odd)), beside the list \(taken)", at: place.node,
                attribute: place.attribute, concept: list.by.definition)
        }
    }

    // MARK: Units

    /// The category that the units of a field are judged by; nil where none is stated.
    private func unitCategory(_ demand: ValueDemand, _ member: Member, _ node: Node, members: [Member])
        -> UnitCategory?
    {
        switch demand.category {
        case .none: return nil
        case .one(let category): return category
        case .ofTransformation: break
        }
        var axis = node
        if let stem = AxisFields.axisName(of: member.name), let other = members.first(where: { $0.name == stem })?.node
        {
            axis = other
        }
        switch tree.text("transformation_type", of: axis) {
        case "translation": return UnitCategory("NX_LENGTH")
        case "rotation": return UnitCategory("NX_ANGLE")
        case nil: return UnitCategory("NX_UNITLESS")
        default: return nil
        }
    }

    private func checkUnits(_ category: UnitCategory, of owner: Owner, _ member: Member) {
        let attribute = tree.attribute("units", of: owner.node)
        let text = attribute?.value.firstString
        let by = (owner.application?.item.units != nil ? owner.application : owner.base)?.definition ?? ""
        let isWavelength = owner.work.className == "NXbeam" && member.name == "incident_wavelength"
        // An attribute that the application lists is told as absent itself.
        let isListed = owner.application?.children.contains {
            $0.kind == .attribute && $0.name == "units" && $0.isRequired
        }
        let isOwned =
            owner.isOwnedAxis || (context.hasSubjectRules && isWavelength) || (attribute == nil && isListed ?? false)
        if context.isNXmx, let text, tellReaderSpelling(text, category, of: owner, member) { return }
        let path = quoted(owner.node.path)
        switch cache.verdict(of: category, on: text) {
        case .fits:
            return
        case .absent where !isOwned:
            let known = ["unit", "u", "Unit", "Units", "UNITS", "unit_", "uni", "untis"]
            let near = tree.object(owner.node)?.attributes.first { known.contains($0.name) }
            let hint = near.map { "; the attribute \(quoted($0.name)) is meant, as it seems" } ?? ""
            let isNumber = attribute.map { $0.type.isNumeric && !$0.type.isString } ?? false
            let state = isNumber ? "has units that are a number" : "has no units"
            findings.add(
                "NX-014", "\(path) \(state); \(by) asks \(category.words)\(hint)", at: owner.node, attribute: "units",
                fix: "Write units = \"\(category.example)\", or the unit that the number has.")
        case .otherDimension where !isOwned:
            let near = tree.object(owner.node)?.attributes.first { AxisFields.isMeantAsType($0.name) }
            if category.name == "NX_UNITLESS", owner.work.className == "NXtransformations", let near,
                tree.attribute("transformation_type", of: owner.node) == nil
            {
                findings.add(
                    "NX-015",
                    "units are \(quoted(text ?? "")) and 'transformation_type' is absent; \(quoted(near.name)) stands there",
                    at: owner.node, attribute: "units",
                    fix: "Write the attribute transformation_type, translation or rotation.")
                return
            }
            findings.add(
                "NX-015", "units are \(quoted(text ?? "")); \(by) asks \(category.words) such as '\(category.example)'",
                at: owner.node, attribute: "units")
        case .notUnderstood where !isOwned:
            findings.add(
                "NX-016", "units \(quoted(text ?? "")) are read as nothing", at: owner.node, attribute: "units")
        case .spelling(let reading):
            findings.add(
                "NX-016", "units \(quoted(text ?? "")) are read as '\(reading)'", at: owner.node, attribute: "units")
        case .absent, .otherDimension, .notUnderstood:
            return
        }
    }
}

/// Units that a definition lists by spelling.
enum UnitSpelling {
    /// Whether the text names a unit of the list in another spelling.
    static func isAnother(of list: [String], _ text: String) -> Bool {
        guard let unit = Unit(text) else { return false }
        return list.contains { Unit($0).map { $0.isSame(as: unit) } ?? false }
    }
}
