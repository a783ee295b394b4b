// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// Something in which a document departs from its dictionaries; like ones are counted together.
public struct DictionaryFinding: Sendable {
    public let fault: DictionaryFault
    /// At most three places; `.file` for versions.
    public let places: [Place]
    /// How many cases it stands for.
    public let count: Int
    /// The block it stands in; nil for the file as a whole.
    public let block: String?

    init(_ fault: DictionaryFault, places: [Place], count: Int = 1, block: String?) {
        self.fault = fault
        self.places = Array(places.prefix(3))
        self.count = count
        self.block = block
    }
}

/// What is at fault in a document against its dictionaries: one case a fault, without words.
///
/// The rule of the catalogue that owns a case has its sentence; a case that no rule tells does not compile there.
/// Values stand as the file has them, cut for messages where the name says so.
public indirect enum DictionaryFault: Sendable {
    case unknownName(UnknownName)
    case outsideList(OutsideList)
    case otherType(OtherType)
    case outsideRange(OutsideRange)
    case key(Key)
    case repeatedKey(RepeatedKey)
    case uncertainty(Uncertainty)
    case deprecated(Deprecated)
    case severalRows(SeveralRows)
    case aliasDiffers(AliasDiffers)
    case defaultValue(DefaultValue)
    case versions(Versions)

    /// Names of no dictionary.
    public enum UnknownName: Sendable {
        case one(String, nearest: String?)
        /// Those beyond the ones that are told one by one.
        case others(first: String, count: Int)
    }

    /// A value that is none of the listed ones.
    public struct OutsideList: Sendable {
        public let name: String
        public let value: String
        public let states: [String]
    }

    /// A value of another type than that of its item.
    public struct OtherType: Sendable {
        /// What the item takes.
        public enum Form: Sendable { case number, wholeNumber, word, name, dataName, date, dateTime, text, uri, iri }

        public let name: String
        public let text: String?
        public let form: Form
        /// Letters behind a number.
        public let unit: String?
        /// A number in quotes.
        public let isQuotedNumber: Bool
    }

    /// A number outside the range of its item.
    public struct OutsideRange: Sendable {
        public let name: String
        public let shown: String
        public let raw: String
        /// As the dictionary writes it, "0.0:360.0".
        public let range: String
    }

    /// A key that is not there or has no value.
    public enum Key: Sendable {
        case absent(String, category: String)
        case empty(String, raw: String, rows: Int)
    }

    /// A key that stands twice.
    public struct RepeatedKey: Sendable {
        public let category: String
        public let shown: String
        /// The line of the first row with the key.
        public let line: Int
    }

    /// A standard uncertainty where none is taken.
    public struct Uncertainty: Sendable {
        public let name: String
        public let shown: String
        public let raw: String
    }

    /// A name that is not to be used any more.
    public struct Deprecated: Sendable {
        public let name: String
        /// Nil where the dictionary names none.
        public let replacement: String?
    }

    /// Rows of a category that takes one.
    public struct SeveralRows: Sendable {
        public let category: String
        public let rows: Int
    }

    /// Two names of one item with different values.
    public struct AliasDiffers: Sendable {
        public let name: String
        public let shown: String
        public let alias: String
        public let shownOfAlias: String
        public let lineOfAlias: Int
    }

    /// A default that entered keys, links or geometry.
    public struct DefaultValue: Sendable {
        public let name: String
        public let value: String
        public let rows: Int
        /// The first row, from 0.
        public let first: Int
    }

    /// The dictionaries in use and those that the file declares.
    public struct Versions: Sendable {
        /// What a declared version means for this check.
        public enum Remark: Sendable {
            case newer(name: String, version: String)
            /// The meaning of angle_range changed since.
            case rangeChanged
        }

        public let used: [(title: String, version: String)]
        public let declared: [(name: String, version: String)]
        public let remarks: [Remark]
        public let digests: [(file: String, sha256: String)]
    }
}
