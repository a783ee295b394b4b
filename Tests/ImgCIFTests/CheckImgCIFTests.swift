// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import CheckImgCIF
import Foundation
import ImgCIF
import TestSupport
import Testing
import Transport

/// Oracle: the conditions of checkImgCIF 2025-06-05 as the design states them, one change of a passing file each.
@Suite struct CheckImgCIFTests {
    /// A description that passes all eleven tests.
    static let good = """
        #\\#CIF_2.0
        data_small
        _diffrn_radiation.type 'Synchrotron X-ray Source'
        loop_ _diffrn_radiation_wavelength.id _diffrn_radiation_wavelength.value
        1 0.9795
        loop_
        _axis.id _axis.type _axis.equipment _axis.depends_on
        _axis.vector[1] _axis.vector[2] _axis.vector[3] _axis.offset[1] _axis.offset[2] _axis.offset[3]
        omega rotation goniometer . 1 0 0 0 0 0
        phi rotation goniometer omega 0 0 1 0 0 0
        tth rotation detector . 1 0 0 0 0 0
        dist translation detector tth 0 0 -1 0 0 0
        px translation detector dist 1 0 0 -5 4 0
        py translation detector px 0 -1 0 0 0 0
        _diffrn_detector.id det
        loop_
        _array_structure_list.array_id _array_structure_list.index _array_structure_list.precedence
        _array_structure_list.dimension _array_structure_list.direction _array_structure_list.axis_set_id
        A 1 1 100 increasing fast
        A 2 2 80 increasing slow
        loop_
        _array_structure_list_axis.axis_set_id _array_structure_list_axis.axis_id
        _array_structure_list_axis.displacement _array_structure_list_axis.displacement_increment
        fast px 0.05 0.1
        slow py 0.05 0.1
        loop_ _array_element_size.index _array_element_size.size
        1 0.0001
        2 0.0001
        loop_ _diffrn_scan.id _diffrn_scan.frames
        S1 2
        loop_
        _diffrn_scan_axis.scan_id _diffrn_scan_axis.axis_id _diffrn_scan_axis.angle_start
        _diffrn_scan_axis.angle_range _diffrn_scan_axis.angle_increment _diffrn_scan_axis.displacement_start
        _diffrn_scan_axis.displacement_range _diffrn_scan_axis.displacement_increment
        S1 omega 10.0 1.0 0.5 . . .
        S1 dist . . . 200 0 0
        loop_
        _diffrn_scan_frame.frame_id _diffrn_scan_frame.scan_id _diffrn_scan_frame.frame_number
        f1 S1 1
        f2 S1 2
        loop_ _array_data.array_id _array_data.binary_id _array_data.external_data_id
        A 1 e1
        A 2 e2
        loop_
        _array_data_external_data.id _array_data_external_data.format _array_data_external_data.uri
        e1 HDF5 https://example.org/a.h5
        e2 HDF5 https://example.org/b.h5

        """

    static func verdicts(_ text: String) throws -> [CheckImgCIF.Test: CheckImgCIF.Verdict] {
        let document = Document.parse(ByteBuffer(Array(text.utf8)))
        let block = try #require(document.blocks.first)
        let verdicts = CheckImgCIF.replay(block)
        #expect(verdicts.map(\.test) == CheckImgCIF.Test.withoutImages)
        return Dictionary(uniqueKeysWithValues: verdicts.map { ($0.test, $0) })
    }

    /// Tests that fail after a change of the passing file.
    static func failures(_ changes: [(String, String)]) throws -> Set<CheckImgCIF.Test> {
        var text = good
        for (old, new) in changes {
            #expect(text.contains(old), "'\(old)' is not in the file")
            text = text.replacingOccurrences(of: old, with: new)
        }
        return Set(try verdicts(text).values.filter { !$0.isPass }.map(\.test))
    }

    @Test func `a description without fault passes all eleven tests`() throws {
        #expect(try Self.failures([]) == [])
        #expect(CheckImgCIF.Test.withoutImages.count == 11)
    }

    static let failing: [(String, [(String, String)], Set<CheckImgCIF.Test>)] = [
        ("a required item is absent", [("_diffrn_radiation.type 'Synchrotron X-ray Source'\n", "")], [.requiredItems]),
        ("a required item has '?'", [("'Synchrotron X-ray Source'", "?")], [.requiredItems]),
        (
            "no source of data",
            [
                ("_array_data_external_data.id ", "_array_data_external_data.x "),
                ("_array_data_external_data.uri", "_u.u"),
            ],
            [.dataSource]
        ),
        ("no address", [("_array_data_external_data.uri", "_array_data_external_data.path")], [.dataSource]),
        ("an axis is not defined", [("S1 omega 10", "S1 kappa 10")], [.axesDefined]),
        ("a vector without length", [("goniometer omega 0 0 1", "goniometer omega 0 0 0")], [.axesDefined]),
        (
            "a vector component is '.'", [("goniometer omega 0 0 1", "goniometer omega . 0 1")],
            [.axesDefined]
        ),
        ("two arrays", [("A 2 e2", "B 2 e2")], [.limitations]),
        ("two elements", [("_diffrn_detector.id det", "loop_ _diffrn_detector_element.id e1 e2")], [.limitations]),
        ("two conditions", [("_diffrn_detector.id det", "loop_ _diffrn.id d1 d2")], [.limitations]),
        ("two detectors", [("_diffrn_detector.id det", "loop_ _diffrn_detector.id d1 d2")], [.limitations]),
        ("a translation to the source", [("detector tth 0 0 -1", "detector tth 0 0 1")], [.detectorTranslation]),
        ("a translation aslant", [("detector tth 0 0 -1", "detector tth 0 0.001 -1")], [.detectorTranslation]),
        (
            "an offset of exactly 1 along the vector", [("detector tth 0 0 -1 0 0 0", "detector tth 0 0 -1 0 0 -1")],
            [.detectorTranslation]
        ),
        ("a range that does not fit", [("omega 10.0 1.0 0.5", "omega 10.0 2.0 0.5")], [.scanRange]),
        ("a range one frame short", [("omega 10.0 1.0 0.5", "omega 10.0 0.5 0.5")], [.scanRange]),
        ("a range without increment", [("omega 10.0 1.0 0.5", "omega 10.0 1.0 0")], [.scanRange]),
        ("a start that is no number", [("omega 10.0 1.0 0.5", "omega . 1.0 0.5")], [.scanRange]),
        ("a scan that is not described", [("S1 dist . . . 200 0 0", "S2 dist . . . 200 1 1")], [.scanRange]),
        ("an uncertainty", [("omega 10.0 1.0 0.5", "omega 10.0 1.0 0.5(1)")], [.scanRange]),
        ("frames from 0", [("f1 S1 1\nf2 S1 2", "f1 S1 0\nf2 S1 1")], [.framesPresent]),
        ("a frame is missing", [("\nf2 S1 2", "")], [.framesPresent]),
        ("a gap", [("f1 S1 1\nf2 S1 2", "f1 S1 1\nf2 S1 3")], [.framesPresent]),
        ("frames of no scan", [("f1 S1 1\nf2 S1 2", "f1 S2 1\nf2 S2 2")], [.framesPresent]),
        ("no scan of the frames", [("_diffrn_scan_frame.scan_id", "_diffrn_scan_frame.x")], [.framesPresent]),
        ("a pixel axis with a setting", [("S1 dist . . . 200", "S1 px . . . 200")], [.surfaceAxes]),
        (
            "displacement 0", [("fast px 0.05 0.1", "fast px 0 0.1"), ("1 0.0001\n", "")],
            [.pixelOrigin]
        ),
        ("displacement unlike half the size", [("fast px 0.05 0.1", "fast px 0.049 0.1")], [.pixelOrigin]),
        ("the beam misses the face", [("detector dist 1 0 0 -5 4 0", "detector dist 1 0 0 -15 4 0")], [.beamCentre]),
        (
            "the beam before the first pixel", [("detector dist 1 0 0 -5 4 0", "detector dist 1 0 0 1 4 0")],
            [.beamCentre]
        ),
        (
            "pixel axes from unequal points", [("detector px 0 -1 0 0 0 0", "detector px 0 -1 0 1e-9 0 0")],
            [.beamCentre]
        ),
        ("parallel pixel axes", [("detector px 0 -1 0", "detector px 1 0 0")], [.beamCentre]),
        ("a circle of detector axes", [("tth rotation detector .", "tth rotation detector px")], [.beamCentre]),
        ("a principal axis elsewhere", [("goniometer . 1 0 0", "goniometer . -1 0 0")], [.principalAxis]),
        ("a principal axis nearly on X", [("goniometer . 1 0 0", "goniometer . 1 1e-9 0")], [.principalAxis]),
        ("two principal axes", [("goniometer omega 0 0 1", "goniometer . 0 0 1")], [.principalAxis]),
        (
            "a circle of goniometer axes", [("omega rotation goniometer .", "omega rotation goniometer phi")],
            [.principalAxis]
        ),
        (
            "two axes on one",
            [
                (
                    "phi rotation goniometer omega",
                    "chi rotation goniometer omega 0 1 0 0 0 0\nphi rotation goniometer omega"
                )
            ],
            [.principalAxis]
        ),
    ]

    @Test(arguments: failing.indices)
    func `each condition fails its own test and no other`(_ index: Int) throws {
        let (name, changes, expected) = Self.failing[index]
        #expect(try Self.failures(changes) == expected, "\(name)")
    }

    static let passing: [(String, [(String, String)])] = [
        (
            "a circle of axes that no pixel hangs on",
            [
                (
                    "_axis.offset[3]\n",
                    "_axis.offset[3]\na general general b 1 0 0 0 0 0\nb general general a 1 0 0 0 0 0\n"
                )
            ]
        ),
        (
            "a repeated axis",
            [
                (
                    "py translation detector px 0 -1 0 0 0 0",
                    "py translation detector px 0 -1 0 0 0 0\npx general general . 1 0 0 0 0 0"
                )
            ]
        ),
        (
            "a detector without two-theta",
            [("tth rotation detector .", "tth general detector ."), ("0 0 -1 0 0 0\npx", "0 0 1 0 0 0\npx")]
        ),
        ("an angle range behind a displacement range of 0", [("omega 10.0 1.0 0.5 . . .", "omega 10.0 7.0 0.5 0 0 0")]),
        ("frames repeated", [("f2 S1 2", "f2 S1 2\nf3 S1 2")]),
        ("an increment unlike the size", [("fast px 0.05 0.1", "fast px 0.05 0.2")]),
        ("a second address that is none", [("https://example.org/b.h5", "????")]),
        ("a local address", [("https://example.org/a.h5", "a.h5")]),
        ("'.' in a required item", [("'Synchrotron X-ray Source'", ".")]),
        ("goniometer axes in another case", [("phi rotation goniometer", "phi rotation Goniometer")]),
    ]

    @Test(arguments: passing.indices)
    func `what the reference overlooks is overlooked here`(_ index: Int) throws {
        let (name, changes) = Self.passing[index]
        #expect(try Self.failures(changes) == [], "\(name)")
    }

    @Test func `what a limit of the program makes is marked, and what the file earns is not`() throws {
        func limit(_ test: CheckImgCIF.Test, _ old: String, _ new: String) throws -> String? {
            try #require(try Self.verdicts(Self.good.replacingOccurrences(of: old, with: new))[test]).limit
        }
        #expect(try limit(.limitations, "A 2 e2", "B 2 e2") != nil)
        #expect(try limit(.scanRange, "omega 10.0 1.0 0.5 . . .", "omega 10.0 7.0 0.5 0 0 0") != nil)
        #expect(try limit(.scanRange, "omega 10.0 1.0 0.5", "omega 10.0 2.0 0.5") == nil)
        #expect(try limit(.axesDefined, "S1 omega 10", "S1 kappa 10") == nil)
        #expect(try limit(.requiredItems, "_diffrn_radiation.type 'Synchrotron X-ray Source'\n", "") != nil)
        #expect(try limit(.requiredItems, "_diffrn_scan.frames", "_diffrn_scan.x") == nil)
    }

    @Test func `a scan axis without loop becomes a loop, with '?' for what is absent`() throws {
        let start = try #require(Self.good.range(of: "loop_\n_diffrn_scan_axis.scan_id"))
        let end = try #require(Self.good.range(of: "S1 dist . . . 200 0 0\n"))
        var text = Self.good
        text.replaceSubrange(
            start.lowerBound..<end.upperBound,
            with: """
                _diffrn_scan_axis.axis_id omega
                _diffrn_scan_axis.angle_start 0
                _diffrn_scan_axis.angle_range 1
                _diffrn_scan_axis.angle_increment 0.5

                """)
        let verdicts = try Self.verdicts(text)
        #expect(verdicts[.requiredItems]?.isPass == false)
        #expect(verdicts[.scanRange]?.isPass == true)
        #expect(verdicts[.axesDefined]?.isPass == true)
    }

    @Test func `schemes, archives, sections and single frame settings end the program`() throws {
        func stops(_ old: String, _ new: String) throws -> Int {
            let text = Self.good.replacingOccurrences(of: old, with: new)
            let document = Document.parse(ByteBuffer(Array(text.utf8)))
            return CheckImgCIF.stops(try #require(document.blocks.first)).count
        }
        #expect(try stops("", "") == 0)
        #expect(try stops("https://example.org/b.h5", "ftp://example.org/b.h5") == 1)
        #expect(try stops("_diffrn_detector.id det", "_diffrn_scan_frame_axis.axis_id omega") == 1)
        #expect(try stops("e2 HDF5", "e2 CBF") == 1)
        #expect(try stops(" HDF5 ", " CBF ") == 1)
        #expect(try stops(" HDF5 https://", " CBF rsync://") == 0)
        #expect(try stops(" HDF5 ", " ZIP ") == 0)
    }

    static let images: [(String, [(String, String)], Set<CheckImgCIF.Test>)] = [
        ("nothing is said of the encoding", [], []),
        ("an encoding of its own list", [(head, "_array_structure.encoding_type 'unsigned 32-bit integer'\n")], []),
        ("64 bits", [(head, "_array_structure.encoding_type 'unsigned 64-bit integer'\n")], [.imageType]),
        ("another case", [(head, "_array_structure.encoding_type 'Unsigned 32-bit integer'\n")], [.imageType]),
        ("encoding unknown", [(head, "_array_structure.encoding_type ?\n")], [.imageType]),
        (
            "CBF without sign",
            [(head, "_array_structure.encoding_type 'unsigned 32-bit integer'\n"), (" HDF5 https", " CBF rsync")],
            [.imageType]
        ),
        (
            "CBF with sign",
            [(head, "_array_structure.encoding_type 'signed 32-bit integer'\n"), (" HDF5 https", " CBF rsync")], []
        ),
        (
            "SMV of 32 bits",
            [(head, "_array_structure.encoding_type 'signed 32-bit integer'\n"), (" HDF5 https", " SMV rsync")],
            [.imageType]
        ),
        ("no second dimension", [("A 2 2 80 increasing slow", "A 2 3 80 increasing slow")], [.imageType]),
        (
            "overload within the greatest value of SMV",
            [(head, "_array_intensities.overload 65535\n"), (" HDF5 https", " SMV rsync")], []
        ),
        (
            "overload beyond the greatest value of SMV",
            [(head, "_array_intensities.overload 65536\n"), (" HDF5 https", " SMV rsync")], [.overload]
        ),
        ("overload of an encoding not known", [(head, "_array_intensities.overload 1e9\n")], []),
        (
            "overload beyond the encoding",
            [
                (
                    head,
                    "_array_intensities.overload 300\n_array_structure.encoding_type 'unsigned 8-bit integer'\n"
                )
            ], [.overload]
        ),
        (
            "an overload for each array",
            [(head, "loop_ _array_intensities.binary_id _array_intensities.overload 1 100 2 100\n")], [.overload]
        ),
        (
            "no way to fetch", [(head, "_array_structure.encoding_type ?\n"), (" HDF5 ", " CBF ")], []
        ),
        (
            "no location",
            [(head, "_array_structure.encoding_type ?\n"), ("_external_data.uri", "_external_data.path")], []
        ),
    ]

    /// Where lines are put in.
    private static let head = "_diffrn_radiation.type 'Synchrotron X-ray Source'\n"

    @Test(arguments: images.indices)
    func `a test of images is told when no image can change it`(index: Int) throws {
        let (name, changes, expected) = Self.images[index]
        var text = Self.good
        for (old, new) in changes {
            text = text.replacingOccurrences(of: old, with: old == Self.head ? old + new : new)
        }
        let document = Document.parse(ByteBuffer(Array(text.utf8)))
        let verdicts = CheckImgCIF.failuresOfImages(try #require(document.blocks.first))
        #expect(Set(verdicts.map(\.test)) == expected, "\(name)")
    }

    /// Two of the program's own test files; its verdicts on them follow from section 11 by hand.
    @Test(.enabled(if: Folder.shared != nil))
    func `its own test files fail what they are known to fail`() throws {
        let folder = "corpus/real/jamesrhester+ImgCIFHandler.jl/test/testfiles/"
        for (name, expected) in [
            ("hdf5_test.imgcif", [CheckImgCIF.Test.beamCentre]), ("zip_test.imgcif", [.scanRange]),
        ] {
            let file = try #require(Folder.shared).appendingPathComponent(folder + name)
            let text = try String(contentsOf: file, encoding: .utf8)
            let failed = try Self.verdicts(text).values.filter { !$0.isPass }.map(\.test)
            #expect(Set(failed) == Set(expected), "\(name)")
        }
    }
}
