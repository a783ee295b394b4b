// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta022 = Rule(
        "META-022", .B, "licence is stated in two ways that differ", applies: .package,
        what: """
            The address of the licence is one of its SPDX identifier, as far as the address is of Creative Commons or SPDX. \
            An identifier that SPDX does not list is told by META-013.
            """,
        why: "Nobody knows which of the two holds, and a court takes the narrower one.",
        fix: "Name one licence; its address and title are written by this program.",
        references: ["DataCite Metadata Schema 4.7, rights", "SPDX licence list"],
        checks: [.record(twoLicences)])
}

private func twoLicences(_ view: RecordView, _ verdicts: inout Verdicts) {
    for rights in view.record.rights {
        guard let identifier = rights.identifier, view.tables.licences[identifier.value] != nil,
            let address = rights.address, let meant = Licence.identifier(ofAddress: address.value.trimmed),
            meant.lowercased() != identifier.value.lowercased()
        else { continue }
        verdicts.tell(
            "rights-disagree",
            "licence is \(identifier.value) in rightsIdentifier and \(meant) in rightsURI", at: identifier, in: view,
            [("first", .text(identifier.value)), ("second", .text(meant))])
    }
}
