// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import Glibc
import ImgCIF
import NeXus

/// When a scan was taken, from the dates of its frames.
///
/// - Source: docs/guide/convert.md.
struct ScanTimes {
    private(set) var times = MasterToWrite.Times()
    private(set) var notes: [ConversionNote] = []

    /// - Parameters:
    ///   - dates: Of the frames, as written; nil where a frame has none.
    ///   - zone: Of dates that state none: an offset, or a name of the time zone database.
    init(_ experiment: Experiment, dates: [String?], zone: String?) {
        guard let scan = experiment.scans.first else { return }
        let given: String? =
            if case .option = experiment.identity.startTime?.origin { experiment.identity.startTime?.value } else {
                nil
            }
        let first = dates.first.flatMap { $0 }
        let words = given ?? scan.startDate?.value ?? first ?? experiment.identity.startTime?.value
        guard let words else {
            notes.append(
                ConversionNote(
                    "SCAN-016", "no date and time of the first frame; left out", isAssumption: true,
                    option: "--start-time TIME"))
            return
        }
        guard let start = Self.moment(words, zone: zone) else {
            notes.append(
                ConversionNote(
                    "SCAN-016", "start is '\(words)', which is no date and time; left out", isAssumption: true,
                    option: "--start-time TIME"))
            return
        }
        if start.offset == nil {
            notes.append(ConversionNote("SCAN-017", "start \(start.text) has no zone; --time-zone gives it"))
        } else {
            times.zone = start.zone
        }
        times.start = start.inUTC.text
        times.end = scan.endDate.flatMap { Self.moment($0.value, zone: zone)?.inUTC.text }
        let frames = Double(dates.count)
        let moments = dates.map { $0.flatMap { Self.moment($0, zone: zone)?.seconds } }
        let own = moments.compactMap { $0 }
        if let frame = (scan.period?.value ?? scan.exposure?.value).flatMap(Self.median) {
            times.endEstimated = start.inUTC.later(by: frames * frame)?.text
        } else if let first = own.first, let last = own.last, own.count > 1, last >= first {
            let step = (last - first) / Double(own.count - 1)
            times.endEstimated = start.inUTC.later(by: frames * step)?.text
        }
        guard own.count == moments.count, own.count > 2, let zero = own.first, let last = own.last else { return }
        let step = (last - zero) / Double(own.count - 1)
        let isEven = own.enumerated().allSatisfy { abs($1 - zero - Double($0) * step) <= 1e-3 }
        if !isEven { times.frameStarts = own.map { (($0 - zero) * 1e9).rounded() / 1e9 } }
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }

    /// A date in any of the forms that headers have; nil for others.
    static func moment(_ words: String, zone: String?) -> DateAndTime? {
        guard let text = DateText.normalised(words, zone: nil), var moment = DateAndTime(text) else { return nil }
        guard moment.offset == nil, let zone else { return moment }
        moment.offset = offset(zone, at: moment)
        return moment
    }

    /// Seconds that a zone is ahead of UTC at a moment of its clock; nil for a word that is no zone.
    static func offset(_ zone: String, at moment: DateAndTime) -> Int? {
        if zone == "Z" || zone == "UTC" { return 0 }
        if let first = zone.utf8.first, first == 0x2B || first == 0x2D {
            return DateAndTime("2000-01-01T00:00:00" + zone)?.offset
        }
        guard isZone(zone) else { return nil }
        // The database is read by the library, which takes it from the environment.
        let before = getenv("TZ").map { String(cString: $0) }
        setenv("TZ", zone, 1)
        tzset()
        defer {
            if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
            tzset()
        }
        var parts = tm()
        var clock = time_t(moment.clock)
        gmtime_r(&clock, &parts)
        parts.tm_isdst = -1
        let seconds = mktime(&parts)
        return seconds == -1 ? nil : moment.clock - Int(seconds)
    }

    /// The word names a zone of the database of this machine.
    static func isZone(_ zone: String) -> Bool {
        guard !zone.isEmpty, !zone.hasPrefix("/"), !zone.split(separator: "/").contains("..") else { return false }
        var facts = stat()
        return stat("/usr/share/zoneinfo/" + zone, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }
}
