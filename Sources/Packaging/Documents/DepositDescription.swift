// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
public import Transport

/// The imgCIF description of a deposit, with pointers to the files of a record that may not exist yet.
///
/// Before a repository has given a number, addresses begin with `placeholder`, whose domain nobody can have, and the DOI is
/// absent. What is written for good replaces both.
/// - Source: RFC 2606, section 2: the domain `invalid`.
public struct DepositDescription: Sendable {
    /// What addresses begin with until they are known.
    public static let placeholder = "https://deposit.invalid/"
    private static let doiPlaceholder = "10.0000/deposit.invalid"

    /// The text with placeholders, kept beside the deposit.
    public let template: String
    /// What was assumed, found or left out.
    public let notes: [String]

    /// Describes the data.
    ///
    /// - Parameter request: What the user gives beside the files.
    /// - Throws: When what the headers hold does not make a description.
    public init(
        _ files: [PlannedFile], request: DescriptionRun.Request, settings: ReadingSettings, rules: RulesFolder
    ) throws(Failure) {
        var request = request
        request.url = Self.placeholder
        request.doi = Self.doiPlaceholder
        request.blockName = request.blockName ?? "deposit"
        var names: [String] = []
        for file in files {
            for member in file.members {
                let isStack = SeriesName.isHDF5(member.path)
                guard SeriesName.isImage(member.path) || isStack else { continue }
                names.append(member.source.text)
                request.placements[member.source.text] = DescriptionRun.Placement(
                    uri: Self.placeholder + AddressText.escaped(file.name),
                    member: file.isVolume ? member.path.text : nil)
            }
        }
        let run = try DescriptionRun(names, request: request, settings: settings, rules: rules)
        if let failure = run.failures.first(where: { !Self.isPartOfSet($0) }) { throw failure }
        template = run.text
        notes = run.notes.filter { !$0.hasPrefix("Open: the DOI") }
    }

    /// A template that was kept.
    public init(template: String) {
        self.template = template
        notes = []
    }

    /// Data files of a set are described through their master.
    private static func isPartOfSet(_ failure: Failure) -> Bool { SeriesName.isHDF5(Name(failure.subject)) }

    /// The description with the DOI and the addresses of a record.
    ///
    /// - Parameters:
    ///   - doi: Bare; nil: no DOI is stated.
    ///   - address: The address of a file by its name; nil: the placeholder stays.
    public func text(doi: String?, address: ((Name) -> String)?, files: [PlannedFile]) -> String {
        var text = template
        if let doi {
            text = text.replacing(Self.doiPlaceholder, with: doi)
        } else {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            text = lines.filter { !$0.contains(Self.doiPlaceholder) }.joined(separator: "\n")
        }
        guard let address else { return text }
        // The longest first: one name may begin like another.
        for file in files.sorted(by: { $0.name.bytes.count > $1.name.bytes.count }) {
            text = text.replacing(Self.placeholder + AddressText.escaped(file.name), with: address(file.name))
        }
        return text
    }
}
