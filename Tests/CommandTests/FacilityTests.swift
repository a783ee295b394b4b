// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Rules of a facility in audits of small archives. Oracle: where each file was put, and with which permissions.
@Suite struct FacilityTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    /// A description of beamline I04 and a day of collection, which names s01f0001.cbf of an archive elsewhere.
    private static func description(date: String = "2021-05-17") -> String {
        let good =
            (try? String(
                contentsOf: Folder.checkout.appendingPathComponent("corpora/examples/i04-eiger.cif"), encoding: .utf8))
            ?? ""
        return good.replacingOccurrences(of: "2021-11-29", with: date)
    }

    private static let image = """
        ###CBF: VERSION 1.5
        data_image
        _array_data.header_convention "PILATUS_1.2"
        _array_data.header_contents
        ;
        # Detector: PILATUS 2M, S/N 24-0107
        # 2021-05-17T09:00:00.000
        # Pixel_size 172e-6 m x 172e-6 m
        # Wavelength 0.97950 A
        # Detector_distance 0.20000 m
        # Beam_xy (3.0, 2.0) pixels
        # Start_angle 0.0000 deg.
        # Angle_increment 0.1000 deg.
        ;

        """

    private func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    private func profile(_ rules: String) throws {
        try write("facility.json5", "{ name: \"facility\", extends: [\"default\"], rules: { \(rules) } }")
    }

    private func audit(_ words: String..., environment: [String: String] = [:]) throws -> BuiltProgram.Result {
        try BuiltProgram.run(["audit"] + words, in: folder, input: "", environment: environment)
    }

    /// The rows that a rule is told at, each with its message.
    private func told(_ rule: String) throws -> [String: String] {
        let exported = try audit("export", "--db", "a.sqlite").output
        var found: [String: String] = [:]
        for line in exported.split(separator: "\n") {
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            guard event["event"] as? String == "finding", event["rule"] as? String == rule else { continue }
            found[event["path"] as? String ?? ""] = event["message"] as? String ?? ""
        }
        return found
    }

    private func run(_ root: String = "data") throws {
        let run = try audit("run", root, "--db", "a.sqlite", "--profile", "facility.json5", "-q")
        #expect([0, 1, 3].contains(run.code), "\(run.complaints)")
    }

    @Test func `images are told that neither a name nor a link leads to`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["lost/img_0001.cbf", "lost/img_0002.cbf", "known/s01f0001.cbf", "single/img.cbf"] {
            try write("data/\(name)", Self.image)
        }
        try write("data/known/scan.cif", Self.description())
        try profile("\"DATA-025\": {}")
        try run()
        let found = try told("DATA-025")
        #expect(
            Set(found.values) == [
                "2 image files are described by nothing (first 'img_0001.cbf')",
                "image file 'img.cbf' is described by nothing",
            ], "\(found)")
        #expect(found.keys.contains { $0.hasPrefix("data/lost/") } && found.keys.contains("data/single/img.cbf"))
    }

    @Test func `folders are told that lie outside of the layout, and parts that files contradict`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("data/i04/2021/cm1/raw/scan.cif", Self.description())
        try write("data/i04/2020/cm2/scan.cif", Self.description())
        try write("data/i24/2021/cm3/scan.cif", Self.description())
        try write("data/stray/deeper/scan.cif", Self.description())
        try write("data/stray/scan.cif", Self.description())
        try profile("\"DATA-026\": { parameters: { layout: [\"<instrument>/<year>/<proposal>\"] } }")
        try run()
        let found = try told("DATA-026")
        let pattern = "does not fit <instrument>/<year>/<proposal>"
        #expect(Set(found.keys) == ["data/i04/2020/cm2", "data/i24/2021/cm3", "data/stray"], "\(found)")
        #expect(found["data/stray"] == "'data/stray' \(pattern)")
        #expect(
            found["data/i04/2020/cm2"]
                == "'data/i04/2020/cm2' \(pattern): <year> is '2020' and 'scan.cif' was collected on 2021-05-17")
        #expect(found["data/i24/2021/cm3"]?.contains("<instrument> is 'i24' and 'scan.cif' names ") ?? false)
        // Moved to their places, nothing is told any more.
        try FileManager.default.removeItem(at: folder.appendingPathComponent("data/stray"))
        try FileManager.default.removeItem(at: folder.appendingPathComponent("data/i24"))
        try FileManager.default.removeItem(at: folder.appendingPathComponent("data/i04/2020"))
        try run()
        #expect(try told("DATA-026").isEmpty)
        #expect(try audit("list", "--db", "a.sqlite", "--all").output == "data/i04/2021/cm1/raw/scan.cif: pass\n")
    }

    @Test func `raw files are told that others may write to`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("data/cm1/raw/a/scan.cif", Self.description(), mode: 0o664)
        try write("data/cm1/raw/b/scan.cif", Self.description(), mode: 0o646)
        try write("data/cm1/raw/c/scan.cif", Self.description(), mode: 0o644)
        try write("data/cm1/processed/scan.cif", Self.description(), mode: 0o666)
        try profile("\"DATA-027\": {}")
        try run()
        #expect(
            try told("DATA-027") == [
                "data/cm1/raw": "2 raw files can be changed by others, their group (first 'a/scan.cif')"
            ])
        try profile("\"DATA-027\": { parameters: { owners: [\(getuid() == 4711 ? 4712 : 4711)], folders: [\"c\"] } }")
        try run()
        #expect(
            try told("DATA-027") == [
                "data/cm1/raw/c": "1 raw file can be changed by owner \(getuid()) (first 'scan.cif')"
            ])
        try profile("\"DATA-027\": { parameters: { owners: [\"nobody-of-this-name\"] } }")
        let refused = try audit("run", "data", "--db", "b.sqlite", "--profile", "facility.json5")
        #expect(refused.code == 2 && refused.complaints.contains("there is no account 'nobody-of-this-name' here"))
    }

    @Test func `files are told that stay closed after their embargo`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("data/open/scan.cif", Self.description())
        try write("data/closed/scan.cif", Self.description(), mode: 0o640)
        try write("data/behind/inner/scan.cif", Self.description())
        try write("data/young/scan.cif", Self.description(date: "2026-11-01"), mode: 0o600)
        let behind = folder.appendingPathComponent("data/behind")
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: behind.path)
        try profile("\"META-027\": {}")
        let run = try audit(
            "run", "data", "--db", "a.sqlite", "--profile", "facility.json5", "-q",
            environment: ["SOURCE_DATE_EPOCH": "1796000000"])
        #expect(run.code == 0, "\(run.complaints)")
        let words = "embargo ended on 2024-05-17; 'scan.cif' is still closed"
        #expect(try told("META-027") == ["data/closed": words, "data/behind/inner": words])
        // On the last day of the embargo they may be closed.
        let early = try audit(
            "run", "data", "--db", "a.sqlite", "--profile", "facility.json5", "-q",
            environment: ["SOURCE_DATE_EPOCH": "1715950000"])
        #expect(early.code == 0)
        #expect(try told("META-027").isEmpty)
    }

    @Test func `what a profile does not name is not told, and shards that are merged say the same`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("data/raw/closed.cif", Self.description(), mode: 0o666)
        try write("data/raw/img.cbf", Self.image)
        try profile("")
        try run()
        for rule in ["DATA-025", "DATA-026", "DATA-027", "META-027"] { #expect(try told(rule).isEmpty) }
        try profile("\"DATA-025\": {}, \"DATA-027\": {}, \"DATA-026\": { off: \"another layout\" }")
        try run()
        #expect(try told("DATA-025").count == 1)
        #expect(try told("DATA-027").count == 1)
        let whole = try audit("export", "--db", "a.sqlite").output
        for shard in 1...3 {
            _ = try audit(
                "run", "data", "--db", "s\(shard).sqlite", "--profile", "facility.json5", "--shard", "\(shard)/3", "-q")
        }
        _ = try audit("merge", "--db", "m.sqlite", "s1.sqlite", "s2.sqlite", "s3.sqlite")
        #expect(try audit("export", "--db", "m.sqlite").output == whole)
    }
}
