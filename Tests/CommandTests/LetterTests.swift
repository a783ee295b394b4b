// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Foundation
import JSON
import TestSupport
import Testing
import Transport

/// What authors of Raw Data Letters use. Oracle: corpus files of ours and golden files reviewed by hand.
@Suite struct LetterTests {
    private let folder: URL

    init() throws {
        folder = try Folder.temporary()
        try SmallFiles.write(to: folder)
    }

    private func corpus(_ path: String) -> String { "corpora/\(path).cif" }

    @Test func `the verdicts of checkImgCIF stand beside ours, with a reason where they differ`() throws {
        let result = try BuiltProgram.run(
            "check", "--compat", "checkimgcif", corpus("META-006/fail-no-radiation-type"))
        let lines = result.output.split(separator: "\n").map(String.init)
        let required = try #require(lines.first { $0.contains("Required items  ") })
        #expect(required.hasSuffix("FAIL   PASS"))
        #expect(result.output.contains("differs: it asks for an item that the dictionaries have replaced"))
        #expect(lines.filter { $0.hasSuffix("PASS   PASS") }.count == 10)
        #expect(result.code == 0)
    }

    @Test func `the JSON report holds the verdicts and fits its schema, in isolation or not`() throws {
        let schema = try JSONReader.read(
            Array(try Data(contentsOf: Folder.checkout.appendingPathComponent("docs/schema/report-1.json"))))
        let arguments = ["--compat", "checkimgcif", "-f", "json", corpus("META-006/fail-no-radiation-type")]
        let plain = try BuiltProgram.run(
            ["check"] + arguments, in: Folder.checkout, input: "", environment: [:])
        let isolated = try BuiltProgram.run(
            ["check", "--isolate"] + arguments, in: Folder.checkout, input: "", environment: [:])
        #expect(plain.output == isolated.output)
        let report = try JSONReader.read(Array(plain.output.utf8))
        #expect(SchemaValidator(root: schema).faults(of: report) == [])
        let tests = report["files"]?.elements?.first?["compatibility"]?["tests"]?.elements ?? []
        #expect(tests.count == 11)
        #expect(tests.filter { $0["pass"]?.bool == false }.map { $0["test"]?.string } == ["Required items"])
    }

    @Test func `the report in the form of checkCIF has names, alerts and a reply form`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run("check", "-f", "checkcif", "circle.cif", in: folder)
        // The tests by areas count the rules there are, which change from release to release.
        let parts = result.output.components(separatedBy: "\n tests\n")
        let rest = try #require(parts.last?.range(of: "tests of checkImgCIF"))
        var text = parts[0] + "\n" + parts[1][rest.lowerBound...]
        // The folder of the test has no dictionary, and a name of its own.
        if let start = text.range(of: "not read: "), let end = text.range(of: "# start Validation") {
            text.removeSubrange(start.lowerBound..<end.lowerBound)
        }
        try expectGolden(text, "checkcif.txt")
        #expect(parts[1].contains("  Axes and chains                     FAIL  AXIS-002"))
        #expect(parts[1].contains("  Arrays, panels and pixels           ----  ("))
        let again = try BuiltProgram.run("check", "-f", "checkcif", "--isolate", "circle.cif", in: folder)
        #expect(again.output == result.output)
    }

    @Test func `the reply form is CIF without loops, one text field for each rule`() throws {
        let result = try BuiltProgram.run("check", "-f", "checkcif", "corpora/examples/i04-eiger-faulty.cif")
        let start = try #require(result.output.range(of: "# start Validation Reply Form"))
        let document = Document.parse(
            ByteBuffer(Array(("data_form\n" + result.output[start.lowerBound...]).utf8)))
        #expect(document.faults.isEmpty)
        let block = try #require(document.blocks.first)
        #expect(block.loops.isEmpty)
        #expect(block.columns.count >= 4)
        for column in block.columns {
            #expect(column.name.hasPrefix("_vrf_"))
            let text = try #require(column.text(0))
            #expect(text.hasPrefix("\nPROBLEM: "))
            #expect(text.hasSuffix("RESPONSE: ..."))
        }
    }

    @Test(arguments: ["text", "markdown", "cif"])
    func `the raw data table is printed with what it lacks`(_ form: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            "inspect", "--table", "raw-data", "-f", form, "good.cif", in: folder, environment: ["COLUMNS": "120"])
        try expectGolden(result.output, "raw-data.\(form)")
        #expect(result.output.contains("14 of 22 fields; missing: raw data DOI, "))
        #expect(result.code == 0)
    }

    @Test func `the raw data table as CIF has no fault of syntax and the values of the file`() throws {
        let result = try BuiltProgram.run(
            "inspect", "--table", "raw-data", "-f", "cif", "corpora/examples/i04-eiger.cif")
        let document = Document.parse(ByteBuffer(Array(result.output.utf8)))
        #expect(document.faults.isEmpty)
        let block = try #require(document.blocks.first)
        #expect(block.column("_database.dataset_DOI")?.text(0) == "10.5281/zenodo.5886687")
        #expect(block.column("_diffrn_radiation_wavelength.value")?.number(0)?.value == 0.979491)
        #expect(block.column("_diffrn_scan.frames")?.integer(0) == 3600)
    }

    @Test func `options of the table that contradict one another are refused`() throws {
        let file = corpus("META-004/pass-whole-table")
        #expect(try BuiltProgram.run("inspect", "--json", "--table", "raw-data", file).code == 2)
        #expect(try BuiltProgram.run("inspect", "-f", "cif", file).code == 2)
    }

    @Test func `a file does not differ from itself`() throws {
        let file = "corpora/examples/i04-eiger.cif"
        let result = try BuiltProgram.run("compare", file, file)
        #expect(result.output.hasSuffix("no fact differs\n"))
        #expect(result.code == 0)
    }

    @Test func `every fact that differs is told with both places`() throws {
        let result = try BuiltProgram.run(
            "compare", corpus("META-009/fail-celsius"), corpus("META-009/pass-kelvin"), environment: ["COLUMNS": "120"])
        #expect(result.code == 1)
        #expect(result.output.contains("COUNT-011 "))
        #expect(result.output.contains("first   -173 K 12:43 _diffrn.ambient_temperature"))
        #expect(result.output.contains("second  100 K 12:43 _diffrn.ambient_temperature"))
        #expect(result.output.hasSuffix("1 fact differs\n"))
        let json = try BuiltProgram.run(
            "compare", "--json", corpus("META-009/fail-celsius"), corpus("META-009/pass-kelvin"))
        let value = try JSONReader.read(Array(json.output.utf8))
        #expect(value["differences"]?.integer == 1)
        #expect(json.code == 1)
    }

    @Test func `a detector that stands elsewhere is told under its rule`() throws {
        let moved = try BuiltProgram.run(
            "compare", corpus("GEOM-001/fail-beside-the-face"), corpus("GEOM-001/pass-in-the-face"))
        #expect(moved.code == 1)
        #expect(moved.output.contains("GEOM-019 "))
    }

    @Test func `a file that cannot be compared is a failure`() throws {
        let result = try BuiltProgram.run("compare", "corpora/examples/i04-eiger.cif", "Package.swift")
        #expect(result.code == 3)
        #expect(result.complaints.contains("cannot compare 'Package.swift'"))
    }

    @Test func `a description of an experiment list has its links and passes the profile of the letters`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("sweep.cif").path
        let result = try BuiltProgram.run(
            "describe", "-o", file, "--url", "https://zenodo.org/records/7654321/files/sweep.zip", "--archive", "zip",
            "--doi", "10.5281/zenodo.7654321", "--facility", "Diamond Light Source", "--beamline", "I04", "--detector",
            "DECTRIS Pilatus3 6M", "--sample", "thaumatin-7", "--temperature", "100", "corpora/examples/sweep.expt")
        #expect(result.code == 0)
        #expect(result.output == "")
        #expect(result.complaints.contains("Assumed: gravity is along -Y"))
        let check = try BuiltProgram.run("check", "--profile", "raw-data-letters", "--compat", "checkimgcif", file)
        #expect(check.code == 0)
        #expect(check.output.components(separatedBy: "PASS   PASS\n").count == 12)
        let back = try BuiltProgram.run("inspect", "--table", "raw-data", file)
        #expect(back.output.contains("\n22 of 22 fields\n"))
    }

    @Test func `images of one sweep become one scan, with members of an archive`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for number in 1...3 {
            let start = "# Start_angle \(10 + 0.5 * Double(number - 1)) deg."
            let lines = usualHeader.filter { !$0.contains("_angle ") && !$0.contains("_increment ") }
            let image = miniCBF(lines + [start, "# Angle_increment 0.5 deg."])
            try Data(image).write(to: folder.appendingPathComponent("a_0000\(number).cbf"))
        }
        let result = try BuiltProgram.run(
            "describe", "--url", "https://example.org/a.tgz", "--archive", "tgz", "a_00001.cbf", "a_00002.cbf",
            "a_00003.cbf", in: folder)
        #expect(result.code == 0)
        let document = Document.parse(ByteBuffer(Array(result.output.utf8)))
        #expect(document.faults.isEmpty)
        let block = try #require(document.blocks.first)
        #expect(block.column("_diffrn_scan.frames")?.integer(0) == 3)
        #expect(block.column("_diffrn_scan_axis.angle_range")?.number(0)?.value == 1.5)
        let paths = try #require(block.column("_array_data_external_data.archive_path"))
        #expect((0..<paths.count).map { paths.text($0) } == ["a_00001.cbf", "a_00002.cbf", "a_00003.cbf"])
    }

    @Test func `what cannot be described is refused with the reason`() throws {
        let described = try BuiltProgram.run("describe", "corpora/examples/i04-eiger.cif")
        #expect(described.code == 3)
        #expect(described.complaints.contains("is a description already"))
        #expect(try BuiltProgram.run("describe", "--archive", "zip", "corpora/examples/sweep.expt").code == 2)
        #expect(try BuiltProgram.run("describe", "--temperature", "warm", "corpora/examples/sweep.expt").code == 2)
        #expect(try BuiltProgram.run("describe", "Package.swift").code == 3)
    }
}
