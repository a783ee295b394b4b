// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import RuleEngine
import TestSupport
import Testing

/// Records that the schema passes and the rules do not. Oracle: the registries of ROR and DataCite, as the tables have them.
@Suite struct RecordTrapTests {
    /// Rules at A and B that a DataCite record meets, which is right but for the text put in the place of another.
    private func faults(_ other: String? = nil, for text: String = "") throws -> Set<String> {
        let good = """
            <?xml version="1.0" encoding="UTF-8"?>
            <resource xmlns="http://datacite.org/schema/kernel-4">
              <identifier identifierType="DOI">10.5072/sweep.7</identifier>
              <creators><creator><creatorName nameType="Personal">Carberry, Josiah</creatorName>
                <givenName>Josiah</givenName><familyName>Carberry</familyName>
                <affiliation affiliationIdentifier="https://ror.org/02550n020" affiliationIdentifierScheme="ROR"
                  schemeURI="https://ror.org">European Synchrotron Radiation Facility</affiliation></creator></creators>
              <titles><title>Images</title></titles><publisher>A repository</publisher>
              <publicationYear>2026</publicationYear>
              <resourceType resourceTypeGeneral="Dataset">Raw images</resourceType>
            </resource>
            """
        #expect(text.isEmpty || good.contains(text))
        let folder = try TestSupport.Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("datacite.xml")
        try Data((other.map { good.replacing(text, with: $0) } ?? good).utf8).write(to: path)
        let rules = try RulesFolder.find(option: TestSupport.Folder.checkout.appendingPathComponent("rules").path)
        var settings = FileCheck.Settings(profile: Profile(name: "default"), today: "2026-11-30")
        settings.reading.record = RecordSettings(rules: rules, today: "2026-11-30")
        let report = FileCheck(settings).check(path.path)
        #expect(report.failures.isEmpty)
        return Set(report.findings.filter { $0.level.isAtLeast(.B) }.map { "\($0.rule)" })
    }

    @Test func `a ROR of somebody else is found`() throws {
        #expect(try faults() == [])
        // Right check digits, another organisation: Diamond Light Source.
        #expect(try faults("05etxs293", for: "02550n020") == ["META-018"])
    }

    @Test(arguments: ["10.5072/a+b", "10.5072/a b", "10.507/x", "10.123456/x", "10.5072/Ü", "10.5072/"])
    func `DOI pattern of DataCite`(_ doi: String) throws {
        #expect(!(try faults(doi, for: "10.5072/sweep.7")).isEmpty, "\(doi)")
        #expect(try faults("10.5072/a-b._;()/:A9*~$=", for: "10.5072/sweep.7") == [])
    }
}
