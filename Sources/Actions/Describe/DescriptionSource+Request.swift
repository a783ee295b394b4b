// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import Transport

extension DescriptionSource {
    /// Adds what the request gives and what the table of beamlines knows.
    mutating func complete(by request: DescriptionRun.Request, _ table: GoniometerTable?) throws(Failure) {
        for index in experiments.indices {
            if let axis = request.goniometerAxis {
                experiments[index] = experiments[index].withGoniometerAxis(axis, .option("--gonio-axis"))
            } else if isImage, let detector = experiments[index].detectors.first?.description?.value,
                let entry = table?.entry(
                    detector: detector, date: experiments[index].identity.startTime?.value,
                    oscillationAxis: oscillationAxis)
            {
                if let refusal = entry.refusal {
                    throw Failure(attempt: "describe", subject: path, code: .foreign, words: refusal)
                }
                experiments[index] = experiments[index].withGoniometerAxis(entry.axis, entry.origin)
                experiments[index].identity.take(facility: entry.facility, beamline: entry.beamline, entry.serial)
            }
            experiments[index].identity.readInstrument()
            let identity = experiments[index].identity
            func given(_ value: String?, _ option: String, _ stated: Sourced<String>?) -> Sourced<String>? {
                value.map { Sourced($0, .option(option)) } ?? stated
            }
            experiments[index].identity.facility = given(request.facility, "--facility", identity.facility)
            experiments[index].identity.beamline = given(request.beamline, "--beamline", identity.beamline)
            experiments[index].identity.sample = given(request.sample, "--sample", identity.sample)
            if let detector = request.detector {
                for place in experiments[index].detectors.indices {
                    experiments[index].detectors[place].description = Sourced(detector, .option("--detector"))
                }
            }
            if let kelvin = request.temperature {
                experiments[index].identity.temperature = Sourced(kelvin, .option("--temperature"))
            }
            if let probe = request.probe { experiments[index].beam.probe = Sourced(probe, .option("--probe")) }
            if let wavelength = request.wavelength, experiments[index].beam.wavelengths == nil {
                experiments[index].beam.wavelengths = Sourced([wavelength], .option("--wavelength"))
            }
        }
    }
}

extension Diffraction.Identity {
    /// Facility and beamline that a table knows of a detector, where the input names none.
    mutating func take(facility name: String?, beamline station: String?, _ serial: String) {
        guard facility == nil, beamline == nil else { return }
        func known(_ what: String) -> Origin {
            .assumed(
                "the \(what) is that of the detector with the serial number \(serial); the header does not give it")
        }
        facility = name.map { Sourced($0, known("facility")) }
        beamline = station.map { Sourced($0, known("beamline")) }
    }

    /// Facility and beamline in the name of an instrument, such as "Diamond Light Source Beamline I19-1".
    mutating func readInstrument() {
        guard facility == nil, beamline == nil, let instrument else { return }
        let words = instrument.value.split(separator: " ")
        guard let index = words.firstIndex(where: { $0.lowercased() == "beamline" }), index > 0, index + 1 < words.count
        else { return }
        let origin = Origin.derived("the name of the instrument, '\(instrument.value)'")
        facility = Sourced(words[..<index].joined(separator: " "), origin)
        beamline = Sourced(words[(index + 1)...].joined(separator: " "), origin)
    }
}
