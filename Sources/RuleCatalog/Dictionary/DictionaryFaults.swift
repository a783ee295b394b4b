// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import ImgCIF
public import RuleEngine

// The rules that own the faults of dictionaries, and their words, which stand in the files of the rules.

extension DictionaryFault {
    /// The rule that tells the fault.
    public var rule: RuleID {
        switch self {
        case .unknownName: "DICT-001"
        case .outsideList: "DICT-002"
        case .otherType: "DICT-003"
        case .outsideRange: "DICT-004"
        case .key: "DICT-005"
        case .repeatedKey: "DICT-006"
        case .uncertainty: "DICT-007"
        case .deprecated: "DICT-008"
        case .severalRows: "DICT-009"
        case .aliasDiffers: "DICT-010"
        case .defaultValue: "DICT-011"
        case .versions: "DICT-012"
        }
    }

    /// The fault in the words of its rule.
    var told: Told {
        switch self {
        case .unknownName(let fault): fault.told
        case .outsideList(let fault): fault.told
        case .otherType(let fault): fault.told
        case .outsideRange(let fault): fault.told
        case .key(let fault): fault.told
        case .repeatedKey(let fault): fault.told
        case .uncertainty(let fault): fault.told
        case .deprecated(let fault): fault.told
        case .severalRows(let fault): fault.told
        case .aliasDiffers(let fault): fault.told
        case .defaultValue(let fault): fault.told
        case .versions(let fault): fault.told
        }
    }

    /// The category that is at fault, where a fault is about one as a whole.
    fileprivate var category: String? {
        switch self {
        case .key(.absent(_, let category)): category
        case .repeatedKey(let fault): fault.category
        case .severalRows(let fault): fault.category
        default: nil
        }
    }
}

extension DictionaryFinding {
    /// The finding as its rule tells it.
    public var deviation: Deviation {
        let told = fault.told
        return Deviation(
            rule: fault.rule, message: told.message, places: places, count: count, values: told.values,
            subjects: fault.category.map { [Subject(.category, $0)] } ?? [], fix: told.fix)
    }
}
