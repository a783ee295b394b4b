// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Reads the frames of an entry and the settings of its axes.
///
/// - Source: NXtransformations, NXdetector of the NeXus definitions; geometry.md section 5.
struct ScanReader {
    let tree: NeXusTree
    let axes: AxisTable

    /// The one scan of an entry.
    ///
    /// - Parameters:
    ///   - pixelDirections: Axes whose value is the size of a pixel and no setting.
    ///   - detectors: NXdetector groups, for times and for the number of images their writer states.
    func scan(
        of entry: Node, images: Sourced<ImageData>?, detectors: [Node], pixelDirections: Set<AxisID>,
        fields: inout FieldReader
    ) -> Scan {
        var settings = axes.axes.filter { !pixelDirections.contains($0.axis.id) }.compactMap {
            setting(of: $0, &fields)
        }
        let count = images.flatMap { images in
            images.value.shape.first.map { Sourced(images.value.shape.count == 2 ? 1 : $0, images.origin) }
        }
        for index in settings.indices { readAgain(&settings[index], of: entry) }
        // A single frame is as wide as its end is from its start.
        if count?.value == 1 {
            for index in settings.indices {
                guard case .constant(let start) = settings[index].settings,
                    let end = settings[index].singleEnd(from: start), end != start
                else { continue }
                settings[index].settings = .explicit(starts: [start], ends: [end])
            }
        }
        var exposure: Sourced<[Double]>?
        var period: Sourced<[Double]>?
        var stated: Sourced<Int>?
        for detector in detectors {
            exposure = exposure ?? fields.quantity("count_time", in: detector, as: .time, takenWithoutUnits: true)
            period = period ?? fields.quantity("frame_time", in: detector, as: .time, takenWithoutUnits: true)
            stated = stated ?? writersCount(of: detector, &fields)
        }
        return Scan(
            id: entry.path, frameCount: stated ?? count ?? longest(of: settings), imageCount: count, axes: settings,
            exposure: exposure, period: period, place: .object(path: entry.path, attribute: nil))
    }

    /// nimages x ntrigger of DECTRIS; nil when one of them is there and cannot be read.
    private func writersCount(of detector: Node, _ fields: inout FieldReader) -> Sourced<Int>? {
        guard let specific = tree.child("detectorSpecific", of: detector),
            let images = fields.integers("nimages", in: specific), let each = images.value.first, each > 0
        else { return nil }
        guard tree.hasLink("ntrigger", in: specific) else { return Sourced(each, images.origin) }
        guard let triggers = fields.integers("ntrigger", in: specific)?.value.first, triggers > 0 else { return nil }
        let (product, overflows) = each.multipliedReportingOverflow(by: triggers)
        return overflows ? nil : Sourced(product, images.origin)
    }

    private func longest(of settings: [ScanAxis]) -> Sourced<Int> {
        let longest = settings.max { ($0.valueCount ?? 0) < ($1.valueCount ?? 0) }
        guard let longest, let count = longest.valueCount, count > 0 else {
            return Sourced(0, .assumed("neither images nor axis settings are there"))
        }
        return Sourced(count, .derived("the number of settings of '\(longest.axis.name)'"))
    }

    private func setting(of found: FoundAxis, _ fields: inout FieldReader) -> ScanAxis? {
        guard let first = found.values.first else { return emptySetting(of: found) }
        for suffix in ["_end", "_increment_set"] { leaveUnread(suffix, of: found, &fields) }
        let increments = sibling("_increment_set", of: found)
        let ends = sibling("_end", of: found)
        var axis = ScanAxis(
            axis: found.axis.id, settings: .constant(first), valueCount: found.values.count,
            endCount: ends?.value.count, incrementSetCount: increments?.value.count, place: found.axis.place)
        axis.incrementSet = increments
        axis.ownEnds = sibling("_end", of: found, inOwnUnits: true)
        axis.ownIncrements = sibling("_increment_set", of: found, inOwnUnits: true)
        if found.values.count > 1 {
            axis.settings = .explicit(starts: found.values, ends: self.ends(of: found, ends, increments))
        }
        return axis
    }

    /// A list of no values: no setting at all, where one for each frame is expected.
    private func emptySetting(of found: FoundAxis) -> ScanAxis? {
        guard tree.dataset(found.node)?.shape?.contains(0) == true else { return nil }
        return ScanAxis(axis: found.axis.id, settings: .constant(0), valueCount: 0, place: found.axis.place)
    }

    /// Ends as stated, else start plus increment, when there is one for each frame.
    private func ends(
        of found: FoundAxis, _ ends: Sourced<[Double]>?, _ increments: Sourced<[Double]>?
    ) -> [Double]? {
        if let ends, ends.value.count == found.values.count { return ends.value }
        guard let increments = increments?.value, let first = increments.first else { return nil }
        if increments.count == 1 { return found.values.map { $0 + first } }
        return increments.count == found.values.count ? zip(found.values, increments).map { $0 + $1 } : nil
    }

    /// Keeps that `AXISNAME_end` or `AXISNAME_increment_set` is there and its numbers are not known.
    private func leaveUnread(_ suffix: String, of found: FoundAxis, _ fields: inout FieldReader) {
        for path in axes.paths(of: found) {
            guard let (object, file) = tree.objects.object(at: path + suffix, in: 0),
                let dataset = tree.objects.dataset(object, in: file)
            else { continue }
            if let why = dataset.value.unseen(of: dataset.shape ?? [], dataset.type) {
                fields.leave(suffix, at: path + suffix, why)
            }
            return
        }
    }

    /// `AXISNAME_end` or `AXISNAME_increment_set` beside any place of the axis, in the unit of the axis as readers
    /// take it, or in the unit of its own where it has one that measures the same.
    private func sibling(_ suffix: String, of found: FoundAxis, inOwnUnits: Bool = false) -> Sourced<[Double]>? {
        for path in axes.paths(of: found) {
            guard let (object, file) = tree.objects.object(at: path + suffix, in: 0),
                let dataset = tree.objects.dataset(object, in: file), let numbers = dataset.value.doubles
            else { continue }
            var convert = found.conversion
            if inOwnUnits, let units = tree.objects.attribute("units", of: object, in: file)?.value.firstString,
                let quantity = found.axis.motion.value.quantity, let own = quantity.conversion(from: units)
            {
                convert = own
            }
            return Sourced(
                numbers.map { convert($0) }, .stated(.object(path: path + suffix, attribute: nil)))
        }
        return nil
    }
}

extension ScanAxis {
    /// The end of the one frame, as stated or by the increment; nil where nothing says it.
    fileprivate func singleEnd(from start: Double) -> Double? {
        if let ends = ownEnds?.value { return ends.count == 1 ? ends.first : nil }
        guard let increments = ownIncrements?.value, increments.count == 1 else { return nil }
        return increments.first.map { start + $0 }
    }
}

extension AxisMotion {
    /// What the settings of the axis measure; nil for a direction.
    fileprivate var quantity: Quantity? {
        switch self {
        case .rotation: .angle
        case .translation: .length
        case .general, .unknown: nil
        }
    }
}
