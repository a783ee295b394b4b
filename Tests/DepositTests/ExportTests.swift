// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Testing

/// What an export loses. Oracle: exports of InvenioRDM 14.0.5, as they were measured, in small.
@Suite struct ExportTests {
    private func document(_ inner: String) -> [UInt8] {
        Array("<resource xmlns=\"http://datacite.org/schema/kernel-4\">\(inner)</resource>".utf8)
    }

    private func compare(_ ours: String, _ theirs: String) throws -> ExportComparison {
        try ExportComparison(ours: document(ours), theirs: document(theirs))
    }

    @Test(arguments: [
        ("<language>en</language>", "<language>eng</language>"),
        (
            "<rightsList><rights rightsIdentifier='CC-BY-4.0'>BY</rights></rightsList>",
            "<rightsList><rights rightsIdentifier='cc-by-4.0'>BY</rights></rightsList>"
        ),
        (
            "<dates><date dateType='Collected'>2025-11-30T14:02:11+01:00/2025-11-30T14:08:11+01:00</date></dates>",
            "<dates><date dateType='Collected'>2025-11-30</date><date dateType='Issued'>2026-01-01</date></dates>"
        ),
        (
            "<subjects><subject valueURI='http://purl.org/x/PaNET01164' schemeURI='http://purl.org/x'>mx</subject></subjects>",
            "<subjects><subject>mx</subject></subjects>"
        ),
        (
            "<resourceType resourceTypeGeneral='Dataset'>Raw images</resourceType>",
            "<resourceType resourceTypeGeneral='Dataset'></resourceType>"
        ),
        (
            "<relatedIdentifiers><relatedIdentifier relatedIdentifierType='RRID' relationType='References'>RRID:1</relatedIdentifier></relatedIdentifiers>",
            ""
        ),
    ])
    func `a known loss is told apart`(_ pair: (ours: String, theirs: String)) throws {
        let comparison = try compare(pair.ours, pair.theirs)
        #expect(comparison.unexpected.isEmpty, "\(comparison.unexpected)")
        #expect(!comparison.lines.isEmpty)
    }

    @Test(arguments: [
        ("<titles><title>A</title></titles>", "<titles><title>B</title></titles>"),
        ("<titles><title>A</title></titles>", ""),
        ("", "<titles><title>A</title></titles>"),
        ("<version>1.0</version>", "<version>2.0</version>"),
        (
            "<dates><date dateType='Available'>2027-01-02</date></dates>",
            "<dates><date dateType='Issued'>2027-01-02</date></dates>"
        ),
        (
            "<resourceType resourceTypeGeneral='Dataset'>x</resourceType>",
            "<resourceType resourceTypeGeneral='Image'>x</resourceType>"
        ),
        (
            "<relatedIdentifiers><relatedIdentifier relatedIdentifierType='DOI' relationType='IsPartOf'>10.1/a</relatedIdentifier></relatedIdentifiers>",
            "<relatedIdentifiers><relatedIdentifier relatedIdentifierType='DOI' relationType='Cites'>10.1/a</relatedIdentifier></relatedIdentifiers>"
        ),
        (
            "<rightsList><rights rightsIdentifier='CC-BY-4.0'>BY</rights></rightsList>",
            "<rightsList><rights rightsIdentifier='cc0-1.0'>BY</rights></rightsList>"
        ),
        (
            "<creators><creator><creatorName>A, B</creatorName></creator></creators>",
            "<creators><creator><creatorName>A, C</creatorName></creator></creators>"
        ),
        (
            "<creators><creator><creatorName>A, B</creatorName><nameIdentifier nameIdentifierScheme='ORCID'>https://orcid.org/0000-0002-1825-0097</nameIdentifier></creator></creators>",
            "<creators><creator><creatorName>A, B</creatorName></creator></creators>"
        ),
    ])
    func `anything else is unexpected`(_ pair: (ours: String, theirs: String)) throws {
        #expect(try !compare(pair.ours, pair.theirs).unexpected.isEmpty)
    }

    @Test func `the same document has no difference`() throws {
        let text = "<titles><title>A</title></titles><subjects><subject>x</subject><subject>x</subject></subjects>"
        let comparison = try compare(text, text)
        #expect(comparison.lines.isEmpty && comparison.equal == 3)
    }

    @Test func `losses are gathered by their kind`() throws {
        let subject = "<subject valueURI='http://a.org/1' schemeURI='http://a.org'>mx</subject>"
        let other = "<subject valueURI='http://a.org/2'>saxs</subject>"
        let comparison = try compare(
            "<subjects>\(subject)\(other)</subjects><language>en</language>",
            "<subjects><subject>mx</subject><subject>saxs</subject></subjects><language>eng</language>"
                + "<dates><date dateType='Issued'>2026-01-01</date></dates>")
        #expect(comparison.losses == ["schemeURI of subject", "valueURI of subject", "wording of language"])
    }
}
