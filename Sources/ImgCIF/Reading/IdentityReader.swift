// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Reads what names a data set: DOI, facility, beamline, sample, temperature, dates.
struct IdentityReader {
    let block: SourcedBlock
    let collection: String?

    func identity() -> Identity {
        var identity = Identity()
        identity.title = Sourced(block.name, .stated(block.place))
        let database = Table("database", in: block)
        identity.doi = database.firstText("dataset_doi", rows: Array(database.rows))
        let source = Table("diffrn_source", in: block)
        let sourceRows = source.rows(of: collection)
        identity.facility = source.firstText("facility", rows: sourceRows)
        identity.beamline = source.firstText("beamline", rows: sourceRows)
        identity.instrument =
            source.firstText("type", rows: sourceRows) ?? source.firstText("make", rows: sourceRows)
        let diffrn = Table("diffrn", in: block)
        let diffrnRows = diffrn.rows.filter { collection == nil || diffrn.text("id", $0) == collection }
        identity.sample = diffrn.firstText("crystal_id", rows: diffrnRows)
        identity.temperature =
            diffrn.firstNumber("ambient_temperature", rows: diffrnRows) ?? ambientTemperatureOfDDL1
        let scan = Table("diffrn_scan", in: block)
        let scanRows = scan.rows(of: collection)
        let frame = Table("diffrn_scan_frame", in: block)
        identity.startTime =
            scan.firstText("date_start", rows: scanRows) ?? frame.firstText("date", rows: Array(frame.rows.prefix(1)))
        identity.endTime = scanRows.reversed().lazy.compactMap { scan.sourcedText("date_end", $0) }.first
        return identity
    }

    private var ambientTemperatureOfDDL1: Sourced<Double>? {
        guard let column = block.block.column("_diffrn_ambient_temperature"), column.count > 0,
            let number = column.number(0)
        else { return nil }
        return Sourced(number.value, .stated(column.place(0, in: block.source)))
    }
}
