// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import NeXus
import RuleEngine

/// The dates that belong to one scan.
struct ScanDates {
    var start: Sourced<String>?
    var end: Sourced<String>?
    var isEndEstimated = false
    /// Stated beside the true end.
    var estimatedEnd: Sourced<String>?
    var frames: [Sourced<String>] = []

    init(of experiment: Experiment) {
        start = experiment.identity.startTime
        end = experiment.identity.endTime
        if case .object(let path, _)? = end?.origin.place?.spot { isEndEstimated = path.hasSuffix("_estimated") }
        if !isEndEstimated { estimatedEnd = experiment.identity.endTimeEstimated }
    }

    init(of scan: Scan, number: Int, _ view: ExperimentView) {
        guard let block = view.block else { return }
        func stated(_ item: String, _ row: Int) -> Sourced<String>? {
            guard let column = block.column(item), let text = column.text(row) else { return nil }
            return Sourced(text, .stated(column.place(row)))
        }
        let row = view.row(of: scan) ?? number
        start = stated("_diffrn_scan.date_start", row)
        end = stated("_diffrn_scan.date_end", row)
        if end == nil {
            end = stated("_diffrn_scan.date_end_estimated", row)
            isEndEstimated = end != nil
        }
        guard let column = block.column("_diffrn_scan_frame.date"), let links = view.reading?.links,
            let own = view.frames(of: scan)
        else { return }
        let numbered = own.frames.map(Int.init).sorted { (links.numbers[$0] ?? 0) < (links.numbers[$1] ?? 0) }
        frames = numbered.compactMap { frame in
            frame < column.count ? column.text(frame).map { Sourced($0, .stated(column.place(frame))) } : nil
        }
    }

    /// The first fault in words, and the dates that show it.
    func fault(_ scan: Scan, isStill: Bool, _ verdicts: Verdicts) -> (String, [Sourced<String>])? {
        func outOfTime(_ date: Sourced<String>?) -> (String, [Sourced<String>])? {
            guard let date, let moment = Moment(date.value) else { return nil }
            if moment.seconds < 631_152_000 { return ("a date lies before 1990", [date]) }
            if moment.seconds > Clock.now + 86400 { return ("a date lies in the future", [date]) }
            return nil
        }
        if let fault = outOfTime(start) ?? outOfTime(end) ?? outOfTime(estimatedEnd) { return fault }
        for date in frames { if let fault = outOfTime(date) { return fault } }
        if let fault = faultOfFrames() { return fault }
        if let start, let estimatedEnd, let from = Moment(start.value), let to = Moment(estimatedEnd.value),
            from.hasZone == to.hasZone, to.seconds < from.seconds - from.resolution - to.resolution
        {
            return ("it is to end before it starts", [start, estimatedEnd])
        }
        guard let start, let end, let from = Moment(start.value), let to = Moment(end.value),
            from.hasZone == to.hasZone
        else { return nil }
        let lasted = to.seconds - from.seconds
        // Dates written alike are resolved alike: zeros of one are digits where the other has a fraction.
        let open =
            start.value.utf8.count == end.value.utf8.count
            ? 2 * min(from.resolution, to.resolution) : from.resolution + to.resolution
        if lasted < -open { return ("it ends before it starts", [start, end]) }
        guard let period = scan.period ?? scan.exposure, scan.frameCount.value > 0, open < 60 else { return nil }
        let needed =
            period.value.count == 1
            ? Double(scan.frameCount.value) * period.value[0]
            : period.value.reduce(0, +)
        guard needed.isFinite, needed > 0 else { return nil }
        var words: String { "\(scan.frameCount.value) frames take \(Wording.number(needed, digits: 4)) s" }
        let slack = verdicts.number("fraction") * needed
        if needed - lasted > slack + open,
            !isEndEstimated || needed - lasted > slack + verdicts.number("margin")
                || lasted < 0.1 * needed
        {
            return ("\(words), the dates leave \(Wording.number(max(lasted, 0), digits: 4)) s", [start, end])
        }
        if lasted - needed > slack + verdicts.number("margin"), !isStill, scan.period != nil {
            return ("\(words), the dates span \(Wording.number(lasted, digits: 4)) s", [start, end])
        }
        return nil
    }

    /// Frames in order, distinct, within the scan.
    private func faultOfFrames() -> (String, [Sourced<String>])? {
        guard !frames.isEmpty else { return nil }
        let moments = frames.map { Moment($0.value) }
        for index in frames.indices.dropFirst() {
            guard let before = moments[index - 1], let now = moments[index], before.hasZone == now.hasZone else {
                continue
            }
            if now.seconds < before.seconds { return ("the dates of frames fall", [frames[index - 1], frames[index]]) }
        }
        if frames.count > 2, Set(frames.map(\.value)).count == 1, (moments[0]?.resolution ?? 1) < 1 {
            return ("all frames have one date", [frames[0]])
        }
        if let start, let from = Moment(start.value), let first = frames.first, let own = Moment(first.value),
            from.hasZone == own.hasZone, own.seconds < from.seconds - from.resolution - own.resolution
        {
            return ("the first frame is older than the scan", [start, first])
        }
        if let end, !isEndEstimated, let to = Moment(end.value), let last = frames.last, let own = Moment(last.value),
            to.hasZone == own.hasZone, own.seconds > to.seconds + to.resolution + own.resolution
        {
            return ("the last frame is younger than the scan", [end, last])
        }
        return nil
    }
}
