// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

/// A date of an image header, or of loops beside it: where one of two has no zone, clocks are compared.
struct HeaderMoment {
    private let moment: DateAndTime

    /// Nil for a text that is no date and time.
    init?(_ text: String) {
        guard let form = DateText.normalised(text, zone: nil), let moment = DateAndTime(form) else { return nil }
        self.moment = moment
    }

    /// Seconds between the two, by the clocks where zones are not known on both sides.
    func distance(to other: HeaderMoment) -> Double { abs(seconds(to: other)) }

    /// Seconds from this moment to the other.
    func seconds(to other: HeaderMoment) -> Double {
        if moment.offset != nil, other.moment.offset != nil { return other.moment.seconds - moment.seconds }
        return Double(other.moment.clock - moment.clock)
            + Double(other.moment.nanoseconds - moment.nanoseconds) * 1e-9
    }

    /// The two are the same but for a zone that one of them leaves out, or both do.
    ///
    /// - Parameter slack: Seconds.
    func isSame(as other: HeaderMoment, within slack: Double) -> Bool {
        let apart = distance(to: other)
        if apart <= slack { return true }
        guard moment.offset == nil || other.moment.offset == nil, apart <= 14 * 3600 + slack else { return false }
        // Zones are quarters of an hour apart.
        let rest = apart.remainder(dividingBy: 900)
        return abs(rest) <= min(slack, 300)
    }
}

extension ImageHeader {
    /// The date of the header and that of the loops for the same image, where they are not the same.
    ///
    /// A header tells the local time of the start, of the end or of writing, mostly without a zone: minutes beside the
    /// exposure pass, and whole quarters of an hour where a zone is left out.
    /// - Parameter frame: From 0; nil for the image of the file itself.
    func dateBeside(_ view: ExperimentView, _ scan: Scan?, frame: Int?)
        -> (header: Sourced<String>, description: Sourced<String>)?
    {
        guard let scan, let date, let own = HeaderMoment(date.value) else { return nil }
        let number = view.experiment.scans.firstIndex { $0.id == scan.id } ?? 0
        let stated = ScanDates(of: scan, number: number, view)
        let seconds = scan.period?.ofFrame(frame ?? 0)?.value ?? scan.exposure?.ofFrame(frame ?? 0)?.value ?? 0
        let slack = 60 + max(0, seconds.isFinite ? seconds : 0)
        if let frame = frame ?? (scan.frameCount.value == 1 ? 0 : nil), stated.frames.count == scan.frameCount.value,
            stated.frames.indices.contains(frame)
        {
            let described = stated.frames[frame]
            guard let moment = HeaderMoment(described.value), !moment.isSame(as: own, within: slack) else { return nil }
            return (date, described)
        }
        // Without dates of frames: before the start by more than any zone, or a day and more beyond the end.
        guard let start = stated.start, let from = HeaderMoment(start.value) else { return nil }
        let length = seconds * Double(max(1, scan.frameCount.value))
        let last = stated.end.flatMap { HeaderMoment($0.value) }.map { from.seconds(to: $0) } ?? length
        let at = from.seconds(to: own)
        let zone = 14.0 * 3600
        guard at < -zone - slack || at > max(last, length) + zone + 86_400 else { return nil }
        return (date, start)
    }
}
