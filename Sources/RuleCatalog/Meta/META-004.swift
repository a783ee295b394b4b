// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
import ImgCIF
public import RuleEngine

extension Rule {
    static let meta004 = Rule(
        "META-004", .C, "raw data table is incomplete", applies: .both,
        what: """
            The 22 fields of the table of a Raw Data Letter: each is stated, or can be derived from what is. DOI, names and \
            wavelength are told by META-001, META-010 and BEAM-001 and not named again; nor are fields that another fault \
            leaves empty. `imprimatur inspect --table \
            raw-data` prints the table.
            """,
        why: "The letter asks for these facts; what is missing has to be found out again from the beamline.",
        fix: "Add the items that inspect --table raw-data names beside the empty fields.",
        references: [
            "IUCrData Raw Data Letters, table", "cif_core _diffrn.ambient_temperature, _diffrn_source.facility",
        ],
        needs: owners.flatMap(\.rules), reads: Need.allCases, checks: [.experiment(incompleteTable)])

    /// Rules that tell of a fault which leaves fields of the table empty, with the numbers of the fields.
    fileprivate static let owners: [(rules: [RuleID], fields: ClosedRange<Int>)] = [
        (["DATA-001"], 1...3),
        (
            [
                "AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "AXIS-013", "AXIS-022", "PIXEL-001",
                "PIXEL-002",
                "PIXEL-003", "PIXEL-004", "GEOM-002", "LINK-009",
            ], 10...15
        ),
        (["SCAN-001", "SCAN-005", "SCAN-006", "SCAN-019", "SCAN-009", "SCAN-020", "AXIS-024", "LINK-009"], 16...22),
    ]
}

private func incompleteTable(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if let reason = view.reasonToSkipDataSet { return verdicts.notChecked(.kind(reason)) }
    guard verdicts.areAxesRead(view) else { return }
    let table = view.rawDataTable
    let told = [1, 4, 5, 6, 9] + Rule.owners.filter { verdicts.isTold(by: $0.rules) }.flatMap { Array($0.fields) }
    // The archive and the place of NeXus data are known to the deposit alone.
    let elsewhere = view.block == nil ? [2] : []
    let missing = table.fields.filter { !$0.isPresent && !told.contains($0.number) && !elsewhere.contains($0.number) }
    guard !missing.isEmpty else { return }
    let names = missing.map(\.name)
    let others = RawDataTable.fieldCount - table.presentCount - names.count
    let more = others > 0 ? "; \(others) more are told elsewhere, or known to the deposit alone" : ""
    verdicts.report(
        "\(table.presentCount) of \(RawDataTable.fieldCount) fields of the raw data table are there; "
            + "without a value: \(names.joined(separator: ", "))\(more)",
        at: [view.experiment.place],
        values: [
            ("n", .integer(table.presentCount)), ("fields", .integer(RawDataTable.fieldCount)),
            ("list", .list(names.map { .text($0) })),
        ], subjects: [verdicts.subject(.category, "raw data table")])
}

extension ExperimentView {
    /// The table of a Raw Data Letter on this experiment.
    var rawDataTable: RawDataTable { rawDataTable(ExperimentSummary(experiment, graph: graph)) }

    /// The table of a Raw Data Letter on this experiment, from its summary.
    public func rawDataTable(_ summary: ExperimentSummary) -> RawDataTable {
        var context = RawDataContext()
        if let block, let reading {
            context = RawDataContext(block, reading: reading)
        } else {
            context.format = Sourced("HDF5", .derived("the signature of the file"))
        }
        return RawDataTable(experiment, summary: summary, context: context)
    }
}
