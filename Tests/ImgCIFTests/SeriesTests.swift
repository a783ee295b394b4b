// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Foundation
import ImageHeaders
import ImgCIF
import TestSupport
import Testing
import Transport

/// Oracle: hand-made series that differ in one thing; with IMPRIMATUR_SHARED the twelve series whose grouping is
/// recorded in `expected.json` (DIALS groups them the same way, stills apart).
@Suite("single images become scans")
struct SeriesTests {
    private func file(_ path: String, start: Double, change: (String, String)? = nil) throws -> SeriesFile {
        let lines = usualHeader.map { line in
            if line.contains("Start_angle") { return "# Start_angle \(start) deg." }
            if let change, line.contains(change.0) { return change.1 }
            return line
        }
        let document = CIF.Document.parse(ByteBuffer(miniCBF(lines)))
        let experiment = try #require(document.readBlocks().first?.experiments.first)
        return SeriesFile(path: path, experiment: experiment)
    }

    @Test("values of a model of several files keep their file, and their line in it")
    func places() throws {
        // Two scans at unlike distances; the headers of the second have two lines more in front.
        let distances = ["# Detector_distance 0.10000 m", "# Detector_distance 0.20000 m"]
        var entries: [SourceList.Entry] = []
        var files: [SeriesFile] = []
        for (number, name) in ["a_1.cbf", "a_2.cbf", "b_1.cbf", "b_2.cbf"].enumerated() {
            var lines = usualHeader.map { $0.contains("Detector_distance") ? distances[number / 2] : $0 }
            lines = lines.map { $0.contains("Start_angle") ? "# Start_angle 10.\(number % 2) deg." : $0 }
            if number >= 2 { lines.insert(contentsOf: ["# Comment one", "# Comment two"], at: 0) }
            let document = CIF.Document.parse(ByteBuffer(miniCBF(lines)))
            let source = SourceID(position: number)
            let experiment = try #require(document.readBlocks(as: source).first?.experiments.first)
            files.append(SeriesFile(path: name, experiment: experiment))
            let starts = document.buffer.withUnsafeBytes { LineStarts(of: $0, limit: 2000) }
            entries.append(SourceList.Entry(name: name, role: .image, lines: .starts(starts)))
        }
        let sources = SourceList(entries)
        let merged = SeriesGrouping(files).experiments()
        try #require(merged.count == 1)
        let scans = merged[0].experiment.scans
        try #require(scans.count == 2)
        // The header begins in line 6, and the exposure is its fifth line, or its seventh.
        for (scan, wanted) in zip(scans, [("a_1.cbf", 10), ("b_1.cbf", 12)]) {
            let place = try #require(scan.exposure?.origin.place)
            guard case .header(let offset, let key) = place.spot else {
                Issue.record("\(place) is no line of a header")
                continue
            }
            #expect(key == "Exposure_time" && sources[place.source]?.name == wanted.0)
            #expect(sources.position(of: offset, in: place.source).map { [$0.line, $0.column] } == [wanted.1, 1])
        }
    }

    @Test("line starts tell the line of every offset as the document does")
    func lines() {
        let document = CIF.Document.parse(ByteBuffer(Array("data_a\r\n_b 1\n\n_c\r2\r\n".utf8)))
        let starts = document.buffer.withUnsafeBytes { LineStarts(of: $0, limit: $0.count) }
        for offset in 0..<document.buffer.count {
            let wanted = document.position(of: offset)
            // The second half of a line end belongs to its line.
            #expect(starts.position(of: offset)?.line == wanted.line, "offset \(offset)")
        }
        #expect(starts.position(of: document.buffer.count + 1) == nil)
    }

    @Test(
        "the last digits before the extension are the number",
        arguments: [
            ("a_00012.cbf", "a_#####.cbf", 12), ("run7/thau_3_2_0001.cbf.bz2", "run7/thau_3_2_####.cbf.bz2", 1),
            ("x1.0042", "x1.####", 42), ("image.cbf", "image.cbf", nil), ("lyso_1.img.gz", "lyso_#.img.gz", 1),
            ("scan.h5", "scan.h5", nil),
        ] as [(String, String, Int?)])
    func names(_ path: String, _ template: String, _ number: Int?) {
        let name = SeriesName(path: path)
        #expect(name.template == template && name.number == number)
    }

    @Test("a sweep is one scan of as many frames, in any order of the files")
    func sweep() throws {
        let files = try [2, 0, 1].map { try file("a_0000\($0 + 1).cbf", start: 10 + 0.1 * Double($0)) }
        let grouping = SeriesGrouping(files)
        let series = try #require(grouping.series.first)
        #expect(grouping.series.count == 1 && series.files == [1, 2, 0])
        let scan = try #require(series.experiment.scans.first)
        #expect(scan.frameCount.value == 3)
        let omega = try #require(scan.axis(AxisID("omega")))
        #expect((0..<3).map { omega.settings.start(ofFrame: $0) } == [10, 10.1, 10.2])
    }

    @Test(
        "another wavelength, distance, step or beam centre is another scan of the same template",
        arguments: [
            ("Wavelength", "# Wavelength 0.97 A"), ("Detector_distance", "# Detector_distance 0.2 m"),
            ("Angle_increment", "# Angle_increment 0.5 deg."), ("Beam_xy", "# Beam_xy (9.00, 4.00) pixels"),
        ])
    func breaks(_ key: String, _ line: String) throws {
        let files = [
            try file("a_00001.cbf", start: 10), try file("a_00002.cbf", start: 10.1, change: (key, line)),
        ]
        #expect(SeriesGrouping(files).series.map(\.files) == [[0], [1]])
    }

    @Test("scans of one instrument at two distances are one experiment, two wavelengths are two")
    func experiments() throws {
        let distance = ("Detector_distance", "# Detector_distance 0.2 m")
        let wavelength = ("Wavelength", "# Wavelength 0.97 A")
        let grouping = SeriesGrouping([
            try file("a_00001.cbf", start: 10), try file("b_00001.cbf", start: 0, change: distance),
            try file("c_00001.cbf", start: 0, change: wavelength),
        ])
        let experiments = grouping.experiments()
        #expect(experiments.map(\.series) == [[0, 1], [2]])
        let text = try experiments[0].experiment.described(DescriptionRequest(blockName: "b", source: "a test")).text
        let back = try #require(readBlocks(text).first?.experiments.first)
        #expect(back.scans.map { $0.setting(of: AxisID("detector_distance"), frame: 0) } == [100, 200])
    }

    @Test("a missing number parts the series and is listed")
    func gap() throws {
        let files = [try file("a_00001.cbf", start: 10), try file("a_00004.cbf", start: 10.3)]
        let grouping = SeriesGrouping(files)
        #expect(grouping.series.count == 2)
        #expect(grouping.gaps.map(\.missing) == [2...3] && grouping.gaps[0].template == "a_#####.cbf")
    }

    @Test("the recorded series are grouped as recorded", .enabled(if: Folder.shared != nil))
    func recorded() throws {
        let root = try #require(Folder.shared).appendingPathComponent("corpus/convert/synthetic/scans")
        struct Expected: Decodable { var scans: [[String]] }
        let data = try Data(contentsOf: root.appendingPathComponent("expected.json"))
        let expected = try JSONDecoder().decode([String: Expected].self, from: data)
        #expect(expected.count == 12)
        for (name, expected) in expected {
            let folder = root.appendingPathComponent(name)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).shuffled()
            let files = try names.map { name in
                let document = CIF.Document.parse(try ByteBuffer(mapping: folder.appendingPathComponent(name).path))
                return SeriesFile(path: name, experiment: try #require(document.readBlocks().first?.experiments.first))
            }
            let grouping = SeriesGrouping(files)
            #expect(grouping.series.map { $0.files.map { names[$0] } } == expected.scans, "\(name)")
            #expect(grouping.gaps.count == (name == "gap" ? 1 : 0))
        }
    }

    @Test("two sweeps of full CBF are two scans of one description", .enabled(if: Folder.shared != nil))
    func lCysteine() throws {
        let root = try #require(Folder.shared).appendingPathComponent("corpus/convert/l_cysteine")
        let names =
            (1...15).map { "l-cyst_01_000\($0 < 10 ? "0" : "")\($0).cbf" }
            + (1...3).map { "l-cyst_02_0000\($0).cbf" }
        let files = try names.map { name in
            let document = CIF.Document.parse(try ByteBuffer(mapping: root.appendingPathComponent(name).path))
            return SeriesFile(path: name, experiment: try #require(document.readBlocks().first?.experiments.first))
        }
        let grouping = SeriesGrouping(files)
        #expect(grouping.series.map(\.files.count) == [15, 3])
        let experiments = grouping.experiments()
        #expect(experiments.map(\.series) == [[0, 1]])
        let images = grouping.series.map { series in
            ExternalImage.files(
                series.files.map { names[$0] }, format: "CBF", at: "https://example.org/l-cyst.tgz", archive: "TGZ")
        }
        let request = DescriptionRequest(blockName: "l-cyst", images: images, source: "18 files")
        let text = try experiments[0].experiment.described(request).text
        let reading = try #require(readBlocks(text).first)
        #expect(reading.links.broken.isEmpty && reading.links.frameCount == 18)
        let scans = try #require(reading.experiments.first).scans
        #expect(scans.map { $0.setting(of: AxisID("GON_PHI"), frame: 0) } == [0, 120])
        #expect(abs((scans[0].setting(of: AxisID("GON_OMEGA"), frame: 14) ?? 0) + 143.6) < 1e-9)
    }
}
