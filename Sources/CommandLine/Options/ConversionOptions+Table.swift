// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction

// Options of `convert`.

extension Option where Value == String {
    static var conversion: Self {
        Self(
            "output", short: "o", "FILE|DIR", shape: .file,
            "write to FILE, or below DIR when it is a folder, with names from those of the images")
    }
    static var sensorMaterial: Self { Self("sensor-material", "NAME", "material of the sensor, such as Si or CdTe") }
    static var sampleName: Self { Self("sample-name", "NAME", "name of the sample") }
    static var instrumentName: Self { Self("instrument-name", "NAME", "name of the instrument, such as the beamline") }
    static var sourceName: Self { Self("source-name", "NAME", "name of the source, such as the synchrotron") }
    static var startTime: Self { Self("start-time", "TIME", "when the first frame began, as 2026-11-30T09:30:00Z") }
    static var zoneOfDates: Self {
        Self("time-zone", "ZONE", "zone of dates that state none, such as Europe/London or +01:00")
    }
    static var geometry: Self {
        Self("geometry", "FILE.expt", shape: .file, "take beam, detector and goniometer from a DIALS experiment list")
    }
    static var instrument: Self {
        Self(
            "instrument", "NAME|FILE.cif", shape: .file,
            "axes of images without any: of a beamline that is known, such as 'Diamond I24', or of an imgCIF file")
    }
}

extension Option where Value == Double {
    static var sensorThickness: Self { Self(positive: "sensor-thickness", "MM", "thickness of the sensor") }
}

extension Option where Value == Vector3 {
    static var up: Self {
        Self("up", "X,Y,Z", "the direction that is up, in the frame of the input: (0,1,0) for images without axes") {
            text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
            guard parts.count == 3, text.count(where: { $0 == "," }) == 2,
                let direction = Vector3(parts[0], parts[1], parts[2]).normalised
            else { return .failure(ValueFault(wanted: "three numbers, such as 0,1,0")) }
            return .success(direction)
        }
    }
}

extension Option where Value == PixelOriginChoice {
    static var pixelOrigin: Self {
        Self(
            "pixel-origin", "WHICH", choices: PixelOriginChoice.allCases.map { ($0.rawValue, $0) },
            "numbers of the first pixel: as in the source, or moved from its centre to its corner")
    }
}

extension Option where Value == RotationSense {
    static var rotationSense: Self {
        Self(
            "rotation-sense", "WHICH", choices: RotationSense.allCases.map { ($0.rawValue, $0) },
            "falling angles: as they are, or axis and angles with the opposite sign")
    }
}

extension Option where Value == ConversionRequest.Scans {
    static var scans: Self {
        Self(
            "scans", "WHICH", choices: ConversionRequest.Scans.allCases.map { ($0.rawValue, $0) },
            "one file a scan, or one entry a scan in one file, of which common readers take the first")
    }
}

extension Option where Value == ConversionRequest.Gaps {
    static var missing: Self {
        Self(
            "missing", "WHICH", choices: ConversionRequest.Gaps.allCases.map { ($0.rawValue, $0) },
            "numbers that are missing: begin another scan, write such frames as -1, or refuse")
    }
}

extension Option where Value == ConversionRequest.Verification {
    static var verification: Self {
        Self(
            "verify", "WHAT", choices: ConversionRequest.Verification.allCases.map { ($0.rawValue, $0) },
            "what is read again before a file gets its name: nothing, all but pixels, or pixels too")
    }
}

extension Option where Value == ConversionRequest.ElementChoice {
    static var elementType: Self {
        Self(
            "element-type", "TYPE", choices: ConversionRequest.ElementChoice.allCases.map { ($0.rawValue, $0) },
            "type of stored counts; uint16 where every count fits")
    }
}

extension Option where Value == ConversionRequest.Transmission {
    static var transmission: Self {
        Self(
            "transmission", "WHICH", choices: ConversionRequest.Transmission.allCases.map { ($0.rawValue, $0) },
            "how headers mean a transmission up to 1")
    }
}

extension Option where Value == ConversionRequest.Compression {
    static var compression: Self {
        Self("compression", "WHICH", "bslz4, gzip, gzip:1 to gzip:9, or none; bslz4 without it") { text in
            switch text {
            case "bslz4": return .success(.bitshuffleLZ4)
            case "none": return .success(.none)
            case "gzip": return .success(.gzip(level: 4))
            default:
                guard text.hasPrefix("gzip:"), let level = Int(text.dropFirst(5)), (1...9).contains(level) else {
                    return .failure(.noChoice(text, of: ["bslz4", "gzip", "gzip:1", "none"]))
                }
                return .success(.gzip(level: level))
            }
        }
    }
}

extension Option where Value == ProgressChoice {
    static var progress: Self {
        Self(
            "progress", "HOW", choices: ProgressChoice.allCases.map { ($0.rawValue, $0) },
            "how far the run is: a line on a terminal, nothing, or JSON objects on standard error")
    }
}

extension Option where Value == Int {
    static var framesPerFile: Self {
        whole("frames-per-file", "N", "spread frames over files of N each, beside a master")
    }
    static var jobs: Self { whole("jobs", "N", "threads; as many as there are processors without it") }
    static var listedExperiment: Self { whole("experiment", "N", "take experiment N of an experiment list, from 1") }
    static var restoredHeader: Self {
        whole("restore-header", "N", "print the header of frame N that a converted file keeps, byte for byte")
    }

    private static func whole(_ name: String, _ placeholder: String, _ summary: String) -> Self {
        Self(name, placeholder, summary) { text in
            guard let number = Int(text), number > 0 else {
                return .failure(ValueFault(wanted: "a whole number above 0"))
            }
            return .success(number)
        }
    }

    static var memory: Self {
        Self("memory", "SIZE", "bytes that frames under way may take, such as 500M or 2G") { text in
            let units: [Character: Int] = ["k": 10, "M": 20, "G": 30]
            let shift = text.last.flatMap { units[$0] } ?? 0
            guard let number = Int(shift == 0 ? text[...] : text.dropLast()), number > 0, number <= Int.max >> 31 else {
                return .failure(ValueFault(wanted: "a number of bytes above 0, such as 500000, 50M or 2G"))
            }
            return .success(number << shift)
        }
    }
}

extension Flag {
    static var strict: Self { Self("strict", "refuse what would have to be assumed or left out") }
    static var linearise: Self {
        Self("linearise", "write counts, as reals, of images that hold square roots or logarithms of them")
    }
    static var noMD5: Self { Self("no-md5", "let pass images whose Content-MD5 is that of other bytes") }
    static var replaceFiles: Self { Self("force", "replace files that are there already") }
    static var resume: Self { Self("resume", "pass over scans whose file is there and was made of the same inputs") }
    static var dryRun: Self { Self("dry-run", "print the scans and what would be assumed, and write nothing") }
}
