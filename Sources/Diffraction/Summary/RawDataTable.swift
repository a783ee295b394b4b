// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A field of the raw data table.
public struct RawDataField: Sendable {
    /// 1...22, as the table numbers them.
    public var number: Int
    /// The name of the field, as the table prints it.
    public var name: String
    /// The unit of its value; nil for texts.
    public var unit: String?
    /// The item of imgCIF that states it.
    public var item: String
    /// One value, or one for each scan; empty when nothing is known.
    public var values: [RawDataValue]

    /// The field has a value.
    public var isPresent: Bool { !values.isEmpty }

    /// The values as one text, "; " between scans; nil when nothing is known.
    public var text: String? { values.isEmpty ? nil : values.map(\.text).joined(separator: "; ") }

    /// Every value is computed or taken from something else than the statement itself.
    public var isDerived: Bool {
        isPresent
            && values.allSatisfy {
                if case .stated = $0.origin { return false }
                return true
            }
    }
}

/// A value of a field.
public struct RawDataValue: Sendable {
    /// The value in words, with its unit.
    public var text: String
    /// The scan it is about; nil for all.
    public var scan: String?
    /// Where the value comes from.
    public var origin: Origin
    /// More about it, such as the settings of the other axes.
    public var note: String?

    public init(_ text: String, scan: String? = nil, origin: Origin, note: String? = nil) {
        self.text = text
        self.scan = scan
        self.origin = origin
        self.note = note
    }
}

/// What the table asks and no experiment holds; from the items of the file, the DOI or the first bytes of the data.
public struct RawDataContext: Sendable {
    /// DOI of the data set.
    public var doi: Sourced<String>?
    /// Host of the DOI or of the addresses of the data.
    public var archive: Sourced<String>?
    /// `_array_data_external_data.format`, or what the first bytes are.
    public var format: Sourced<String>?
    /// `_diffrn_source.make` and `.device` of a laboratory source.
    public var laboratorySource: Sourced<String>?
    /// `_diffrn_detector.make` when the description does not hold it.
    public var detectorMake: Sourced<String>?

    public init() {}
}

/// The table of a Raw Data Letter: 22 fields, each with its value and where it comes from.
///
/// - Source: imgcif.md section 12; publcif.iucr.org/imgcif/info.php.
public struct RawDataTable: Sendable {
    /// In the order of the table.
    public let fields: [RawDataField]

    /// The number of fields.
    public static let fieldCount = 22

    /// Fields with a value.
    public var presentCount: Int { fields.filter(\.isPresent).count }

    /// Names of the fields without one.
    public var missing: [String] { fields.filter { !$0.isPresent }.map(\.name) }

    public init(_ experiment: Experiment, summary: ExperimentSummary, context: RawDataContext = RawDataContext()) {
        fields =
            Self.identity(experiment, context) + Self.beam(experiment, summary) + Self.detector(experiment, summary)
            + Self.scans(summary)
    }
}
