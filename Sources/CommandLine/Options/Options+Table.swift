// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Digest
import Frames
import Report
import RuleEngine

// Every option of the program; those that several verbs share together stand in groups beside this file.

extension Option where Value == String {
    static var profile: Self {
        Self("profile", short: "p", "NAME|FILE", shape: .profile, "rules and tolerances to use")
    }
    static var shownProfile: Self {
        Self("profile", short: "p", "NAME|FILE", shape: .profile, "show the levels of this profile")
    }
    static var reports: Self {
        Self(
            "output", short: "o", "FILE", shape: .file, isRepeatable: true,
            "write a report to FILE as well, in the form its ending names; '-' is standard output")
    }
    static var definition: Self { Self("as", "NAME", "check NeXus files against this application definition") }
    static var entry: Self { Self("entry", "PATH", "look at one entry or subentry of NeXus files") }
    static var definitions: Self {
        Self(
            "definitions", "RELEASE|DIR", shape: .release, isRepeatable: true,
            "NeXus definitions to check against: a release, or a folder of NXDL files laid over those before")
    }
    static var dictionary: Self {
        Self(
            "dictionary", "FILE", shape: .file, "DDLm dictionary to check imgCIF against, instead of the one that ships"
        )
    }
    static var answers: Self {
        Self("answers", "FILE", shape: .file, "answers of the depositor, printed beside the findings")
    }
    static var baseline: Self {
        Self("baseline", "FILE", shape: .file, "findings that are known: they are shown, and only others fail the run")
    }
    static var writeBaseline: Self {
        Self(
            "write-baseline", "FILE", shape: .file,
            "write the findings of this run to FILE as those that are known; they fail nothing")
    }
    static var config: Self {
        Self("config", "FILE", shape: .file, "take settings from FILE, instead of the nearest imprimatur.json5")
    }
    static var sub: Self {
        Self(
            "sub", "URL=PATH", isRepeatable: true,
            "read PATH in the place of a location that descriptions name: the file, or the folder that is the root of the "
                + "extracted archive; a URL that ends in '/', or that a folder stands for, stands for all below it")
    }
    static var local: Self {
        Self(
            "local", "DIR", shape: .folder, isRepeatable: true,
            "look below DIR for the files and archives that descriptions name, by the ends of their paths")
    }
    static var rules: Self { Self("rules", "DIR", shape: .folder, "folder with profiles and definitions") }

    // MARK: describe

    static var timeZone: Self { Self("time-zone", "OFFSET", "zone of dates that state none, such as +01:00") }
    static var description: Self {
        Self("output", short: "o", "FILE", shape: .file, "write to FILE, and notes to standard error")
    }
    static var url: Self {
        Self(
            "url", "[SCAN=]URL", isRepeatable: true,
            "where the data are or will be: the archive, the HDF5 file, or the folder; once for each scan, in their order "
                + "or by name (SCAN1=...), where they lie apart")
    }
    static var doi: Self { Self("doi", "DOI", "DOI of the data set") }
    static var block: Self { Self("block", "NAME", "block code, instead of the name of the first input") }
    static var facility: Self { Self("facility", "NAME", "name of the facility") }
    static var beamline: Self { Self("beamline", "NAME", "name of the beamline") }
    static var detector: Self { Self("detector", "NAME", "make and model of the detector") }
    static var sample: Self { Self("sample", "NAME", "name of the crystal") }

    // MARK: inspect

    static var picture: Self { Self("output", short: "o", "FILE", shape: .file, "write the picture to FILE, as PNG") }
    static var scan: Self { Self("scan", "ID", "draw this scan, or the frames at this path, instead of the first") }

    // MARK: checksum

    static var manifests: Self {
        Self(
            "output", short: "o", "FILE", shape: .file, isRepeatable: true,
            "write the list to FILE, in the form its name says: SHA256SUMS, NAME.sha256, NAME.json; '-' is standard output"
        )
    }
    static var base: Self {
        Self(
            "base", "FOLDER", shape: .folder,
            "names in the list are relative to FOLDER, instead of the folder of the list where all files lie below it")
    }

    // MARK: definitions import

    static var release: Self { Self("release", "TAG", "the release, when the folder does not name it") }
    static var facts: Self {
        Self("output", short: "o", "FILE", shape: .file, "write to FILE instead of standard output")
    }
    static var date: Self {
        Self("date", "DAY", "the day of the release, YYYY-MM-DD") { text in
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            let isDay =
                text.utf8.count == 10 && parts.count == 3 && (1...12).contains((parts[1] ?? 0))
                && (1...31).contains((parts[2] ?? 0)) && parts[0] != nil
            return isDay ? .success(text) : .failure(ValueFault(wanted: "a day, such as 2026-01-31"))
        }
    }
}

extension Option where Value == Level {
    static var failAt: Self {
        Self(
            "fail-at", "LEVEL", choices: Level.allCases.map { ($0.rawValue, $0) },
            "level at which a finding fails the run, instead of that of the profile")
    }
}

extension Option where Value == Level {
    static var fixityFailAt: Self {
        Self(
            "fail-at", "LEVEL", choices: Level.allCases.map { ($0.rawValue, $0) },
            "level at which a finding fails the run: A without it, C when unlisted files are to fail it")
    }
}

extension Option where Value == any ReportFormat.Type {
    static var format: Self {
        Self(
            "format", short: "f", "FORMAT", choices: Formats.all.map { ($0.row.name, $0) },
            "form of the report on standard output")
    }
}

/// What `check --compat` sets beside our verdicts.
enum ReferenceProgram: Sendable {
    case checkImgCIF
}

extension Option where Value == ReferenceProgram {
    static var compat: Self {
        Self(
            "compat", "PROGRAM", choices: [("checkimgcif", .checkImgCIF)],
            "print the verdicts that this program would give beside ours")
    }
}

extension Option where Value == ColourChoice {
    static var color: Self {
        Self("color", "WHEN", choices: ColourChoice.allCases.map { ($0.rawValue, $0) }, "colour the report")
    }
}

extension Option where Value == ReadingSettings.Following {
    static var follow: Self {
        Self(
            "follow", "WHICH", choices: [("dataset", .dataset), ("none", .none)],
            "links to follow: to files in the same folder, or none")
    }
}

extension Option where Value == FrameSampling {
    static var frames: Self {
        Self(
            "frames", "WHICH", choices: FrameSampling.allCases.map { ($0.rawValue, $0) },
            "frames of each scan to decode: its ends and the middle (without the option), the first (with --online), up to 64, all, or none"
        )
    }
}

extension Option where Value == Int {
    static var frame: Self {
        Self("frame", "N", "draw frame N, counted from 1 within its scan") { text in
            guard let number = Int(text), number > 0 else {
                return .failure(ValueFault(wanted: "the number of a frame, from 1"))
            }
            return .success(number)
        }
    }
}

extension Option where Value == ClosedRange<Int> {
    static var greatest: Self {
        Self("max", "A-B", "draw the greatest count of each pixel over frames A to B") { text in
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count == 2, let first = ends[0], let last = ends[1], first > 0, last >= first else {
                return .failure(ValueFault(wanted: "two numbers of frames, such as 1-100"))
            }
            return .success(first...last)
        }
    }
}

/// The tables that `inspect --table` prints.
enum InspectionTable: Sendable {
    case rawData
}

extension Option where Value == InspectionTable {
    static var table: Self {
        Self(
            "table", "TABLE", choices: [("raw-data", .rawData)],
            "print the table of a Raw Data Letter, and what it lacks")
    }
}

extension Option where Value == RawDataReport.Form {
    static var tableForm: Self {
        Self(
            "format", short: "f", "FORMAT", choices: RawDataReport.Form.allCases.map { ($0.rawValue, $0) },
            "form of the table")
    }
}

extension Option where Value == [DigestAlgorithm] {
    static var algorithms: Self {
        let words = DigestAlgorithm.offered.map(\.rawValue)
        return Self(
            "algorithm", "LIST", "digests to take: \(words.joined(separator: ", ")); md5,sha256 without it"
        ) { text in
            var algorithms: [DigestAlgorithm] = []
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let algorithm = DigestAlgorithm.offered.first(where: { $0.rawValue == word }) else {
                    return .failure(.noChoice(String(word), of: words))
                }
                if !algorithms.contains(algorithm) { algorithms.append(algorithm) }
            }
            return .success(algorithms.sorted())
        }
    }
}

/// The forms of a list of digests, as the command line names them.
enum ManifestChoice: String, Sendable, CaseIterable {
    case lines, tagged, json, kerchunk
}

extension Option where Value == ManifestChoice {
    static var manifestForm: Self {
        Self(
            "format", short: "f", "FORMAT", choices: ManifestChoice.allCases.map { ($0.rawValue, $0) },
            "form of the list: as sha256sum writes it, with the algorithm and the name in brackets, JSON, or with "
                + "--chunks references to the chunks of HDF5 files, which readers of Zarr follow")
    }
}

/// The forms of a list of rules.
enum ListForm: String, Sendable, CaseIterable {
    case text, json
}

extension Option where Value == ListForm {
    static var listForm: Self {
        Self(
            "format", short: "f", "FORMAT", choices: ListForm.allCases.map { ($0.rawValue, $0) }, "form of the list")
    }
}

/// Kinds of archives that images can lie in, as imgCIF names them.
enum ArchiveKind: String, Sendable, CaseIterable {
    case zip, tgz, tbz
}

extension Option where Value == ArchiveKind {
    static var archive: Self {
        Self(
            "archive", "KIND", choices: ArchiveKind.allCases.map { ($0.rawValue, $0) },
            "the address is that of an archive, and the images are members by the names given here")
    }
}

/// What becomes of the numbers of the first pixel.
enum OriginChoice: String, Sendable, CaseIterable {
    case keep, centre
}

extension Option where Value == OriginChoice {
    static var origin: Self {
        Self(
            "origin", "WHICH", choices: OriginChoice.allCases.map { ($0.rawValue, $0) },
            "numbers of the first pixel: as in the source, or moved to its centre")
    }
}

extension Option where Value == Vector3 {
    static var goniometerAxis: Self {
        Self(
            "gonio-axis", "X,Y,Z",
            "rotation axis in the image (x along fast, y against slow), where headers give none"
        ) { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
            guard parts.count == 3, text.count(where: { $0 == "," }) == 2,
                let axis = Vector3(parts[0], parts[1], parts[2]).normalised
            else { return .failure(ValueFault(wanted: "three numbers, such as 0,1,0")) }
            return .success(axis)
        }
    }
}

/// A beam centre as given on the command line.
struct CentreChoice: Sendable {
    let value: FastSlow<Double>
    let isInMillimetres: Bool
}

extension Option where Value == CentreChoice {
    static var beamCentre: Self {
        Self(
            "beam-centre", "X,Y[px|mm]", "beam centre along fast and slow at zero swing, where headers give none"
        ) { text in
            let isInMillimetres = text.hasSuffix("mm")
            let numbers = isInMillimetres || text.hasSuffix("px") ? text.dropLast(2) : text[...]
            let parts = numbers.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
            guard parts.count == 2, parts.allSatisfy(\.isFinite), numbers.count(where: { $0 == "," }) == 1 else {
                return .failure(ValueFault(wanted: "two numbers, such as 1231.5,1263.5 or 211.8,217.3mm"))
            }
            return .success(
                CentreChoice(value: FastSlow(fast: parts[0], slow: parts[1]), isInMillimetres: isInMillimetres))
        }
    }
}

extension Option where Value == Probe {
    static var probe: Self {
        Self(
            "probe", "KIND",
            choices: [("x-ray", .xray), ("electron", .electron), ("neutron", .neutron), ("gamma", .gamma)],
            "radiation, instead of that of the wavelength")
    }
}

extension Option where Value == Int {
    static var maxDownload: Self {
        Self(
            "max-download", "BYTES",
            "bytes that are fetched from one location at most; 20 MiB without it"
        ) { text in
            let units: [Character: Int] = ["k": 10, "M": 20, "G": 30]
            let shift = text.last.flatMap { units[$0] } ?? 0
            guard let number = Int(shift == 0 ? text[...] : text.dropLast()), number > 0, number <= Int.max >> 31 else {
                return .failure(ValueFault(wanted: "a number of bytes above 0, such as 500000, 50M or 2G"))
            }
            return .success(number << shift)
        }
    }
}

extension Option where Value == Double {
    static var distance: Self { Self(positive: "distance", "MM", "detector distance, where headers give none") }
    static var exposure: Self {
        Self(positive: "exposure", "SECONDS", "exposure of a frame, where headers give none")
    }
    static var wavelength: Self { Self(positive: "wavelength", "ANGSTROM", "wavelength, where headers give none") }
    static var temperature: Self { Self(positive: "temperature", "KELVIN", "temperature of the sample") }
}

extension Flag {
    static var online: Self {
        Self(
            "online",
            "ask servers for the locations that descriptions name, and read one frame of each scan from there; without it "
                + "no run uses the network")
    }
    static var allowPrivate: Self {
        Self("allow-private", "with --online, ask addresses of this machine and of private networks as well")
    }
    static var allowFindings: Self {
        Self("allow-findings", "write the description although our own check finds faults of level A")
    }
    static var noConfig: Self { Self("no-config", "look for no imprimatur.json5") }
    static var originOfSettings: Self { Self("origin", "say where each value comes from") }
    static var exitZero: Self { Self("exit-zero", "end with 0 whatever is found; failures to read still count") }
    static var all: Self {
        Self("all", short: "a", "show everything: reasons for notes, rules that could not look, lines to look with")
    }
    static var quiet: Self { Self("quiet", short: "q", "print no report; exit code and files tell") }
    static var chunks: Self {
        Self("chunks", "list the digests of stored chunks and binary sections as well; in JSON alone")
    }
    static var noProgress: Self { Self("quiet", short: "q", "show no progress, and no word on what is passed over") }
    static var replace: Self {
        Self("force", "replace a list that is there already; never a file that holds diffraction data")
    }
    static var noDigest: Self { Self("no-digest", "leave the SHA-256 of files out of reports for programs") }
    static var recursive: Self {
        Self(
            "recursive", short: "r", "take the files in folders; those that are no diffraction data are passed over")
    }
    static var from0: Self { Self("from0", "names in lists end with a byte of zero") }
    static var strip: Self { Self("strip", "draw the first, the middle and the last frame of each scan side by side") }
    static var full: Self { Self("full", "draw every pixel; without it pixels of large frames are joined") }
    static var noSources: Self { Self("no-sources", "leave out where each value of the table comes from") }
    static var isolate: Self { Self("isolate", "read files in a process of its own, for files of strangers") }
    static var jsonOfFiles: Self { Self("json", "print one JSON object a file, with units in the names") }
    static var jsonOfAll: Self { Self("json", "print one JSON object") }
    static var force: Self {
        Self("force", "replace FILE when it is there already; never one that holds diffraction data")
    }
    static var check: Self { Self("check", "compare the facts of --release with the folder") }
}
