// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Transport

extension ConversionRequest {
    /// Refuses options that cannot be, before anything is read.
    public func check() throws(Failure) {
        if let timeZone, let noon = DateAndTime("2026-06-01T12:00:00"), ScanTimes.offset(timeZone, at: noon) == nil {
            throw Failure(
                usage: "--time-zone '\(timeZone)' is no zone of this machine",
                remedy: "write an offset such as +01:00, or a name such as Europe/London")
        }
        if let startTime, ScanTimes.moment(startTime, zone: nil) == nil {
            throw Failure(
                usage: "--start-time '\(startTime)' is no date and time", remedy: "write 2026-11-30T09:30:00Z")
        }
        for (option, words) in [
            ("--sample-name", sampleName), ("--instrument-name", instrumentName), ("--source-name", sourceName),
            ("--sensor-material", sensorMaterial),
        ] {
            guard let words else { continue }
            if ["", "?", "."].contains(words.filter { $0 != " " }) {
                throw Failure(usage: "\(option) '\(words)' says nothing", remedy: "leave it out, or write the name")
            }
        }
        if linearises, element == .uint16 {
            throw Failure(
                usage: "--linearise writes reals, and --element-type asks for integers",
                remedy: "leave out one of them")
        }
        if framesPerFile != nil, scans == .together {
            throw Failure(
                usage: "--frames-per-file goes with one scan a file", remedy: "leave out --scans together")
        }
    }
}
