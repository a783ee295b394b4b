// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import ImgCIF
import RuleEngine
import Transport

extension StatedOrigin {
    /// What the descriptions of a file say; nil where they say nothing of it.
    init?(_ material: Material) {
        self.init()
        var dates: [String] = []
        for view in material.experiments {
            let identity = view.experiment.identity
            let texts =
                [identity.endTime, identity.startTime] + view.experiment.scans.flatMap { [$0.endDate, $0.startDate] }
            dates += texts.compactMap { $0.flatMap { Self.day($0.value) } }
            for name in [identity.facility, identity.beamline, identity.instrument] {
                if let name = name?.value, !name.isEmpty, !instruments.contains(name) { instruments.append(name) }
            }
        }
        date = dates.max()
        var seen = Set<String>()
        for reading in material.text?.readings ?? [] {
            let data = reading.externalData
            for row in 0..<data.rowCount {
                guard seen.count < Self.mostFiles else {
                    namesMore = true
                    break
                }
                for text in [data.text(.uri, row), data.text(.archivePath, row)] {
                    guard let text else { continue }
                    let path = String(text.prefix { $0 != "?" && $0 != "#" })
                    if !path.isEmpty { seen.insert(Name(path).last.text) }
                }
            }
        }
        files = seen.sorted()
        if self == StatedOrigin() { return nil }
    }

    /// The day of a date as files write it, "2026-03-01T10:00:00+01:00" or "2026-03-01".
    static func day(_ text: String) -> String? {
        let bytes = Array(text.utf8.prefix(10))
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
            bytes.indices.allSatisfy({ $0 == 4 || $0 == 7 || (0x30...0x39).contains(bytes[$0]) })
        else { return nil }
        let day = String(decoding: bytes, as: UTF8.self)
        // What is no day of the calendar is no date.
        return DateAndTime(day + "T00:00:00Z") == nil ? nil : day
    }
}
