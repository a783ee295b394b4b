// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImgCIF
import Testing

/// Oracle: the formula of imgcif.md section 10.1, worked by hand.
@Suite("scans and the settings of their frames")
struct ScanTests {
    private func scans(_ file: SmallFile) throws -> [Scan] {
        try #require(readBlocks(file.text).first?.experiments.first).scans
    }

    private func starts(_ axis: String, _ scan: Scan, frames: Int) -> [Double?] {
        (0..<frames).map { scan.axis(AxisID(axis))?.settings.start(ofFrame: $0) }
    }

    @Test("the formula gives the settings when no frame row does")
    func formula() throws {
        let scan = try #require(try scans(SmallFile()).first)
        #expect(scan.frameCount.value == 2 && scan.frameCount.origin.place != nil)
        #expect(scan.frameNumbers?.value == [1, 2])
        #expect(starts("omega", scan, frames: 2) == [10, 10.5])
        #expect(starts("dist", scan, frames: 2) == [200, 200])
        #expect(scan.axes[0].angle.range?.value == 1 && scan.axes[0].angle.range?.decimals == 1)
        #expect(scan.exposure?.value == [0.1])
    }

    @Test("a restart increment counts from frame to frame, not during the exposure")
    func restart() throws {
        var file = SmallFile()
        file.scans = file.scans.replacing(
            "_diffrn_scan_axis.displacement_increment\n",
            with: "_diffrn_scan_axis.displacement_increment _diffrn_scan_axis.angle_rstrt_incr\n"
        )
        .replacing("0.5 . . .", with: "0.5 . . . 0.25").replacing("0 0 . . .", with: "0 0 . . . .")
        .replacing("200 0 0", with: "200 0 0 .")
        let scan = try #require(try scans(file).first)
        #expect(starts("omega", scan, frames: 2) == [10, 10.75])
        #expect(scan.axes[0].settings.end(ofFrame: 0) == 10.5)
    }

    @Test("a row of the frame outranks the formula, other frames keep it")
    func frameRows() throws {
        var file = SmallFile()
        file.scans += """

            loop_ _diffrn_scan_frame_axis.frame_id _diffrn_scan_frame_axis.axis_id _diffrn_scan_frame_axis.angle
            f2 omega 11
            f1 two_theta 30
            f2 two_theta 30
            f2 chi 5
            """
        let scan = try #require(try scans(file).first)
        #expect(starts("omega", scan, frames: 2) == [10, 11])
        #expect(scan.axis(AxisID("omega"))?.settings.end(ofFrame: 1) == 11.5)
        guard case .constant(30) = scan.axis(AxisID("two_theta"))?.settings else {
            Issue.record("two_theta is not constant")
            return
        }
        #expect(starts("chi", scan, frames: 2) == [0, 5])
    }

    @Test("frames are ordered by number, which may begin at 0")
    func order() throws {
        var file = SmallFile()
        file.scans = file.scans.replacing("f1 S1 1 0.1\nf2 S1 2 0.1", with: "f1 S1 1 0.1\nf2 S1 0 0.2")
        file.scans += """

            loop_ _diffrn_scan_frame_axis.frame_id _diffrn_scan_frame_axis.axis_id _diffrn_scan_frame_axis.angle
            f1 omega 1
            f2 omega 2
            """
        let scan = try #require(try scans(file).first)
        #expect(scan.frameNumbers?.value == [1, 0])
        #expect(starts("omega", scan, frames: 2) == [2, 1])
        #expect(scan.exposure?.value == [0.2, 0.1])
    }

    @Test("items without a loop are one row, and an absent scan_id means the only scan")
    func oneRow() throws {
        var file = SmallFile()
        file.scans = """
            _diffrn_scan.id S1
            _diffrn_scan.frames 2
            _diffrn_scan.integration_time 0.3
            _diffrn_scan_axis.axis_id omega
            _diffrn_scan_axis.angle_start 5
            _diffrn_scan_axis.angle_increment -0.5
            loop_ _diffrn_scan_frame.frame_id _diffrn_scan_frame.frame_number
            f1 1
            f2 2
            """
        let reading = try #require(readBlocks(file.text).first)
        let scan = try #require(reading.experiments.first?.scans.first)
        #expect(starts("omega", scan, frames: 2) == [5, 4.5])
        #expect(scan.exposure?.value == [0.3])
        #expect(reading.links.scans.first?.frames == [0, 1])
        #expect(reading.links.assumptions.map(\.kind) == [.absentPointer])
    }

    @Test("stated and listed numbers of frames stand side by side")
    func counts() throws {
        var file = SmallFile()
        file.scans = file.scans.replacing("S1 2\n", with: "S1 7\n")
        let scan = try #require(try scans(file).first)
        #expect(scan.frameCount.value == 7)
        #expect(scan.frameNumbers?.value.count == 2)
    }
}
