// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import NeXus
public import RuleEngine

// The rules that own the faults of NeXus definitions: one rule a kind of fault, its words in the file of the rule.

extension NXFault.Kind {
    /// The rule that tells faults of this kind.
    public var rule: RuleID {
        switch self {
        case .noEntry: "NX-001"
        case .noDefinition: "NX-002"
        case .unknownDefinition: "NX-003"
        case .otherClass: "NX-004"
        case .otherClassOfOptional: "NX-036"
        case .absentGroup: "NX-005"
        case .absentField: "NX-006"
        case .absentAttribute: "NX-007"
        case .absentRecommended: "NX-008"
        case .releases: "NX-009"
        case .otherKind: "NX-010"
        case .unfitForm: "NX-011"
        case .lenientForm: "NX-012"
        case .outsideDomain: "NX-013"
        case .absentUnits: "NX-014"
        case .otherDimension: "NX-015"
        case .otherSpelling: "NX-016"
        case .outsideList: "NX-017"
        case .besideOpenList: "NX-018"
        case .otherShape: "NX-019"
        case .symbolConflict: "NX-020"
        case .noAlternative: "NX-021"
        case .otherCount: "NX-022"
        case .deprecated: "NX-023"
        case .undocumented: "NX-024"
        case .oddName: "NX-025"
        case .oddTarget: "NX-026"
        case .absentSignal: "NX-027"
        case .contradictingData: "NX-028"
        case .oddDefault: "NX-029"
        case .passedOver: "NX-030"
        case .emptyValue: "NX-031"
        case .spellingOfReaders: "NX-032"
        case .foreignClass: "NX-034"
        case .ownClass: "NX-035"
        case .brokenLink: "LINK-010"
        case .severalGroups: "LINK-012"
        case .undefinedAxis: "AXIS-001"
        case .axisCircle: "AXIS-002"
        case .zeroVector: "AXIS-004"
        case .unreadableTime: "SCAN-016"
        case .timeWithoutZone: "SCAN-017"
        }
    }
}

extension NXFault {
    /// The fault in the words of its rule.
    var told: Told {
        switch self {
        case .noEntry(let fault): fault.told
        case .noDefinition(let fault): fault.told
        case .unknownDefinition(let fault): fault.told
        case .otherClass(let fault): fault.told
        case .otherClassOfOptional(let fault): fault.told
        case .absentGroup(let fault): fault.told
        case .absentField(let fault): fault.told
        case .absentAttribute(let fault): fault.told
        case .absentRecommended(let fault): fault.toldAsRecommended
        case .releases(let fault): fault.told
        case .otherKind(let fault): fault.told
        case .unfitForm(let fault): fault.told
        case .lenientForm(let fault): fault.told
        case .outsideDomain(let fault): fault.told
        case .absentUnits(let fault): fault.told
        case .otherDimension(let fault): fault.told
        case .otherSpelling(let fault): fault.told
        case .outsideList(let fault): fault.told
        case .besideOpenList(let fault): fault.told
        case .otherShape(let fault): fault.told
        case .symbolConflict(let fault): fault.told
        case .noAlternative(let fault): fault.told
        case .otherCount(let fault): fault.told
        case .deprecated(let fault): fault.told
        case .undocumented(let fault): fault.toldAsUndocumented
        case .oddName(let fault): fault.told
        case .oddTarget(let fault): fault.told
        case .absentSignal(let fault): fault.told
        case .contradictingData(let fault): fault.told
        case .oddDefault(let fault): fault.told
        case .passedOver(let fault): fault.toldAsPassedOver
        case .emptyValue(let fault): fault.told
        case .spellingOfReaders(let fault): fault.told
        case .foreignClass(let fault): fault.toldAsForeignClass
        case .ownClass(let fault): fault.toldAsOwnClass
        case .brokenLink(let fault): fault.told
        case .severalGroups(let fault): fault.told
        case .undefinedAxis(let fault): fault.told
        case .axisCircle(let fault): fault.told
        case .zeroVector(let fault): fault.told
        case .unreadableTime(let fault): fault.told
        case .timeWithoutZone(let fault): fault.toldAsTimes
        }
    }
}

extension NXFinding {
    /// The finding as its rule tells it.
    public var deviation: Deviation {
        let told = fault.told
        return Deviation(
            rule: fault.kind.rule, message: told.message, places: places, count: count, values: told.values,
            subjects: places.compactMap { place in
                guard case .object(let path, _) = place.spot else { return nil }
                return Subject(.dataset, path)
            }, fix: told.fix)
    }
}

extension Validation {
    /// The findings as their rules tell them, by place, rule and words.
    public var deviations: [Deviation] {
        gathered.enumerated().sorted { left, right in
            guard left.element.places.first == right.element.places.first else { return left.offset < right.offset }
            return (left.element.rule, left.element.message) < (right.element.rule, right.element.message)
        }.map(\.element)
    }
}
