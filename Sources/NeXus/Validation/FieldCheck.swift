// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import Units

/// The value that is judged: a field's, or an attribute's.
struct ValuePlace {
    let node: Node
    let attribute: String?
    let carrier: NXFault.Carrier

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
        let place = ValuePlace(node: node, attribute: nil, carrier: .field)
        checkAttributes(owner, plan.attributes)
        if plan.isAxis, !context.hasSubjectRules { checkAxisAttributes(owner, dataset) }
        if plan.isAxis { tellSpellingOfOffset(owner) }
        if plan.attributes.hasStandard {
            checkStandardAttributes(node, plan.attributes, dataset, facts, members: members)
        }
        // A required date that is empty is one that cannot be read.
        let asksText = !facts.isUndocumented && demand.isText && !(demand.isDate && facts.isRequired)
        tellText(dataset.value, at: place, asksText: asksText)
        guard !facts.isUndocumented else { return }
        if let deprecation = plan.deprecation { tell(deprecation, at: node) }
        let isWavelength = work.className == "NXbeam" && member.name == "incident_wavelength"
        // That the beam has no wavelength is told by itself.
        if context.hasSubjectRules, isWavelength, dataset.shape?.contains(0) ?? true { return }
        guard let shape = dataset.shape else {
            findings.add(
                facts.isRequired
                    ? .absentField(.withoutValue(name: member.name, definition: facts.concept?.definition ?? ""))
                    : .emptyValue(.nullField), at: node)
            return
        }
        if shape == [0], !owner.isOwnedAxis || member.name == "module_offset" {
            findings.add(
                facts.isRequired
                    ? .absentField(.withoutElements(name: member.name, definition: facts.concept?.definition ?? ""))
                    : .emptyValue(.emptyField), at: node)
            return
        }
        if !dataset.type.isString, let category = unitCategory(demand, member, node, members: members) {
            checkUnits(category, of: owner, member)
        }
        guard checkType(dataset.type, shape, dataset.value, demand, at: place) else { return }
        if facts.application != nil, !owner.isOwnedAxis, !isJudgedBySubject(member.name, in: work) {
            tellNotFinite(dataset.value, demand, at: place)
        }
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
        if context.isNXmx { checkSingle(shape, member.name, in: work, at: place) }
    }

    // MARK: Form and values

    /// Judges the stored form and the range of values; false when nothing more can be said of the value.
    func checkType(_ type: DataType, _ shape: [Int], _ value: Value, _ demand: ValueDemand, at place: ValuePlace)
        -> Bool
    {
        let asked = demand.typeName
        let by = demand.facts.concept?.definition ?? ""
        let most = context.mostValues
        unseen.note(value, shape, type: type, of: demand.valueFaults, at: place.path, most: most)
        switch StoredType.verdict(demand.type, type, shape: shape) {
        case .mismatch:
            findings.add(
                .unfitForm(.value(place.carrier, stored: type.words, type: asked, definition: by)), at: place.node,
                attribute: place.attribute, concept: asked)
            return false
        case .lenient where StoredType.outside(demand.type, value, most: most) == nil:
            findings.add(
                .lenientForm(.value(place.carrier, stored: type.words, type: asked, definition: by)), at: place.node,
                attribute: place.attribute, concept: asked)
        case .lenient, .fits:
            break
        }
        if let outside = StoredType.outside(demand.type, value, most: most) {
            findings.add(
                .outsideDomain(
                    .value(outside.value, index: outside.index, type: asked, StoredType.domain(demand.type))),
                at: place.node, attribute: place.attribute, concept: asked)
        }
        return true
    }

    /// - Parameter asksText: A definition asks for a text here, so that a blank one says nothing.
    func tellText(_ value: Value, at place: ValuePlace, asksText: Bool) {
        guard let texts = value.texts, let first = texts.first else { return }
        if let bad = texts.first(where: { !$0.isUTF8 }) {
            findings.add(
                .emptyValue(.notUTF8(firstByte: bad.firstBadByte ?? 0)), at: place.node, attribute: place.attribute)
        } else if asksText, texts.allSatisfy({ Self.isBlank($0.string) }) {
            findings.add(
                .emptyValue(first.string.isEmpty ? .empty : .blank), at: place.node, attribute: place.attribute)
        }
    }

    private static func isBlank(_ text: String) -> Bool {
        if let first = text.utf8.first, first > 0x20, first < 0x7F { return false }
        return text.allSatisfy(\.isWhitespace)
    }

    func tellSeveralStrings(_ count: Int, at place: ValuePlace) {
        findings.add(
            .lenientForm(.severalStrings(place.carrier, count: count)), at: place.node, attribute: place.attribute,
            concept: "strings")
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
                    .withoutZone, name: "\(name) = \(quoted(text.string))",
                    at: .object(path: place.node.path, attribute: place.attribute))
            case .unusual:
                findings.add(
                    .lenientForm(.date(text.string)), at: place.node, attribute: place.attribute, concept: "date")
            case .unreadable:
                if Self.isBlank(text.string), !facts.isRequired || place.attribute != nil { continue }
                findings.add(
                    .unreadableTime(.init(name: name, text: text.string)), at: place.node, attribute: place.attribute)
            }
        }
    }

    // MARK: Lists

    func checkEnumeration(
        _ value: Value, _ type: DataType, _ demand: ValueDemand, at place: ValuePlace, isCustom: () -> Bool
    ) {
        guard let list = demand.enumeration, let odd = list.items.firstOutside(value, of: type) else { return }
        if !list.isOpen {
            findings.add(
                .outsideList(.value(odd, definition: list.by.definition, list: list.values)), at: place.node,
                attribute: place.attribute, concept: list.by.definition)
        } else if !isCustom() {
            findings.add(
                .besideOpenList(.init(value: odd, list: list.values)), at: place.node, attribute: place.attribute,
                concept: list.by.definition)
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
        switch cache.verdict(of: category, on: text) {
        case .fits:
            return
        case .absent where !isOwned:
            let known = ["unit", "u", "Unit", "Units", "UNITS", "unit_", "uni", "untis"]
            let near = tree.object(owner.node)?.attributes.first { known.contains($0.name) }
            let isNumber = attribute.map { $0.type.isNumeric && !$0.type.isString } ?? false
            findings.add(
                .absentUnits(
                    .init(
                        path: owner.node.path, isNumber: isNumber, definition: by, category: category.words,
                        example: example(category, of: owner.node), nearest: near?.name)),
                at: owner.node, attribute: "units")
        case .otherDimension where !isOwned:
            let near = tree.object(owner.node)?.attributes.first { AxisFields.isMeantAsType($0.name) }
            if category.name == "NX_UNITLESS", owner.work.className == "NXtransformations", let near,
                tree.attribute("transformation_type", of: owner.node) == nil
            {
                findings.add(
                    .otherDimension(.absentType(text ?? "", nearest: near.name)), at: owner.node, attribute: "units")
                return
            }
            findings.add(
                .otherDimension(
                    .units(
                        text ?? "", definition: by, category: category.words, example: example(category, of: owner.node)
                    )),
                at: owner.node, attribute: "units")
        case .notUnderstood where !isOwned:
            findings.add(.otherSpelling(.notUnderstood(text ?? "")), at: owner.node, attribute: "units")
        case .spelling(let reading):
            findings.add(.otherSpelling(.read(text ?? "", as: reading)), at: owner.node, attribute: "units")
        case .absent, .otherDimension, .notUnderstood:
            return
        }
    }
}

/// A unit to offer: lengths of a crystal are not those of an instrument.
private func example(_ category: UnitCategory, of node: Node) -> String {
    let name = node.path.split(separator: "/").last ?? ""
    let isOfCrystal = name.hasPrefix("unit_cell") || name.hasPrefix("d_spacing") || name == "lattice_constants"
    return category.name == "NX_LENGTH" && isOfCrystal ? "angstrom" : category.example
}

/// Units that a definition lists by spelling.
enum UnitSpelling {
    /// Whether the text names a unit of the list in another spelling.
    static func isAnother(of list: [String], _ text: String) -> Bool {
        guard let unit = Unit(text) else { return false }
        return list.contains { Unit($0).map { $0.isSame(as: unit) } ?? false }
    }
}
