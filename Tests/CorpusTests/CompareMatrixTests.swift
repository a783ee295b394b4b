// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CIF
import Diffraction
import Foundation
import ImgCIF
import RuleEngine
import TestSupport
import Testing
import Transport

/// For each fact of a description one pair that differs in it alone. Oracle: the change that was made.
@Suite struct CompareMatrixTests {
    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let old: String
        let new: String
        /// Beginnings of the facts that are told; nothing else is.
        let told: [String]
        /// Items that META-007 names.
        var items: [String] = []
        /// What stands in the place of `old` in the first file, where that is something else.
        var before: String?
        var testDescription: String { name }

        init(
            _ name: String, _ old: String, _ new: String, _ told: [String], items: [String] = [], before: String? = nil
        ) {
            self.name = name
            self.old = old
            self.new = new
            self.told = told
            self.items = items
            self.before = before
        }
    }

    private static let probe = "_diffrn_radiation.probe"

    private static func stokes(_ q: String) -> String {
        let names = ["I", "Q", "U", "V"]
        return zip(names, ["1", q, "0.0", "0.0"]).map { "_diffrn_radiation.polarizn_stokes_\($0.lowercased()) \($1)\n" }
            .joined()
    }

    private static func divergence(_ covariance: String) -> String {
        "_diffrn_radiation.div_x_source 0.01\n_diffrn_radiation.div_y_source 0.02\n"
            + "_diffrn_radiation.div_x_y_source \(covariance)\n"
    }

    private static let wavelength = """
        _diffrn_radiation_wavelength.radiation_id 1
        _diffrn_radiation_wavelength.id           1
        _diffrn_radiation_wavelength.value        0.97625

        """

    private static func wavelengths(_ weight: String) -> String {
        """
        loop_
        _diffrn_radiation_wavelength.radiation_id
        _diffrn_radiation_wavelength.id
        _diffrn_radiation_wavelength.value
        _diffrn_radiation_wavelength.wt
        1 1 1.54056 1.0
        1 2 1.54439 \(weight)

        """
    }

    private static let weightItem = ["_diffrn_radiation_wavelength.wt"]

    static let changes: [Change] = [
        Change("wavelength", "0.97625", "0.98625", ["wavelength"], items: ["_diffrn_radiation_wavelength.value"]),
        Change("probe", "x-ray\n", "neutron\n", ["probe"]),
        Change("ratio", "source_ratio   0.98", "source_ratio   0.90", ["polarisation ratio"]),
        Change("norm", "source_norm    0.0", "source_norm    90.0", ["direction of polarisation"]),
        Change("DOI", "zenodo.1000000\n", "zenodo.1000001\n", ["raw data DOI"]),
        Change("facility", "'Example Synchrotron'", "'Other Synchrotron'", ["facility"]),
        Change("beamline", "B7", "B8", ["beamline"]),
        Change("type of the source", "synchrotron\n", "'rotating anode'\n", ["instrument"]),
        Change("crystal", "crystal_id                        c1", "crystal_id                        c2", ["sample"]),
        Change("temperature", "temperature               100", "temperature               293", ["temperature"]),
        Change("detector", "120K", "500K", ["description"]),
        Change("thickness", "0.45", "1.0", ["sensor thickness"]),
        Change("overload", "1000001", "500001", ["greatest valid count"]),
        Change("underload", "underload              0", "underload              1", ["least valid count"]),
        Change("encoding", "\"signed 32-bit integer\"", "\"unsigned 16-bit integer\"", ["type of the data"]),
        Change(
            "pixels", "1  1  400", "1  1  401", ["number of pixels"], items: ["_array_structure_list.dimension"]),
        Change(
            "memory order", "1  1  400  increasing  fast\n        image  2  2  300",
            "1  2  400  increasing  fast\n        image  2  1  300",
            ["number of pixels, fast x slow, fast and slow exchanged"],
            items: ["_array_structure_list.precedence", "_array_structure_list.precedence"]),
        Change(
            "pixel step", "detx  0.086  0.172", "detx  0.086  0.173", ["position of pixel (399, 0)"],
            items: ["_array_structure_list_axis.displacement_increment"]),
        Change(
            "direction", "400  increasing", "400  decreasing", ["position of pixel"]),
        Change("pixel size", "image  1  0.000172", "image  1  0.000173", ["stated pixel size along fast"]),
        Change("stated distance", "distance 120.0", "distance 125.0", ["stated distance"]),
        Change(
            "distance", "120.0  0.0  0.0\n\nloop", "125.0  0.0  0.0\n\nloop", ["position of pixel"],
            items: ["_diffrn_scan_axis.displacement_start"]),
        Change(
            "swing", "s1  two_theta   0.0  0.0", "s1  two_theta   5.0  0.0", ["position of pixel"],
            items: ["_diffrn_scan_axis.angle_start"]),
        Change(
            "beam centre", "-32.75  27.61", "-32.05  27.61", ["position of pixel"], items: ["_axis.offset[1]"]),
        Change(
            "start", "omega      10.0", "omega      11.0", ["setting of omega"],
            items: ["_diffrn_scan_axis.angle_start"]),
        Change(
            "increment", "10.0  1.0  0.25", "10.0  2.0  0.5", ["setting of omega"],
            items: ["_diffrn_scan_axis.angle_increment", "_diffrn_scan_axis.angle_range"]),
        Change("range", "10.0  1.0  0.25", "10.0  2.0  0.25", [], items: ["_diffrn_scan_axis.angle_range"]),
        Change(
            "fixed angle", "phi        30.0", "phi        31.0", ["setting of phi"],
            items: ["_diffrn_scan_axis.angle_start"]),
        Change(
            "sense", "omega      rotation     goniometer  .           1.0",
            "omega      rotation     goniometer  .          -1.0", ["orientation"], items: ["_axis.vector[1]"]),
        Change(
            "place of the sample", "omega      rotation     goniometer  .           1.0  0.0  0.0    0.0    0.0",
            "omega      rotation     goniometer  .           1.0  0.0  0.0    0.0    1.0", ["position at the"],
            items: ["_axis.offset[2]"]),
        Change("exposure", "  0.2  0.25", "  0.21  0.25", ["exposure of the first frame"]),
        Change("exposure of one frame", "f3  3  0.2", "f3  3  0.1", ["exposure of frame 3"]),
        Change("period", "  0.2  0.25", "  0.2  0.26", ["period of the first frame"]),
        Change("period of one frame", "f3  3  0.2  0.25", "f3  3  0.2  0.30", ["period of frame 3"]),
        Change("begin", "T10:00:00+", "T09:00:00+", ["start"]),
        Change("end", "T10:00:01+", "T10:00:02+", ["end"]),
        Change("location", "1000000/files", "1000001/files", ["location"]),
        Change("path", "/entry/data/data", "/entry/data/data_000001", ["path"]),
        Change("image", "data  4\n", "data  5\n", ["image number"]),
        Change("format", "HDF5", "CBF", ["format"]),
        Change("number of a frame", "f4  4  0.2", "f4  5  0.2", ["number of frame 4"]),
        Change(
            "order",
            "data/data  2\n        e3  HDF5  https://zenodo.org/records/1000000/files/small_000001.h5  /entry/data/data  3",
            "data/data  3\n        e3  HDF5  https://zenodo.org/records/1000000/files/small_000001.h5  /entry/data/data  2",
            ["order of the images"]),
        Change("make", "make                     Example", "make                     Other", ["make"]),
        Change(
            "flux", "_diffrn_radiation.probe", "_diffrn_radiation.beam_flux 2e12\n_diffrn_radiation.probe", ["flux"],
            before: "_diffrn_radiation.beam_flux 1e12\n_diffrn_radiation.probe"),
        Change(
            "flux density", "_diffrn_radiation.probe",
            "_diffrn_radiation.beam_flux_density 2e9\n_diffrn_radiation.probe", ["flux density"],
            before: "_diffrn_radiation.beam_flux_density 1e9\n_diffrn_radiation.probe"),
        Change(
            "width", "_diffrn_radiation.probe", "_diffrn_radiation.beam_width 80\n_diffrn_radiation.probe",
            ["size of the beam"],
            before: "_diffrn_radiation.beam_width 50\n_diffrn_radiation.probe"),
        Change(
            "divergence along X", "_diffrn_radiation.probe",
            "_diffrn_radiation.div_x_source 0.03\n_diffrn_radiation.div_y_source 0.02\n_diffrn_radiation.probe",
            ["divergence along X"],
            before:
                "_diffrn_radiation.div_x_source 0.01\n_diffrn_radiation.div_y_source 0.02\n_diffrn_radiation.probe"),
        Change(
            "divergence along Y", "_diffrn_radiation.probe",
            "_diffrn_radiation.div_x_source 0.01\n_diffrn_radiation.div_y_source 0.05\n_diffrn_radiation.probe",
            ["divergence along Y"],
            before:
                "_diffrn_radiation.div_x_source 0.01\n_diffrn_radiation.div_y_source 0.02\n_diffrn_radiation.probe"),
        Change("linearity", "linearity              linear", "linearity              raw", ["linearity"]),
        Change(
            "undefined value", "_array_intensities.array_id",
            "_array_intensities.undefined_value -2\n_array_intensities.array_id", ["undefined value"],
            before: "_array_intensities.undefined_value -1\n_array_intensities.array_id"),
        Change(
            "gain", "_array_intensities.array_id", "_array_intensities.gain 2\n_array_intensities.array_id", ["gain"],
            before: "_array_intensities.gain 1\n_array_intensities.array_id"),
        Change(
            "gravity", "gravity     .           0.0 -1.0", "gravity     .           0.0  1.0",
            ["direction of gravity"], items: ["_axis.vector[2]"]),
        Change(
            "direction of the beam", "source      .           0.0  0.0  1.0",
            "source      .           0.0  0.01 0.99995", ["direction of the beam"],
            items: ["_axis.vector[2]", "_axis.vector[3]"]),
        Change(
            "Stokes parameters", probe, stokes("0.90") + probe, ["Stokes parameters"], before: stokes("0.98") + probe),
        Change(
            "covariance of the divergence", probe, divergence("0.0002") + probe, ["covariance of the divergence"],
            before: divergence("0.0001") + probe),
        Change(
            "scaling", "linearity              linear",
            "linearity              scaling_offset\n_array_intensities.scaling 2\n_array_intensities.offset 1",
            ["scaling"],
            before: "linearity              scaling_offset\n_array_intensities.scaling 3\n_array_intensities.offset 1"),
        Change(
            "offset of counts", "linearity              linear",
            "linearity              scaling_offset\n_array_intensities.scaling 2\n_array_intensities.offset 1",
            ["offset of counts"],
            before: "linearity              scaling_offset\n_array_intensities.scaling 2\n_array_intensities.offset 4"),
        Change(
            "weights", wavelength, wavelengths("0.5"), ["wavelength"], items: weightItem, before: wavelengths("1.0")),
        Change("name of an axis", "two_theta", "swing", ["name of axis"]),
        Change("names of pixel axes", "detx", "across", []), Change("name of the array", "image", "picture", []),
        Change("name of the scan", "s1", "sA", []), Change("form of a number", "0.97625", "9.7625e-1", []),
    ]

    /// What becomes of each stored part of the model: the change above that touches it, or why there is none.
    static let parts: [String: [String: String]] = [
        "Experiment": [
            "id": "a name", "frame": "frames of reference are brought together", "beam": "below",
            "gravity": "gravity", "axes": "sense", "mentions": "for AXIS-001", "goniometer": "below",
            "detectors": "below", "scans": "below", "identity": "below", "imageData": "encoding",
            "frameMap": "where frames lie is compared frame by frame", "absentParts": "rules tell them",
            "unread": "is not known", "place": "a place",
        ],
        "Beam": [
            "wavelengths": "wavelength", "weights": "weights", "unusableWavelength": "is not known",
            "energy": "the wavelength in other words", "probe": "probe", "sourceProbe": "type of the source",
            "direction": "direction of the beam", "polarisationRatio": "ratio", "polarisationNormal": "norm",
            "stokes": "Stokes parameters", "weightRows": "for SCAN-010", "fluxes": "flux", "sizes": "width",
            "otherWavelengths": "a second statement, for BEAM-003", "otherEnergies": "a second statement, for BEAM-003",
            "spreads": "as stated; divergence is compared", "transmissions": "NeXus and headers alone",
            "totalFlux": "flux", "fluxDensity": "flux density", "divergence": "divergence along X",
        ],
        "Goniometer": ["sampleAxis": "sense", "axes": "name of an axis", "place": "a place"],
        "Detector": [
            "id": "a name", "description": "detector", "make": "make", "panels": "below", "axes": "swing",
            "statedDistances": "stated distance", "statedBeamCentres": "header, DetectorHeaderTests",
            "sensorThickness": "thickness", "sensorMaterial": "NeXus and headers alone", "saturation": "overload",
            "underload": "underload", "undefinedValue": "undefined value", "gain": "gain",
            "scalingFactor": "NeXus alone", "storedScale": "linearity", "bitDepth": "NeXus alone",
            "imageDepth": "NeXus alone", "announcedSize": "NeXus alone",
            "thresholds": "NeXus and headers alone", "place": "a place",
        ],
        "Panel": [
            "id": "a name", "array": "a name", "firstElement": "where the panel lies in the array", "size": "pixels",
            "placement": "beam centre", "placementFault": "rules tell it", "pixelOrigin": "stated as a note",
            "pixelOriginBasis": "stated as a note", "statedPixelSize": "pixel size", "dataOrigin": "NeXus alone",
            "dataSize": "NeXus alone", "dataStride": "NeXus alone", "place": "a place",
        ],
        "Scan": [
            "id": "a name", "frameCount": "FrameCount, below", "frameNumbers": "number of a frame",
            "imageCount": "NeXus alone", "axes": "start", "unplaced": "headers alone", "image": "location",
            "placeOfImage": "a place", "startDate": "begin", "endDate": "end", "exposure": "exposure",
            "period": "period", "place": "a place",
        ],
        "Identity": [
            "title": "a name", "doi": "DOI", "facility": "facility", "beamline": "beamline", "instrument": "beamline",
            "sourceType": "type of the source", "sample": "crystal", "temperature": "temperature",
            "startTime": "NeXus and headers alone", "endTime": "NeXus alone", "endTimeEstimated": "foreseen only",
        ],
    ]

    @Test("every stored part of the model has a change, or a word why it has none")
    func partsOfTheModel() throws {
        let path = CorpusFile.root.appendingPathComponent("AXIS-009/pass-along-x.cif").path
        let document = CIF.Document.parse(try ByteBuffer(mapping: path))
        let experiment = try #require(document.readBlocks().first?.experiments.first)
        let detector = try #require(experiment.detectors.first)
        let values: [String: Any] = [
            "Experiment": experiment, "Beam": experiment.beam, "Detector": detector,
            "Goniometer": try #require(experiment.goniometer), "Panel": try #require(detector.panels.first),
            "Scan": try #require(experiment.scans.first), "Identity": experiment.identity,
        ]
        for (type, value) in values {
            let stored = Set(Mirror(reflecting: value).children.compactMap(\.label))
            #expect(stored == Set(Self.parts[type]?.keys.map { $0 } ?? []), "\(type)")
        }
    }

    @Test("the fact is told from both sides, and nothing else is", arguments: changes)
    func matrix(_ change: Change) throws {
        let base = try String(
            contentsOf: CorpusFile.root.appendingPathComponent("AXIS-009/pass-along-x.cif"), encoding: .utf8)
        #expect(base.contains(change.old))
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["first.cif", "second.cif"].map { folder.appendingPathComponent($0).path }
        try base.replacingOccurrences(of: change.old, with: change.before ?? change.old)
            .write(toFile: files[0], atomically: false, encoding: .utf8)
        try base.replacingOccurrences(of: change.old, with: change.new)
            .write(toFile: files[1], atomically: false, encoding: .utf8)
        for order in [files, files.reversed()] {
            let comparison = FileComparison(order[0], order[1], settings: ReadingSettings())
            let pair = try #require(comparison.pairs.first)
            let facts = pair.comparison.differences.map(\.fact)
            #expect(facts.count == change.told.count, "\(facts)")
            for (fact, wanted) in zip(facts, change.told) { #expect(fact.hasPrefix(wanted), "\(fact)") }
            #expect(pair.comparison.notCompared.isEmpty)
            #expect(pair.items.map(\.item).sorted() == change.items.sorted())
            #expect(comparison.differenceCount == max(change.told.count, change.items.isEmpty ? 0 : 1))
        }
    }
}
