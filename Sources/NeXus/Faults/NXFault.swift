// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What is at fault in a file against its definitions: one case a fault, without words.
///
/// The rule of the catalogue that owns a case has its sentence; a case that no rule tells does not compile there.
public indirect enum NXFault: Sendable {
    case noEntry(NoEntry)
    case noDefinition(NoDefinition)
    case unknownDefinition(UnknownDefinition)
    case otherClass(OtherClass)
    case otherClassOfOptional(OtherClass)
    case absentGroup(AbsentGroup)
    case absentField(AbsentField)
    case absentAttribute(AbsentAttribute)
    case absentRecommended(Gathered)
    case releases(ReleaseShortfall)
    case otherKind(OtherKind)
    case unfitForm(UnfitForm)
    case lenientForm(LenientForm)
    case outsideDomain(OutsideDomain)
    case absentUnits(AbsentUnits)
    case otherDimension(OtherDimension)
    case otherSpelling(OtherSpelling)
    case outsideList(OutsideList)
    case besideOpenList(BesideOpenList)
    case otherShape(OtherShape)
    case symbolConflict(SymbolConflict)
    case noAlternative(NoAlternative)
    case otherCount(OtherCount)
    case deprecated(Deprecated)
    case undocumented(Gathered)
    case oddName(OddName)
    case oddTarget(OddTarget)
    case absentSignal(AbsentSignal)
    case contradictingData(ContradictingData)
    case oddDefault(OddDefault)
    case passedOver(Gathered)
    case emptyValue(EmptyValue)
    case spellingOfReaders(SpellingOfReaders)
    case foreignClass(Gathered)
    case ownClass(Gathered)
    case brokenLink(BrokenLink)
    case severalGroups(SeveralGroups)
    case undefinedAxis(UndefinedAxis)
    case axisCircle(AxisCircle)
    case zeroVector(ZeroVector)
    case unreadableTime(UnreadableTime)
    case timeWithoutZone(Gathered)

    /// The cases without what they hold: what one rule tells.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        case noEntry, noDefinition, unknownDefinition, otherClass, otherClassOfOptional, absentGroup, absentField
        case absentAttribute, absentRecommended, releases, otherKind, unfitForm, lenientForm, outsideDomain
        case absentUnits, otherDimension, otherSpelling, outsideList, besideOpenList, otherShape, symbolConflict
        case noAlternative, otherCount, deprecated, undocumented, oddName, oddTarget, absentSignal, contradictingData
        case oddDefault, passedOver, emptyValue, spellingOfReaders, foreignClass, ownClass, brokenLink, severalGroups
        case undefinedAxis, axisCircle, zeroVector, unreadableTime, timeWithoutZone
    }

    /// The case without what it holds.
    public var kind: Kind {
        switch self {
        case .noEntry: .noEntry
        case .noDefinition: .noDefinition
        case .unknownDefinition: .unknownDefinition
        case .otherClass: .otherClass
        case .otherClassOfOptional: .otherClassOfOptional
        case .absentGroup: .absentGroup
        case .absentField: .absentField
        case .absentAttribute: .absentAttribute
        case .absentRecommended: .absentRecommended
        case .releases: .releases
        case .otherKind: .otherKind
        case .unfitForm: .unfitForm
        case .lenientForm: .lenientForm
        case .outsideDomain: .outsideDomain
        case .absentUnits: .absentUnits
        case .otherDimension: .otherDimension
        case .otherSpelling: .otherSpelling
        case .outsideList: .outsideList
        case .besideOpenList: .besideOpenList
        case .otherShape: .otherShape
        case .symbolConflict: .symbolConflict
        case .noAlternative: .noAlternative
        case .otherCount: .otherCount
        case .deprecated: .deprecated
        case .undocumented: .undocumented
        case .oddName: .oddName
        case .oddTarget: .oddTarget
        case .absentSignal: .absentSignal
        case .contradictingData: .contradictingData
        case .oddDefault: .oddDefault
        case .passedOver: .passedOver
        case .emptyValue: .emptyValue
        case .spellingOfReaders: .spellingOfReaders
        case .foreignClass: .foreignClass
        case .ownClass: .ownClass
        case .brokenLink: .brokenLink
        case .severalGroups: .severalGroups
        case .undefinedAxis: .undefinedAxis
        case .axisCircle: .axisCircle
        case .zeroVector: .zeroVector
        case .unreadableTime: .unreadableTime
        case .timeWithoutZone: .timeWithoutZone
        }
    }
}
