// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Testing

/// Oracle: the worked example of geometry.md section 15 and Vectors/geometry.json; the field list of imgcif.md section 12.
@Suite("The summary of an experiment says what the description comes to")
struct SummaryTests {
    static func worked() throws -> Experiment {
        try #require(VectorCase.all.first { $0.name == "two-theta 30, omega scan" }).experiment
    }

    private func numbers(_ value: SummaryValue?) -> [Double] {
        guard case .list(let list) = value else { return [] }
        return list.compactMap { if case .number(let number) = $0 { number } else { nil } }
    }

    private func number(_ value: SummaryValue?) -> Double? {
        if case .number(let number) = value { number } else { nil }
    }

    @Test("the numbers of the principal panel are those of the vectors", arguments: VectorCase.all)
    func numbersOfCases(_ given: VectorCase) throws {
        let tree = ExperimentSummary(given.experiment).tree
        let wanted = given.expected
        for (a, b) in zip(numbers(tree["beam_centre_px"]), wanted.beamCentreIndexFastSlow) {
            #expect((a - b).magnitude <= VectorTests.pixels)
        }
        #expect(numbers(tree["beam_centre_px"]).count == 2)
        #expect((try #require(number(tree["distance_mm"])) - wanted.beamPathMm).magnitude <= 1e-9)
        #expect(
            (try #require(number(tree["perpendicular_distance_mm"])) - wanted.perpendicularDistanceMm).magnitude <= 1e-9
        )
        guard case .list(let panels) = tree["panels"], let panel = panels.first else {
            Issue.record("there are no panels")
            return
        }
        let origin = Vector3(numbers(panel["origin_mm"]))
        #expect(origin.difference(from: wanted.pixels[0].imgcifMm) <= 1e-9)
        for name in ["fast", "slow"] { #expect((Vector3(numbers(panel[name])).length - 1).magnitude < 1e-12) }
        #expect(tree["frame_of_reference"] == .text("imgCIF"))
        #expect(number(tree["wavelength_angstrom"]) == given.wavelengthAngstrom)
        #expect(tree["faults"] == .list([]))
    }

    @Test("chains run from the inside outward, without pixel axes")
    func chains() throws {
        let summary = ExperimentSummary(try Self.worked())
        #expect(summary.goniometer.map(\.id.text) == ["GON_PHI", "GON_OMEGA"])
        #expect(summary.detector.map(\.id.text) == ["DET_X", "DET_Y", "DET_Z", "DET_2THETA"])
        #expect(summary.goniometer[0].vector == Vector3(0.5774, -0.8165, 0))
        #expect(summary.scans[0].axis == AxisID("GON_OMEGA"))
        #expect(summary.scans[0].start == -145)
        #expect(summary.scans[0].increment == 0.1)
        #expect(summary.scans[0].range == 0.1)
        #expect(summary.panels[0].pixelSize == FastSlow(fast: 0.172, slow: 0.172))
        #expect((try #require(summary.scans[0].edgeSpacing) - 4.851853156).magnitude < 1e-9)
        #expect((try #require(summary.scans[0].cornerSpacing) - 0.579857713).magnitude < 1e-9)
        #expect(summary.principalView?.swing?.axis == AxisID("DET_2THETA"))
    }

    @Test("every object names its source")
    func sources() throws {
        let tree = ExperimentSummary(try Self.worked()).tree
        func check(_ value: SummaryValue?) {
            guard case .list(let items) = value else {
                Issue.record("there is no list")
                return
            }
            #expect(!items.isEmpty)
            for item in items { #expect(item["source"] != nil) }
        }
        for name in ["goniometer", "detector", "scans", "panels"] { check(tree[name]) }
        #expect(tree["source"]?["wavelength_angstrom"] == .origin(.stated(.file)))
        guard case .origin(.derived) = tree["source"]?["beam_centre_px"] else {
            Issue.record("the beam centre does not say that it is computed")
            return
        }
    }

    @Test("a scan over 360 degrees, of two rotations or of none is told as it is")
    func scans() throws {
        var experiment = Experiment.made([.made("omega", .rotation, .unitX), .made("phi", .rotation, .unitX)])
        func scan(_ axes: [(String, SettingSeries)], frames: Int) -> Scan {
            Scan(
                id: "s", frameCount: Sourced(frames, .stated(.file)),
                axes: axes.map { ScanAxis(axis: AxisID($0.0), settings: $0.1, place: .file) }, place: .file)
        }
        experiment.scans = [
            scan([("omega", .explicit(starts: [358, 359, 0, 1], ends: nil))], frames: 4),
            scan([("phi", .constant(30))], frames: 5),
            scan(
                [
                    ("omega", .uniform(start: 0, step: 1, increment: 1)),
                    ("phi", .uniform(start: 0, step: -2, increment: -2)),
                ], frames: 10),
        ]
        experiment.scans.append(scan([("omega", .explicit(starts: [-145], ends: [-144.9]))], frames: 1))
        let summary = ExperimentSummary(experiment)
        #expect(summary.scans[3].increment == 0.1)
        #expect(summary.scans[0].range == 4)
        #expect(summary.scans[0].increment == 1)
        #expect(summary.scans[1].axis == nil)
        #expect(summary.scans[1].otherSettings.map(\.value) == [30])
        #expect(summary.scans[2].axis == AxisID("phi"))
        #expect(summary.scans[2].range == -20)
        #expect(summary.scans[2].movingAxes.count == 2)
    }

    @Test("an experiment without anything, and one whose chain has no end, are summed up all the same")
    func totality() throws {
        let empty = ExperimentSummary(.made([]))
        #expect(empty.tree["beam_centre_px"] == .null)
        #expect(RawDataTable(.made([]), summary: empty).presentCount == 0)
        var circular = try Self.worked()
        circular.axes[0].dependsOn.value = AxisID("GON_PHI")
        for index in circular.axes.indices where circular.axes[index].id.text == "DET_2THETA" {
            circular.axes[index].dependsOn.value = AxisID("DET_X")
        }
        let summary = ExperimentSummary(circular)
        #expect(summary.faults.count == 2)
        #expect(summary.faults.contains { $0.hasPrefix("axis chain runs in a circle: GON_OMEGA") })
        #expect(summary.goniometer.count == 2)
        #expect(summary.tree["distance_mm"] == .null)
        var strange = try Self.worked()
        strange.beam.direction.value = Vector3(.nan, 0, 0)
        #expect(ExperimentSummary(strange).tree["beam_centre_px"] == .null)
    }

    @Test("the table has its 22 fields, counts what is there and names what is not")
    func rawDataTable() throws {
        let experiment = try Self.worked()
        let summary = ExperimentSummary(experiment)
        let bare = RawDataTable(experiment, summary: summary)
        #expect(bare.fields.map(\.number) == Array(1...RawDataTable.fieldCount))
        #expect(
            bare.missing == [
                "raw data DOI", "data archive", "data format", "facility", "beamline", "detector", "temperature",
                "exposure per frame",
            ])
        #expect(bare.presentCount == 14)
        func text(_ number: Int) -> String? { bare.fields[number - 1].text }
        #expect(text(8) == "x-ray")
        #expect(text(9) == "0.6889")
        #expect(text(10) == "33.184, 148.78")
        #expect(text(11) == "DET_Z (0, 0, -1)")
        #expect(text(12) == "184.7521")
        #expect(text(13) == "30")
        #expect(text(14) == "0.172, 0.172")
        #expect(text(15) == "1475 x 1679")
        #expect(text(16) == "1")
        #expect((18...22).map { text($0) } == ["GON_OMEGA", "-145", "0.1", "0.1", "1"])
        #expect(bare.fields.filter(\.isDerived).map(\.number) == [8, 10, 12, 13])
        #expect(
            bare.fields[17].values[0].note == "DET_2THETA 30 deg, DET_X 0 mm, DET_Y 0 mm, DET_Z 160 mm, GON_PHI 0 deg")

        var told = experiment
        told.identity.doi = Sourced("10.5281/zenodo.1", .stated(.file))
        told.identity.temperature = Sourced(100.5, .stated(.file))
        told.scans[0].exposure = Sourced([0.2, 0.2, 0.2], .stated(.file))
        var context = RawDataContext()
        context.archive = Sourced("zenodo.org", .derived("the DOI"))
        let full = RawDataTable(told, summary: ExperimentSummary(told), context: context)
        #expect(full.presentCount == 18)
        #expect(full.fields[6].text == "100.5")
        #expect(full.fields[16].text == "0.2")
        #expect(full.fields[1].isDerived)
    }

    @Test("numbers are written short and round")
    func decimals() {
        #expect(DecimalText.shortest(160) == "160")
        #expect(DecimalText.shortest(0.1) == "0.1")
        #expect(DecimalText.rounded(33.183956, decimals: 4) == "33.184")
        #expect(DecimalText.rounded(-0.00001, decimals: 4) == "0")
        #expect(DecimalText.rounded(.nan, decimals: 4) == "nan")
        #expect(DecimalText.rounded(1e300, decimals: 4) == "1e+300")
        #expect(DecimalText.lastDigit(of: 0.97625) == 1e-5)
        #expect(DecimalText.lastDigit(of: 40) == 1)
        #expect(DecimalText.lastDigit(of: 1.5e-7) > 0.9e-8)
        #expect(DecimalText.lastDigit(of: .infinity) >= 0)
    }
}
