// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import TestSupport
import Testing
import Transport

/// Oracle: the law that a description read back places every pixel where the source has it; the file itself otherwise.
@Suite("descriptions written in imgCIF")
struct DescriptionTests {
    private let images = (1...2).map { ExternalImage(format: "CBF", uri: "https://example.org/a_0000\($0).cbf") }

    private func described(_ experiment: Experiment, _ images: [[ExternalImage]]? = nil) throws -> BlockReading {
        let request = DescriptionRequest(
            blockName: "written", images: images ?? [self.images], doi: "10.1234/abc", source: "a test")
        let text = try experiment.described(request).text
        let document = CIF.Document.parse(ByteBuffer(Array(text.utf8)))
        #expect(document.faults.isEmpty && document.version == .cif20)
        return try #require(document.readBlocks().first)
    }

    private func source(_ file: SmallFile = SmallFile()) throws -> Experiment {
        try #require(readBlocks(file.text).first?.experiments.first)
    }

    @Test("strength, width and divergence of the beam, make and scale are written as they are stated")
    func strength() throws {
        var experiment = try source()
        let place = Origin.derived("a test")
        experiment.beam.totalFlux = Sourced([1.5e12], place)
        experiment.beam.fluxDensity = Sourced([2.5e9], place)
        experiment.beam.sizes = [("beam_width", Sourced([0.05, 0.05], place))]
        experiment.beam.divergence = Sourced(Divergence(x: 0.01, y: 0.02, covariance: 0.0001), place)
        experiment.detectors[0].make = Sourced("DECTRIS", place)
        experiment.detectors[0].undefinedValue = Sourced(-2, place)
        experiment.detectors[0].storedScale = Sourced(StoredScale(word: "scaling", scaling: 4, offset: nil), place)
        let written = try #require(described(experiment).experiments.first)
        #expect(written.beam.totalFlux?.value == [1.5e12] && written.beam.fluxDensity?.value == [2.5e9])
        #expect(written.beam.size?.value == [0.05])
        #expect(written.beam.divergence?.value == Divergence(x: 0.01, y: 0.02, covariance: 0.0001))
        #expect(written.detectors[0].make?.value == "DECTRIS" && written.detectors[0].undefinedValue?.value == -2)
        #expect(written.detectors[0].storedScale?.value == StoredScale(word: "scaling", scaling: 4, offset: nil))
    }

    @Test("what varies, and a beam that is wider than high, is left out and said")
    func leftOut() throws {
        var experiment = try source()
        experiment.beam.totalFlux = Sourced([1e12, 2e12], .derived("a test"))
        experiment.beam.sizes = [("beam_width", Sourced([0.05, 0.02], .derived("a test")))]
        let request = DescriptionRequest(blockName: "written", images: [images], doi: "10.1234/abc", source: "a test")
        let description = try experiment.described(request)
        #expect(!description.text.contains("beam_flux") && !description.text.contains("beam_width"))
        #expect(description.notes.contains { $0.hasPrefix("Left out: the flux,") })
        #expect(description.notes.contains { $0.contains("0.05 x 0.02 mm") })
    }

    @Test("the divergence of NeXus is turned into the laboratory")
    func turned() {
        let quarter = FrameRotation(
            matrix: Matrix3(rows: Vector3(0, 1, 0), Vector3(-1, 0, 0), Vector3(0, 0, 1)))
        let turned = Divergence(x: 0.01, y: 0.03, covariance: 0).turned(by: quarter)
        #expect(abs(turned.x - 0.03) < 1e-15 && abs(turned.y - 0.01) < 1e-15)
    }

    /// The greatest distance between corners of panels of two experiments over all frames, millimetres.
    private func distance(_ a: Experiment, _ b: Experiment, frames: Int) throws -> Double {
        var worst = 0.0
        let (first, second) = (a.detectors.flatMap(\.panels), b.detectors.flatMap(\.panels))
        #expect(first.count == second.count && a.scans.count == b.scans.count)
        for (scan, other) in zip(a.scans, b.scans) {
            for frame in 0..<frames {
                for (panel, twin) in zip(first, second) {
                    let plane = try a.axisGraph.plane(of: panel, settings: scan.settings(frame: frame)).get()
                    let written = try b.axisGraph.plane(of: twin, settings: other.settings(frame: frame)).get()
                    let size = try #require(panel.size)
                    for (i, j) in [(0, 0), (size.fast, 0), (0, size.slow), (size.fast, size.slow)] {
                        let p = plane.position(fast: Double(i), slow: Double(j))
                        worst = max(worst, (p - written.position(fast: Double(i), slow: Double(j))).length)
                    }
                }
            }
        }
        return worst
    }

    @Test("every pixel and every setting come back, and every link resolves")
    func roundTrip() throws {
        let source = try source()
        let reading = try described(source)
        let back = try #require(reading.experiments.first)
        #expect(try distance(source, back, frames: 2) < 1e-9)
        #expect(reading.links.broken.isEmpty && reading.links.assumptions.isEmpty)
        #expect(reading.links.images.map(\.externalRow) == [0, 1])
        #expect(reading.externalData[1]?.uri == "https://example.org/a_00002.cbf")
        #expect(back.beam.wavelengths?.value == [0.9795])
        #expect(back.identity.doi?.value == "10.1234/abc")
        #expect(back.gravity.origin.place != nil && back.beam.direction.origin.place != nil)
        let goniometer = try #require(back.goniometer?.sampleAxis?.value)
        for frame in 0..<2 {
            let then = try source.axisGraph.transform(
                from: AxisID("phi"), settings: source.scans[0].settings(frame: frame)
            ).get()
            let now = try back.axisGraph.transform(
                from: goniometer, settings: back.scans[0].settings(frame: frame)
            ).get()
            #expect(then.rotation.greatestDifference(from: now.rotation) < 1e-12)
        }
    }

    @Test("the displacement is half the increment, and the same pixel stays at (0, 0)")
    func displacement() throws {
        var file = SmallFile()
        file.arrays = file.arrays.replacing("0.05 0.1", with: "0 0.1")
        let source = try source(file)
        let back = try #require(try described(source).experiments.first)
        guard case .surface(let axes) = back.detectors.first?.panels.first?.placement else {
            Issue.record("the written panel is not placed")
            return
        }
        #expect(axes.fast.displacement.value == 0.05 && axes.fast.increment.value == 0.1)
        #expect(try distance(source, back, frames: 2) < 1e-9)
    }

    @Test("a decreasing index and a negative step keep every pixel")
    func decreasing() throws {
        var file = SmallFile()
        file.arrays = file.arrays.replacing("80 increasing", with: "80 decreasing")
            .replacing("px px 0.05 0.1", with: "px px -0.05 -0.1")
        let source = try source(file)
        #expect(try distance(source, try #require(try described(source).experiments.first), frames: 2) < 1e-9)
    }

    @Test("sections of one array are written as sections")
    func sections() throws {
        var file = SmallFile()
        file.arrays += """

            loop_
            _array_structure_list_section.id _array_structure_list_section.array_id
            _array_structure_list_section.index _array_structure_list_section.start _array_structure_list_section.end
            left A 1 1 40
            left A 2 1 80
            right A 1 61 100
            right A 2 1 80
            """
        let source = try source(file)
        #expect(source.detectors[0].panels.map(\.id) == ["face/left", "face/right"])
        let back = try #require(try described(source).experiments.first)
        #expect(back.detectors[0].panels.map { $0.size } == source.detectors[0].panels.map { $0.size })
        #expect(back.detectors[0].panels.map { $0.dataOrigin?.value } == [[0, 0], [0, 60]])
        #expect(try distance(source, back, frames: 2) < 1e-9)
    }

    @Test("steps that are not uniform get rows of their own, uniform ones none")
    func frameRows() throws {
        var file = SmallFile()
        file.scans += """

            loop_ _diffrn_scan_frame_axis.frame_id _diffrn_scan_frame_axis.axis_id _diffrn_scan_frame_axis.angle
            f1 omega 10
            f2 omega 10.7
            """
        let request = DescriptionRequest(blockName: "b", images: [images], source: "a test")
        let irregular = try source(file)
        // Two frames always lie on a line; a third one off it needs rows.
        #expect(!(try irregular.described(request).text.contains("_diffrn_scan_frame_axis")))
        var three = irregular
        three.scans[0].frameCount.value = 3
        three.scans[0].frameNumbers?.value = [1, 2, 3]
        three.scans[0].axes[0].settings = .explicit(starts: [10, 10.7, 11], ends: [10.5, 11.2, 11.5])
        let back = try #require(try described(three, []).experiments.first)
        #expect((0..<3).map { back.scans[0].setting(of: AxisID("omega"), frame: $0) } == [10, 10.7, 11])
    }

    @Test("a miniCBF gets a detector axis, and says what was assumed")
    func header() throws {
        let document = CIF.Document.parse(ByteBuffer(miniCBF(usualHeader)))
        let source = try #require(document.readBlocks().first?.experiments.first)
        let request = DescriptionRequest(blockName: "b", images: [[images[0]]], source: "a test")
        let description = try source.described(request)
        #expect(description.notes.contains { $0.contains("rotation axis is +X") })
        let back = try #require(try described(source, [[images[0]]]).experiments.first)
        #expect(try distance(source, back, frames: 1) < 1e-9)
        #expect(back.scans[0].setting(of: AxisID("detector_distance"), frame: 0) == 100)
    }

    @Test("a swing of a miniCBF becomes a two-theta axis", arguments: [12.5, -30])
    func swing(_ angle: Double) throws {
        let lines = usualHeader.map { $0.contains("2theta") ? "# Detector_2theta \(angle) deg." : $0 }
        let document = CIF.Document.parse(ByteBuffer(miniCBF(lines)))
        let source = try #require(document.readBlocks().first?.experiments.first)
        let back = try #require(try described(source, [[images[0]]]).experiments.first)
        #expect(try distance(source, back, frames: 1) < 1e-9)
        #expect(back.scans[0].setting(of: AxisID("two_theta"), frame: 0) == angle)
    }

    @Test(
        "what the source lacks is asked for, not invented", arguments: ["Wavelength", "Beam_xy", "Detector_distance"])
    func missing(_ key: String) throws {
        let document = CIF.Document.parse(ByteBuffer(miniCBF(usualHeader.filter { !$0.contains(key) })))
        let source = try #require(document.readBlocks().first?.experiments.first)
        #expect(throws: DescriptionFault.self) {
            try source.described(DescriptionRequest(blockName: "b", source: "a test"))
        }
    }

    @Test("images that do not number as the frames are refused")
    func imageCount() throws {
        #expect(throws: DescriptionFault.frameCount(scan: "S1", frames: 2, images: 1)) {
            try self.source().described(DescriptionRequest(blockName: "b", images: [[images[0]]], source: "a test"))
        }
    }

    @Test("what imgCIF has no item for stands in the details, and a foreseen end is none")
    func details() throws {
        var source = try source()
        let place = source.place
        func of<Value>(_ value: Value) -> Sourced<Value> { Sourced(value, .stated(place)) }
        source.detectors[0].sensorMaterial = of("Si")
        source.detectors[0].thresholds = [of(6350)]
        source.detectors[0].bitDepth = of(32)
        source.beam.transmissions = [("attenuator_transmission", of([0.25]))]
        source.identity.startTime = of("2026-01-01T10:00:00Z")
        source.identity.endTimeEstimated = of("2026-01-01T11:00:00Z")
        source.identity.endTime = source.identity.endTimeEstimated
        let text = try source.described(DescriptionRequest(blockName: "b", images: [images], source: "a test")).text
        #expect(text.contains("sensor material: Si\nthreshold energy: 6350 eV\nbit depth of the readout: 32"))
        #expect(text.contains("attenuator transmission: 0.25"))
        #expect(text.contains("_diffrn_scan.date_end_estimated") && !text.contains("_diffrn_scan.date_end\n"))
        #expect(text.contains("2026-01-01T11:00:00Z"))
    }

    @Test("a model of NeXus is turned so that X is along the goniometer axis")
    func mcStas() throws {
        let source = try source()
        var turned = source
        let m = try source.rotationToMcStas().get()
        turned.frame = .mcStas
        turned.beam.direction.value = m.toMcStas(source.beam.direction.value)
        turned.gravity.value = m.toMcStas(source.gravity.value)
        for index in turned.axes.indices {
            turned.axes[index].vector.value = m.toMcStas(source.axes[index].vector.value)
            turned.axes[index].offset.value = m.toMcStas(source.axes[index].offset.value)
        }
        let back = try #require(try described(turned).experiments.first)
        #expect(try distance(source, back, frames: 2) < 1e-9)
        #expect((back.gravity.value - Vector3(0, -1, 0)).length < 1e-12)
    }

    @Test(
        "texts come back whatever characters they hold",
        arguments: [
            "plain", "two words", "it's", "say \"so\"", "both ' and \"", "_underscore", "data_x", "loop_", ";", "?",
            ".",
            "a[b]{c}", "größe", "line\nbreak", "'''\n\"\"\"", "#", "$", "1.5", "ends'", "https://a.org/b?c=d#e",
        ])
    func texts(_ text: String) throws {
        var source = try source()
        source.identity.facility = Sourced(text, .option("--facility"))
        let back = try #require(try described(source).experiments.first)
        #expect(back.identity.facility?.value == (text == "?" ? nil : text))
    }
}
