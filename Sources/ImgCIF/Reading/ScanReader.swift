// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Reads DIFFRN_SCAN, DIFFRN_SCAN_AXIS, DIFFRN_SCAN_FRAME and DIFFRN_SCAN_FRAME_AXIS.
struct ScanReader {
    private let scan: Table
    private let scanFrame: Table
    private let scanAxis: ScanAxisTable
    private let frameAxis: FrameAxisTable
    private let links: FrameLinks
    private let externalData: ExternalData
    private let collection: String?

    init(block: SourcedBlock, collection: String?, links: FrameLinks, externalData: ExternalData, axes: [Axis]) {
        self.externalData = externalData
        scan = Table("diffrn_scan", in: block)
        scanFrame = Table("diffrn_scan_frame", in: block)
        scanAxis = ScanAxisTable(block: block, links: links, axes: axes)
        frameAxis = FrameAxisTable(block: block, links: links)
        self.links = links
        self.collection = collection
    }

    func scans() -> [Scan] {
        let exposure = FrameTimes(scanFrame, ["integration_time", "exposure_time"])
        let period = FrameTimes(scanFrame, ["time_period"])
        let own = Set(scan.rows(of: collection))
        var frameScans = links.scans
        if frameScans.isEmpty, let place = scanAxis.place {
            frameScans = [ScanFrames(id: scanAxis.onlyScan ?? "1", row: nil, frames: [], place: place)]
        }
        return frameScans.enumerated().compactMap { index, frames in
            if let row = frames.row, !own.contains(row) { return nil }
            let order = links.ordered(frames.frames.map { Int($0) })
            var read = Scan(
                id: frames.id, frameCount: frameCount(frames), axes: axes(scan: index, order: order),
                place: frames.place)
            read.frameNumbers = frameNumbers(frames)
            read.image = images(order)
            read.placeOfImage = placesOfImages(order)
            read.startDate = frames.row.flatMap { scan.sourcedText("date_start", $0) }
            read.endDate = frames.row.flatMap { scan.sourcedText("date_end", $0) }
            read.exposure = exposure.values(order) ?? scanTime("integration_time", frames)
            read.period = period.values(order) ?? scanTime("time_period", frames)
            return read
        }
    }

    /// Where the images of frames lie; nil when there are none outside the file.
    private func images(_ order: [Int]) -> (@Sendable (Int) -> Sourced<FrameImage>?)? {
        guard externalData.rowCount > 0, !order.isEmpty else { return nil }
        let (links, data) = (links, externalData)
        return { index in
            guard order.indices.contains(index), let image = links.images(ofFrame: order[index]).first,
                image.externalRow >= 0
            else { return nil }
            let row = Int(image.externalRow)
            let named = FrameImage(
                location: data.text(.uri, row), member: data.text(.archivePath, row), path: data.text(.path, row),
                frame: data.column(.frame) == nil ? nil : data.text(.frame, row) ?? "1",
                format: data.text(.format, row), archive: data.text(.archiveFormat, row))
            return Sourced(named, .stated(data.place(named.member == nil ? .uri : .archivePath, row)))
        }
    }

    /// Where each part of the image of a frame is stated.
    private func placesOfImages(_ order: [Int]) -> (@Sendable (Int, FrameImage.Part) -> Place?)? {
        guard externalData.rowCount > 0, !order.isEmpty else { return nil }
        let (links, data) = (links, externalData)
        return { index, part in
            guard order.indices.contains(index), let image = links.images(ofFrame: order[index]).first,
                image.externalRow >= 0
            else { return nil }
            let item: ExternalData.Item =
                switch part {
                case .location: .uri
                case .archive: .archiveFormat
                case .member: .archivePath
                case .path: .path
                case .frame: .frame
                case .format: .format
                }
            return data.place(item, Int(image.externalRow))
        }
    }

    private func frameCount(_ frames: ScanFrames) -> Sourced<Int> {
        if let row = frames.row, let stated = scan.integer("frames", row) { return stated }
        let listed = frames.frames.count
        return Sourced(listed, .derived("\(listed) rows of DIFFRN_SCAN_FRAME belong to the scan"))
    }

    private func frameNumbers(_ frames: ScanFrames) -> Sourced<[Int]>? {
        let numbers = frames.frames.compactMap { links.numbers[Int($0)] }
        guard let first = frames.frames.first, !numbers.isEmpty else { return nil }
        return Sourced(numbers, .stated(scanFrame.place("frame_number", Int(first))))
    }

    private func scanTime(_ item: String, _ frames: ScanFrames) -> Sourced<[Double]>? {
        frames.row.flatMap { scan.number(item, $0) }?.map { [$0] }
    }

    /// The axes of one scan: rows of DIFFRN_SCAN_AXIS first, then axes that only frames set.
    private func axes(scan index: Int, order: [Int]) -> [ScanAxis] {
        var axes = scanAxis.rows(ofScan: index).map { scanAxis.read($0) }
        let ranks = frameRanks(order)
        var indexOfAxis: [AxisID: Int] = [:]
        for (index, axis) in axes.enumerated() where indexOfAxis[axis.axis] == nil { indexOfAxis[axis.axis] = index }
        for listed in frameAxis.series(order: order) {
            if let index = indexOfAxis[listed.axis] {
                axes[index].settings = listed.settings(outranking: axes[index], ranks: ranks)
            } else {
                var axis = ScanAxis(axis: listed.axis, settings: .constant(0), place: listed.place)
                axis.settings = listed.settings(outranking: axis, ranks: ranks)
                axes.append(axis)
            }
        }
        return axes
    }

    /// For each frame in order the number of steps from the first one, by its frame number.
    private func frameRanks(_ order: [Int]) -> [Double] {
        guard let first = order.first.flatMap({ links.numbers[$0] }) else { return order.indices.map(Double.init) }
        return order.enumerated().map { index, frame in
            links.numbers[frame].map { Double($0) - Double(first) } ?? Double(index)
        }
    }
}

/// A column of times, looked up for the frames of a scan.
private struct FrameTimes {
    private var column: [Double?] = []
    private var places: CIF.Column?
    private let source: SourceID

    init(_ table: Table, _ items: [String]) {
        source = table.source
        for item in items {
            guard let found = table.column(item) else { continue }
            let values = found.doubles()
            guard values.contains(where: { $0 != nil }) else { continue }
            (column, places) = (values, found)
            return
        }
    }

    /// One value when all frames have the same, else one a frame; nil when any frame has none.
    func values(_ frames: [Int]) -> Sourced<[Double]>? {
        guard let places, let first = frames.first, first < column.count, let head = column[first] else { return nil }
        var all: [Double] = []
        all.reserveCapacity(frames.count)
        var isConstant = true
        for frame in frames {
            guard frame < column.count, let value = column[frame] else { return nil }
            if value != head { isConstant = false }
            all.append(value)
        }
        return Sourced(isConstant ? [head] : all, .stated(places.place(first, in: source)))
    }
}
