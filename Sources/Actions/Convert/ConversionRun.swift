// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Findings
import Frames
import ImageHeaders
import RuleCatalog
public import RuleEngine
public import Transport

/// Converts images to NXmx: headers, scans, and for each scan a file that is looked at again before it gets its name.
///
/// - Source: docs/guide/convert.md.
public struct ConversionRun: Sendable {
    /// How far a run is.
    public struct Progress: Sendable {
        /// Name of the scan, and its number among all.
        public let scan: String
        public let number: Int
        public let scans: Int
        /// Frames that are written, and all of the scan.
        public let frames: Int
        public let all: Int
        /// Bytes of input that were read so far.
        public let bytesRead: Int
    }

    private let request: ConversionRequest
    private let settings: ReadingSettings
    private let rules: ConversionRules
    private let table: GoniometerTable?

    /// - Parameters:
    ///   - profile: By whose rules what was written is judged.
    ///   - folder: With `facilities/goniometer-axes.json5` and the definitions.
    public init(_ request: ConversionRequest, settings: ReadingSettings, profile: Profile, rules folder: RulesFolder) {
        self.request = request
        var settings = settings
        settings.frames = .none
        self.settings = settings
        rules = ConversionRules(profile, settings: settings, rules: folder)
        table = FileBytes.read(folder.path + "/facilities/goniometer-axes.json5").flatMap { try? GoniometerTable($0) }
    }

    /// Reads the headers of all inputs and writes what they make.
    ///
    /// - Parameters:
    ///   - inputs: The words of each input.
    ///   - tell: Is told each scan as it ends.
    /// - Throws: Wrong usage; nothing is written then.
    public func run(
        _ inputs: [[String]], progress: @escaping @Sendable (Progress) -> Void = { _ in },
        tell: (ConversionOutcome.Scan) -> Void = { _ in }
    ) throws(Failure) -> ConversionOutcome {
        let targets = try ConversionTargets(request, inputs: inputs)
        var outcome = ConversionOutcome()
        outcome.isDryRun = request.isDryRun
        var images = ConvertedImages(request: request, settings: settings)
        images.read(inputs)
        outcome.failures = images.failures
        // A scan with a file that could not be read would not be whole.
        guard outcome.failures.isEmpty else { return outcome }
        try checkOptions(images)
        let (scans, grouping) = try images.scans()
        outcome.gaps = grouping.gaps.map {
            FrameRanges.words([$0.missing], of: "image")
                + " of \($0.template) \($0.missing.count == 1 ? "is" : "are") missing"
        }
        if request.gaps == .refuse, let gap = outcome.gaps.first {
            outcome.refusal = ConversionOutcome.Refusal(gap, remedy: "give --missing split or --missing fill")
            return outcome
        }
        let paths = try targets.paths(scans)
        let files =
            request.scans == .together
            ? [(paths.first ?? "", Array(scans.indices))] : zip(paths, scans.indices).map { ($0, [$1]) }
        for (path, members) in files where !members.isEmpty {
            let file = ConversionFile(
                path, scans: members.map { scans[$0] }, images: images.images, gaps: grouping.gaps, request: request,
                settings: settings, rules: rules, table: table, targets: targets)
            let results = file.write { index, frames, all, bytes in
                progress(
                    Progress(
                        scan: scans[members[index]].name, number: members[index] + 1, scans: scans.count,
                        frames: frames,
                        all: all, bytesRead: bytes))
            }
            for result in results {
                tell(result)
                outcome.scans.append(result)
            }
        }
        return outcome
    }

    /// Options that name something which has to be there.
    private func checkOptions(_ images: ConvertedImages) throws(Failure) {
        if let name = request.instrument, !InstrumentGeometry.isFile(name),
            table?.entries.contains(where: { $0.isNamed(name) }) != true
        {
            let places = (table?.entries ?? []).map(\.place)
            throw Failure(
                usage: "--instrument '\(name)' is none of the beamlines that are known",
                remedy: places.isEmpty
                    ? "give --gonio-axis X,Y,Z"
                    : "name one of \(Wording.list(places.uniqued, limit: 20)), or a file with axis loops, or give "
                        + "--gonio-axis")
        }
        if request.experiment != nil, request.geometry == nil, !images.hasLists {
            throw Failure(
                usage: "--experiment names one of an experiment list, and none is given",
                remedy: "name the list, or give it with --geometry FILE.expt")
        }
    }
}

extension [String] {
    /// Each once, in the order of the first.
    fileprivate var uniqued: [String] {
        var seen = Set<String>()
        return filter { seen.insert($0).inserted }
    }
}
