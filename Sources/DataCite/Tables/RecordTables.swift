// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import JSON

/// Facilities, techniques, licences and organisations, read from the folder `rules`.
public struct RecordTables: Sendable {
    /// In the order of the names of their files.
    public private(set) var facilities: [Facility] = []
    /// Labels of the terms of PaNET by their ids.
    public private(set) var techniques: [String: String] = [:]
    /// Titles of the licences of SPDX by their identifiers.
    public private(set) var licences: [String: String] = [:]
    /// Identifiers of licences that SPDX calls deprecated.
    public private(set) var deprecatedLicences: Set<String> = []
    /// Names of organisations by their bare ROR ids, the first as ROR has it.
    public private(set) var organisations: [String: [String]] = [:]
    /// The files of facilities, from which places are told.
    public private(set) var sources: [SourceList.Entry] = []
    /// What could not be read, one sentence each.
    public private(set) var faults: [String] = []

    /// No table at all: nothing is looked up.
    public init() {}

    /// - Parameters:
    ///   - facilities: Names of the files below `facilities`.
    ///   - first: The number of the first of them in the list of sources of the reading.
    ///   - read: Gives a file of the folder `rules` by its path there; nil where it is not.
    public init(facilities names: [String], first: Int, read: (String) -> [UInt8]?) {
        for name in names.sorted() {
            guard let bytes = read("facilities/" + name) else {
                faults.append("'facilities/\(name)' cannot be read")
                continue
            }
            do {
                let source = SourceID(position: first + sources.count)
                guard let facility = try Facility.read(bytes, in: source) else { continue }
                facilities.append(facility)
                let lines = bytes.withUnsafeBytes { LineStarts(of: $0, limit: bytes.count) }
                sources.append(
                    SourceList.Entry(name: "rules/facilities/\(name)", role: .linked, lines: .starts(lines)))
            } catch {
                faults.append("'facilities/\(name)' is no JSON5: \(error.description)")
            }
        }
        for row in rows("vocabularies/panet.tsv", read) where row.count > 1 { techniques[row[0]] = row[1] }
        for row in rows("vocabularies/spdx.tsv", read) where row.count > 1 {
            let isDeprecated = row[1].hasPrefix("- ")
            if isDeprecated { deprecatedLicences.insert(row[0]) }
            licences[row[0]] = isDeprecated ? String(row[1].dropFirst(2)) : row[1]
        }
        for row in rows("vocabularies/ror.tsv", read) where row.count > 1 {
            organisations[row[0]] = Array(row.dropFirst())
        }
    }

    private mutating func rows(_ path: String, _ read: (String) -> [UInt8]?) -> [[String]] {
        guard let bytes = read(path) else {
            faults.append("'\(path)' cannot be read")
            return []
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.hasPrefix("#") ? nil : line.split(separator: "\t").map(String.init)
        }
    }

    /// The facility that a text names.
    public func facility(_ text: String) -> Facility? { facilities.first { $0.isNamed(text) } }

    /// The facility with a bare ROR id.
    public func facility(ror: String) -> Facility? { facilities.first { $0.ror?.value == ror } }

    /// Where the terms of PaNET have their addresses.
    public static let panetAddress = "http://purl.org/pan-science/PaNET/"
}
