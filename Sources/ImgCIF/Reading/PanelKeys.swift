// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Which array, section and detector element make a panel.
struct PanelKey: Hashable {
    var element: String?
    var array: String
    var section: String?
}

/// The distinct (element, array, section) of DIFFRN_DATA_FRAME, in the order of the file.
///
/// One pass over the codes of three columns; texts are made for distinct values only.
struct PanelKeys {
    private(set) var keys: [PanelKey] = []
    /// For each key the first row of DIFFRN_DATA_FRAME that uses it.
    private(set) var firstRows: [Int] = []

    init(dataFrame: Table, rows: [Int]) {
        let element = CodedColumn(dataFrame.column("detector_element_id"))
        let array = CodedColumn(dataFrame.column("array_id"))
        let section = CodedColumn(dataFrame.column("array_section_id"))
        struct Codes: Hashable { var element, array, section: UInt32 }
        var seen: Set<Codes> = []
        var last: Codes?
        for row in rows {
            // Where one element or array is named at all, a row that names none shows it as well.
            let codes = Codes(
                element: element.names.count == 1 ? 0 : element.code(row),
                array: array.names.count == 1 ? 0 : array.code(row), section: section.code(row))
            if codes == last { continue }
            last = codes
            guard seen.insert(codes).inserted else { continue }
            keys.append(
                PanelKey(
                    element: element.name(codes.element), array: array.name(codes.array) ?? "1",
                    section: section.name(codes.section)))
            firstRows.append(row)
        }
    }
}
