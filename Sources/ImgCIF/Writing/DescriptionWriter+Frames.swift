// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

// MARK: Scans, frames, external data

extension DescriptionWriter {
    mutating func writeScans() {
        let dates = experiment.identity
        // Dates of the experiment are those of its only scan.
        let isOnly = scans.count == 1
        func date(_ own: Sourced<String>?, _ shared: Sourced<String>?) -> String? {
            (own ?? (isOnly ? shared : nil)).flatMap { DateText.normalised($0.value, zone: request.timeZone) }
        }
        // An end that was only foreseen is told as what it is.
        let isForeseen = dates.endTime.map { $0.origin == dates.endTimeEstimated?.origin } ?? false
        let all = scans.map { scan in
            [
                ("date_start", date(scan.scan.startDate, dates.startTime)),
                ("date_end", date(scan.scan.endDate, isForeseen ? nil : dates.endTime)),
                ("date_end_estimated", date(nil, dates.endTimeEstimated)),
            ]
        }
        let columns = [0, 1, 2].filter { column in all.contains { $0[column].1 != nil } }
        let known = columns.compactMap { all.first?[$0].0 }
        let names = ["id", "diffrn_id", "frame_id_start", "frame_id_end", "frames"] + known
        cif.loop(
            names.map { "_diffrn_scan." + $0 },
            zip(scans, all).map { scan, dates in
                let row: [CIFValue] = [
                    .text(scan.id), .text(diffrnID), .text(scan.frameID(0)), .text(scan.frameID(scan.count - 1)),
                    .integer(scan.count),
                ]
                return row + columns.map { CIFValue(dates[$0].1) }
            })
        writeScanAxes()
    }

    private mutating func writeScanAxes() {
        let restarts = scans.contains { $0.axes.contains { $0.settings.restart != 0 } }
        var items = ["scan_id", "axis_id"]
        for kind in ["angle", "displacement"] {
            items += ["\(kind)_start", "\(kind)_range", "\(kind)_increment"] + (restarts ? ["\(kind)_rstrt_incr"] : [])
        }
        var rows: [[CIFValue]] = []
        for scan in scans {
            for axis in scan.axes {
                let s = axis.settings
                let own = [s.start, s.range, s.increment] + (restarts ? [s.restart] : [])
                let stated = own.map { CIFValue.number($0) }
                let other = own.map { _ in CIFValue.inapplicable }
                rows.append([.text(scan.id), .text(axis.name)] + (axis.isRotation ? stated + other : other + stated))
            }
        }
        cif.loop(items.map { "_diffrn_scan_axis." + $0 }, rows)
    }

    mutating func writeFrames() {
        let frames = scans.indices.flatMap { scan in (0..<scans[scan].count).map { (scan: scan, frame: $0) } }
        writeScanFrames(frames)
        writeFrameAxes()
        // Data frames, arrays and images run through all frames, arrays innermost.
        let arrays = faces.arrays
        let count = frames.count * arrays.count
        func binary(_ row: Int) -> CIFValue { .integer(row + 1) }
        cif.loop(
            ["id", "detector_element_id", "array_id", "binary_id"].map { "_diffrn_data_frame." + $0 }, count: count
        ) { row in
            let (scan, frame) = frames[row / arrays.count]
            let array = arrays[row % arrays.count]
            return [.text(scans[scan].frameID(frame)), .text(array.element), .text(array.id), binary(row)]
        }
        let images = scans.flatMap(\.images)
        guard images.count == frames.count else { return }
        cif.loop(["array_id", "binary_id", "external_data_id"].map { "_array_data." + $0 }, count: count) { row in
            [.text(arrays[row % arrays.count].id), binary(row), .integer(row + 1)]
        }
        writeExternal(images, arrays: arrays.count)
    }

    private mutating func writeScanFrames(_ frames: [(scan: Int, frame: Int)]) {
        let hasExposure = scans.contains { $0.scan.exposure != nil }
        let hasPeriod = scans.contains { $0.scan.period != nil }
        var items = ["frame_id", "scan_id", "frame_number"]
        if hasExposure { items.append("integration_time") }
        if hasPeriod { items.append("time_period") }
        cif.loop(items.map { "_diffrn_scan_frame." + $0 }, count: frames.count) { row in
            let (scan, frame) = (scans[frames[row].scan], frames[row].frame)
            var values: [CIFValue] = [.text(scan.frameID(frame)), .text(scan.id), .integer(frame + 1)]
            if hasExposure { values.append(CIFValue(Self.time(scan.scan.exposure?.value, frame))) }
            if hasPeriod { values.append(CIFValue(Self.time(scan.scan.period?.value, frame))) }
            return values
        }
    }

    private static func time(_ values: [Double]?, _ frame: Int) -> Double? {
        guard let values, let first = values.first else { return nil }
        if values.count == 1 { return first }
        return frame < values.count ? values[frame] : nil
    }

    private mutating func writeFrameAxes() {
        var rows: [[CIFValue]] = []
        for scan in scans {
            let listed = scan.listedAxes
            guard !listed.isEmpty else { continue }
            for frame in 0..<scan.count {
                for axis in listed {
                    let s = axis.settings
                    let formula = s.start + Double(frame) * (s.increment + s.restart)
                    let (start, increment) = s.frames.isEmpty ? (formula, s.increment) : s.frames[frame]
                    let own: [CIFValue] = [.number(start.cleared(to: 12)), .number(increment)]
                    let other: [CIFValue] = [.inapplicable, .inapplicable]
                    rows.append(
                        [.text(scan.frameID(frame)), .text(axis.name)] + (axis.isRotation ? own + other : other + own))
                }
            }
        }
        cif.loop(
            ["frame_id", "axis_id", "angle", "angle_increment", "displacement", "displacement_increment"].map {
                "_diffrn_scan_frame_axis." + $0
            }, rows)
    }

    /// Columns that no image fills are left out.
    private mutating func writeExternal(_ images: [ExternalImage], arrays: Int) {
        let optional: [(String, (ExternalImage) -> String?)] = [
            ("path", { $0.path }), ("archive_format", { $0.archiveFormat }), ("archive_path", { $0.archivePath }),
            ("file_compression", { $0.fileCompression }),
        ]
        let present = optional.filter { column in images.contains { column.1($0) != nil } }
        let hasFrames = images.contains { $0.path != nil || $0.frame != 1 }
        var items = ["id", "format", "uri"] + present.map(\.0)
        if hasFrames { items.append("frame") }
        cif.loop(items.map { "_array_data_external_data." + $0 }, count: images.count * arrays) { row in
            let image = images[row / arrays]
            var values: [CIFValue] = [.integer(row + 1), .text(image.format), .text(image.uri)]
            values += present.map { CIFValue($0.1(image)) }
            if hasFrames { values.append(.integer(image.frame)) }
            return values
        }
    }
}
