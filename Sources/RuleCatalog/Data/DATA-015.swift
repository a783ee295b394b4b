// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let data015 = Rule(
        "DATA-015", .B, "location and DOI name different records", applies: .imgCIF,
        what: """
            Record numbers in locations of Zenodo and SBGrid against _database.dataset_DOI. Zenodo gives a DOI to each \
            version of a record and a lower one to all versions together, so that a DOI with a lower number than its \
            location may be right, and passes: only the record itself tells. A DOI of another registrant is not \
            compared.
            """,
        why: "Whoever follows the DOI fetches other images than those that are described.",
        fix: "Write the DOI of the record that holds the images, or the location of the file in that record.",
        references: ["cif_core _database.dataset_DOI", "COMCIFS/imgCIF_Creator"],
        needs: ["META-002"],
        checks: [.text(otherRecords)])
}

private func otherRecords(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let column = block.column("_array_data_external_data.uri"),
            let doi = block.column("_database.dataset_DOI")?.text(0)
                ?? block.column("_database_dataset_DOI")?.text(0)
        else { continue }
        guard DOI.fault(in: doi) == nil else {
            verdicts.notChecked(.absent("'\(Wording.excerpt(doi))' is no DOI"))
            continue
        }
        guard let own = RecordNumber(doi: doi) else {
            verdicts.notChecked(.kind("the DOI is of a registrant whose records are not known by number"))
            continue
        }
        var found = ExternalRows()
        for (uri, rows) in column.distinct {
            let location = Location(uri)
            guard let record = RecordNumber(location), !record.mayBelong(to: own) else { continue }
            for row in rows {
                found.add(
                    record.words, row, at: column.place(row),
                    "location '\(Wording.excerpt(location.masked, limit: 100))' belongs to \(record.words), the data set "
                        + "DOI is \(Wording.excerpt(doi))")
            }
        }
        for group in found.groups {
            verdicts.report(
                group.words + group.number, at: group.places,
                values: [("doi", .text(doi)), ("n", .integer(group.rows.count))], count: group.rows.count,
                subjects: [Subject(.category, "records", in: block.name)])
        }
    }
}

/// A record of a repository by its number.
private struct RecordNumber {
    private enum Repository: String {
        case zenodo = "Zenodo"
        case sbgrid = "SBGrid"
    }

    private let repository: Repository
    private let number: Int

    var words: String { "record \(number) of \(repository.rawValue)" }

    /// Of "10.5281/zenodo.7654321" and "10.15785/SBGRID/837", in any form of a DOI.
    init?(doi: String) {
        let lower = doi.lowercased()
        for (front, repository) in [("10.5281/zenodo.", Repository.zenodo), ("10.15785/sbgrid/", .sbgrid)] {
            guard let range = lower.firstRange(of: front), let number = Int(lower[range.upperBound...]) else {
                continue
            }
            (self.repository, self.number) = (repository, number)
            return
        }
        return nil
    }

    /// Of an address of a file, a record or its interface.
    init?(_ location: Location) {
        let parts = location.path.split(separator: "/").map { $0.lowercased() }
        let host = location.host.hasPrefix("www.") ? String(location.host.dropFirst(4)) : location.host
        if host == "zenodo.org", let at = parts.firstIndex(where: { $0 == "records" || $0 == "record" }),
            at + 1 < parts.count, let number = Int(parts[at + 1])
        {
            (repository, self.number) = (.zenodo, number)
        } else if host == "data.sbgrid.org", let at = parts.firstIndex(of: "sbgrid"), at > 0,
            parts[at - 1] == "10.15785", at + 1 < parts.count, let number = Int(parts[at + 1])
        {
            (repository, self.number) = (.sbgrid, number)
        } else {
            return nil
        }
    }

    /// It is the record of the DOI, or that DOI may be the one of all its versions.
    func mayBelong(to doi: RecordNumber) -> Bool {
        guard repository == doi.repository else { return false }
        return number == doi.number || repository == .zenodo && doi.number < number
    }
}
