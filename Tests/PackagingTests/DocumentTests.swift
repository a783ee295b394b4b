// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Diffraction
import Digest
import Foundation
import JSON
import TestSupport
import Testing
import Transport

@testable import Packaging

/// Oracle: the specifications of RO-Crate 1.2 and CITATION.cff 1.2; validators of others by `make test-package`.
@Suite struct DocumentTests {
    private static let author = """
        {
          schema: 1,
          data: ["*.cbf"],
          title: "Images of \\"something\\": a trial",
          abstract: "Words & more.",
          creators: [
            { family: "Carberry", given: "Josiah", orcid: "0000-0002-1825-0097",
              affiliations: [{ name: "European Synchrotron Radiation Facility", ror: "02550n020" }] },
            { name: "A consortium" },
          ],
          licence: "CC-BY-4.0",
        }
        """

    private func content(files count: Int) throws -> DocumentContent {
        let (file, faults) = AuthorFile.read(Array(Self.author.utf8))
        #expect(faults.isEmpty)
        var context = RecordContext(today: "2026-11-30")
        context.doi = "10.5072/abc"
        context.publisher = "A repository"
        let assembly = RecordAssembly(author: file, facts: DataSetFacts(), context: context)
        var content = DocumentContent(record: assembly.record, facts: DataSetFacts(), date: "2026-11-30")
        content.files = (0..<count).map {
            DocumentContent.File(
                name: "scan-\($0) Ü.zip", size: 1000, sha256: String(repeating: "a", count: 64), members: 3,
                isData: true)
        }
        content.files.append(
            DocumentContent.File(
                name: "dataset.cif", size: 5, sha256: String(repeating: "b", count: 64), members: nil, isData: false))
        return content
    }

    @Test("RO-Crate below 200 entities and 1.2, which differs from 1.3 in two strings", arguments: [1, 90, 5000])
    func crate(_ count: Int) throws {
        let content = try content(files: count)
        let bytes = try #require(ResearchCrate(content).bytes())
        let json = try JSONReader.read(bytes)
        let graph = try #require(json["@graph"]?.elements)
        #expect(graph.count < 200)
        #expect(json["@context"]?.string == "https://w3id.org/ro/crate/1.2/context")
        let root = try #require(graph.first { $0["@id"]?.string == "./" })
        #expect(root["datePublished"]?.string == "2026-11-30")
        #expect(root["license"]?["@id"]?.string?.hasPrefix("https://creativecommons.org/") == true)
        // What is referred to is there.
        let ids = Set(graph.compactMap { $0["@id"]?.string })
        for part in root["hasPart"]?.elements ?? [] { #expect(ids.contains(part["@id"]?.string ?? "")) }
        #expect(ids.contains("dataset.cif"))
        if count == 1 { #expect(ids.contains("scan-0%20%C3%9C.zip")) }
        let other = try #require(ResearchCrate(content, .v13).bytes())
        let changed = String(decoding: other, as: UTF8.self).replacing("ro/crate/1.3", with: "ro/crate/1.2")
        #expect(Array(changed.utf8) == bytes)
    }

    @Test("a citation names people, groups, DOI and licence") func citation() throws {
        let text = try #require(CitationFile.text(try content(files: 1)))
        for line in [
            "cff-version: 1.2.0", "type: dataset", "title: \"Images of \\\"something\\\": a trial\"",
            "  - family-names: \"Carberry\"", "    given-names: \"Josiah\"",
            "    orcid: \"https://orcid.org/0000-0002-1825-0097\"", "  - name: \"A consortium\"",
            "doi: \"10.5072/abc\"",
            "license: \"CC-BY-4.0\"", "date-released: 2026-11-30",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
        var nobody = try content(files: 1)
        nobody.record.creators = []
        #expect(CitationFile.text(nobody) == nil)
    }

    @Test("a licence has its text where the tables hold it, and no name leads out of them") func licences() throws {
        let rules = try RulesFolder.find(option: TestSupport.Folder.checkout.appendingPathComponent("rules").path)
        let text = try #require(LicenceFile.fullText(of: "CC-BY-4.0", in: rules))
        #expect(text.contains("Section 8") && text.contains("\nCreative Commons Attribution 4.0 International Public"))
        #expect(LicenceFile.fullText(of: "CC0-1.0", in: rules)?.hasPrefix("Creative Commons Legal Code") == true)
        for name in ["../vocabularies/spdx", "MIT", "", "README"] {
            #expect(LicenceFile.fullText(of: name, in: rules) == nil, "\(name)")
        }
        var content = try content(files: 1)
        content.licenceText = text
        #expect(LicenceFile.text(content)?.hasSuffix("\n---\n\n" + text) == true)
    }

    @Test("a README has no sentence without a value") func readme() throws {
        let text = ReadmeFile.text(try content(files: 2))
        #expect(text.contains("Carberry, Josiah; A consortium"))
        #expect(text.contains("https://doi.org/10.5072/abc"))
        #expect(text.contains("sha256sum -c SHA256SUMS"))
        #expect(!text.contains("Known faults") && !text.contains("wavelength") && !text.contains("nil"))
        let licence = try #require(LicenceFile.text(try content(files: 1)))
        #expect(licence.contains("SPDX-License-Identifier: CC-BY-4.0"))
    }

    @Test("addresses and DOI of a description are replaced, and nothing else") func addresses() throws {
        let template = """
            data_x
            _database.dataset_DOI 10.0000/deposit.invalid
            'https://deposit.invalid/scan-1.zip' 'https://deposit.invalid/scan-1.zip.txt'
            """
        let description = DepositDescription(template: template)
        let without = description.text(doi: nil, address: nil, files: [])
        #expect(!without.contains("10.0000") && without.contains("https://deposit.invalid/scan-1.zip'"))
        let file = DataFile(path: Name("a"), source: Name("a"), size: 1, seconds: 0, nanoseconds: 0)
        let files = ["scan-1.zip", "scan-1.zip.txt"].map { PlannedFile(volume: Name($0), [file]) }
        let text = description.text(doi: "10.5072/1", address: { "https://x/7/\($0.text)" }, files: files)
        #expect(text.contains("_database.dataset_DOI 10.5072/1\n"))
        #expect(text.contains("'https://x/7/scan-1.zip' 'https://x/7/scan-1.zip.txt'"))
    }
}

/// Oracle: openssl of this machine, which verifies what is signed here and signs what is verified.
@Suite struct VerdictTests {
    private let verdict = Verdict(
        subjects: [
            .init(name: "scan-01.zip", sha256: "ab"), .init(name: "a.cbf", sha256: "cd", volume: "scan-01.zip"),
        ],
        verifier: "urn:imprimatur:0",
        policies: [.init(uri: "urn:imprimatur:catalogue:0", sha256: "ef", rules: ["AXIS-001"])],
        time: "2026-11-30T00:00:00Z", stage: .complete, profile: "default")

    @Test("a verdict is read as it was written") func again() throws {
        #expect(try Verdict(verdict.bytes, path: "v") == verdict)
        #expect(verdict.newer(than: ["AXIS-001", "AXIS-099"]) == ["AXIS-099"])
        let json = try JSONReader.read(verdict.bytes)
        #expect(json["_type"]?.string == "https://in-toto.io/Statement/v1")
        #expect(json["predicateType"]?.string == "https://in-toto.io/attestation/svr/v0.2")
        #expect(throws: Failure.self) { try Verdict(Array("{}".utf8), path: "v") }
    }

    @Test("openssl agrees on a signature, and a changed byte breaks it") func signed() throws {
        guard PackageYard.has("openssl") else { return }
        let yard = try PackageYard(["x.txt"])
        let made = try yard.shell(
            "openssl genpkey -algorithm ed25519 -out key.pem && openssl pkey -in key.pem -pubout -out public.pem "
                + "&& openssl genpkey -algorithm rsa -out rsa.pem 2>/dev/null")
        #expect(made.code == 0, "\(made.output)")
        let key = try SignatureKey(pem: try yard.bytes("key.pem"), path: "key.pem")
        let signed = try SignedVerdict(verdict.bytes, by: key)
        let again = try #require(SignedVerdict(signed.bytes))
        let open = try SignatureKey(pem: try yard.bytes("public.pem"), path: "public.pem")
        #expect(again.isSigned(by: open) && open.id == key.id && !open.isPrivate)
        #expect(again.payload == verdict.bytes)
        let text = "DSSEv1 28 application/vnd.in-toto+json \(verdict.bytes.count) "
        try Data(Array(text.utf8) + verdict.bytes).write(to: yard.folder.appendingPathComponent("signed"))
        try Data(signed.signatures[0].signature).write(to: yard.folder.appendingPathComponent("sig"))
        let told = try yard.shell(
            "openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in signed -sigfile sig")
        #expect(told.code == 0, "\(told.output)")
        var other = verdict
        other.stage = .preliminary
        let forged = String(decoding: signed.bytes, as: UTF8.self).replacing(
            Base64.text(verdict.bytes), with: Base64.text(other.bytes))
        #expect(SignedVerdict(Array(forged.utf8))?.isSigned(by: open) == false)
        #expect(throws: Failure.self) { _ = try SignatureKey(pem: try yard.bytes("rsa.pem"), path: "rsa.pem") }
    }

    @Test("letters of RFC 4648") func letters() {
        for (text, letters) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            #expect(Base64.text(Array(text.utf8)) == letters)
            #expect(Base64.bytes(letters) == Array(text.utf8))
        }
        #expect(Base64.bytes("Zg=a") == nil && Base64.bytes("Z") == nil && Base64.bytes("Z!==") == nil)
    }
}
