// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
import ImageHeaders
import ImgCIF
import RuleCatalog
public import RuleEngine
public import Transport

/// Writes the imgCIF description of images, a NeXus master or an experiment list.
///
/// Nothing is asked and nothing invented: what no header holds comes from the request.
/// - Source: imgcif.md section 7; issue text of `describe`.
public struct DescriptionRun: Sendable {
    /// What the user gives beside the files.
    public struct Request: Sendable {
        /// Address of the archive or file; of the folder, when it ends with a slash or there are several files.
        public var url: String?
        /// Addresses of single scans by their names in the description, SCAN1 and so on.
        public var urlOfScan: [String: String] = [:]
        /// Addresses in the order of the scans, where there are several without names.
        public var urlsInOrder: [String] = []
        /// ZIP, TGZ or TBZ.
        public var archive: String?
        public var doi: String?
        public var blockName: String?
        /// Positions are moved to the centre of the first pixel.
        public var isCentred = false
        public var wavelength: Double?
        /// Positive direction in the image frame.
        public var goniometerAxis: Vector3?
        public var facility: String?
        public var beamline: String?
        /// Make and model of the detector.
        public var detector: String?
        public var sample: String?
        /// Kelvin.
        public var temperature: Double?
        /// The radiation, where the input does not say.
        public var probe: Probe?
        /// Zone of dates without one, such as "+01:00".
        public var timeZone: String?
        /// Facts that headers of images lack.
        public var given = GivenFacts()
        public var program = "Imprimatur"
        /// Where single files will be, by their paths as they are named here; takes the place of addresses.
        public var placements: [String: Placement] = [:]

        public init() {}
    }

    /// Where a file will be: at an address of its own, or in an archive.
    public struct Placement: Sendable, Hashable {
        public let uri: String
        /// Its path in the ZIP archive at the address; nil for the file itself.
        public let member: String?

        public init(uri: String, member: String?) {
            self.uri = uri
            self.member = member
        }
    }

    /// CIF 2.0: one block for each wavelength and set of axes.
    public let text: String
    /// What was assumed, found or left out, one sentence each.
    public let notes: [String]
    /// What our own rules find in the description at level A and B.
    public let findings: [Finding]
    /// Inputs that could not be read and were passed over.
    public let failures: [Failure]

    /// Reads the files and writes the description.
    ///
    /// - Parameter rules: The folder with `facilities/goniometer-axes.json5`.
    public init(_ paths: [String], request: Request, settings: ReadingSettings, rules: RulesFolder) throws(Failure) {
        var sources: [DescriptionSource] = []
        var notes: [String] = []
        var failures: [Failure] = []
        for (number, path) in paths.enumerated() {
            var settings = settings
            settings.source = SourceID(position: number)
            do throws(Failure) {
                sources.append(try DescriptionSource(path, settings: settings, given: request.given))
            } catch {
                // One of several: the others are described, and the failure is told.
                guard paths.count > 1 else { throw error }
                if error.words == DescriptionSource.isDescribed {
                    notes.append("Passed over: '\(path)', which is a description.")
                } else {
                    failures.append(error)
                }
            }
        }
        if sources.isEmpty {
            throw failures.first
                ?? Failure(
                    attempt: "describe", subject: paths.first ?? "", code: .foreign,
                    words: DescriptionSource.isDescribed,
                    remedy: "name the images, the master file or the experiment list")
        }
        notes += sources.flatMap(\.notes)
        let table = Self.table(rules, &notes)
        for index in sources.indices { try sources[index].complete(by: request, table) }
        let plans = try Self.plans(sources, request, &notes)
        guard !plans.isEmpty else {
            throw Failure(
                attempt: "describe", subject: sources.first?.path ?? paths.first ?? "", code: .foreign,
                words: "it holds no experiment", remedy: "name the images, the master file or the experiment list")
        }
        var text = ""
        for (number, plan) in plans.enumerated() {
            let name = request.blockName ?? Self.blockName(paths)
            let description: Description
            do {
                description = try plan.experiment.described(
                    DescriptionRequest(
                        blockName: plans.count > 1 ? "\(name)_\(number + 1)" : name, images: plan.images,
                        doi: request.doi, pixelOrigin: request.isCentred ? .centre : .keep, program: request.program,
                        source: plan.source, timeZone: request.timeZone))
            } catch {
                throw Failure(
                    attempt: "describe", subject: plan.source, code: .foreign, words: error.sentence,
                    remedy: "see 'imprimatur describe --help'")
            }
            text += number == 0 ? description.text : "\n" + description.text.drop { $0 != "\n" }.dropFirst()
            notes += description.notes.filter { !notes.contains($0) }
        }
        if !request.hasAddresses { notes.append("Open: where the images are; add --url ADDRESS.") }
        if request.doi == nil { notes.append("Open: the DOI of the data set; add --doi DOI.") }
        self.text = text
        self.notes = notes
        self.failures = failures
        findings = Self.ownCheck(text, settings: settings)
    }

    /// Faults that our own rules find in what was written, at level A and B.
    private static func ownCheck(_ text: String, settings: ReadingSettings) -> [Finding] {
        var settings = settings
        settings.definitions = []
        let reading = FileReading(description: Array(text.utf8), settings: settings)
        return Engine(rules: catalogue, profile: Profile(name: "default")).run(on: reading.material).findings
            .filter { $0.level.isAtLeast(.B) }
    }

    private static func blockName(_ paths: [String]) -> String {
        let name = DescriptionSource.name(of: paths.first ?? "")
        let stem = name.prefix { $0 != "." }
        return stem.isEmpty ? "described" : String(stem)
    }

    private static func table(_ rules: RulesFolder, _ notes: inout [String]) -> GoniometerTable? {
        let path = rules.path + "/facilities/goniometer-axes.json5"
        if let bytes = FileBytes.read(path), let table = try? GoniometerTable(bytes) { return table }
        notes.append("The table of goniometer axes '\(path)' cannot be read; no beamline is looked up.")
        return nil
    }

    /// One description to be written.
    private struct Plan {
        let experiment: Experiment
        let images: [[ExternalImage]]
        let source: String
    }

    private static func plans(
        _ sources: [DescriptionSource], _ request: Request, _ notes: inout [String]
    ) throws(Failure) -> [Plan] {
        let images = sources.filter(\.isImage)
        var plans: [Plan] = []
        if !images.isEmpty {
            let files = images.flatMap { source in
                source.experiments.map { SeriesFile(path: source.path, experiment: $0) }
            }
            let grouping = SeriesGrouping(files)
            for gap in grouping.gaps {
                notes.append(
                    "Images \(gap.missing.lowerBound) to \(gap.missing.upperBound) of \(gap.template) are missing.")
            }
            notes += partings(grouping.breaks)
            for (experiment, series) in grouping.experiments() {
                let names = series.map { grouping.series[$0].files.map { files[$0].path } }
                let request = try request.forScans(names.count)
                plans.append(
                    Plan(
                        experiment: experiment, images: external(names, format: images[0].format, request),
                        source: words(names.flatMap { $0 })))
            }
        }
        for source in sources where !source.isImage {
            if source.format == "HDF5", source.imageNames.allSatisfy({ $0 == nil }) {
                for experiment in source.experiments {
                    let request = try request.forScans(experiment.scans.count)
                    plans.append(
                        Plan(
                            experiment: experiment, images: stack(experiment, of: source, request),
                            source: words([source.path])))
                }
            } else {
                for (experiment, indices) in Experiment.combined(source.experiments) {
                    let names = indices.map { source.imageNames[$0] ?? [] }
                    let request = try request.forScans(names.count)
                    plans.append(
                        Plan(
                            experiment: experiment,
                            images: external(
                                names, format: source.format, request, numbers: indices.map { source.numbers($0) }),
                            source: words([source.path])))
                }
            }
        }
        return plans
    }

    /// Why images of one template became several scans, each change once with the images at which it is.
    private static func partings(_ breaks: [SeriesBreak]) -> [String] {
        var notes: [String] = []
        for template in Set(breaks.map(\.template)).sorted() {
            let here = breaks.filter { $0.template == template }
            for kind in Set(here.map(\.change.kind)).sorted() {
                let alike = here.filter { $0.change.kind == kind }
                guard let first = alike.first else { continue }
                let numbers = FrameRanges.words(FrameRanges.collapse(alike.map(\.number)), of: "image")
                let more = alike.count > 1 ? " (the first of \(alike.count))" : ""
                notes.append(
                    "New scan at \(numbers) of \(template): "
                        + "\(first.change.sentence)\(more).")
            }
        }
        return notes
    }

    /// Rows for single-image files of each scan; none without an address, or when names are not known.
    private static func external(
        _ names: [[String]], format: String, _ request: Request, numbers: [[Int]?] = []
    ) -> [[ExternalImage]] {
        guard request.hasAddresses, !names.contains(where: \.isEmpty) else { return [] }
        if !request.placements.isEmpty { return placed(names, format: format, request, numbers: numbers) }
        let shared = sharedFolder(names.flatMap { $0 }, inArchive: request.archive != nil)
        return names.enumerated().map { index, names in
            guard let url = request.address(ofScan: index) else { return [] }
            let members = names.map { String($0.dropFirst(shared($0))) }
            var images = ExternalImage.files(
                members.map { $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0 }, format: format, at: url,
                archive: request.archive)
            guard index < numbers.count, let own = numbers[index], own.count == images.count else { return images }
            for place in images.indices {
                images[place].frame = own[place]
                if format == "HDF5" { images[place].path = DescriptionSource.usualPath }
                if request.archive == nil, !url.hasSuffix("/"), Set(names).count == 1 { images[place].uri = url }
            }
            return images
        }
    }

    /// Rows for files whose places are known one by one; none of a scan of which one is not.
    private static func placed(
        _ names: [[String]], format: String, _ request: Request, numbers: [[Int]?]
    ) -> [[ExternalImage]] {
        names.enumerated().map { index, names in
            let places = names.compactMap { request.placements[$0] }
            guard places.count == names.count else { return [] }
            let own = index < numbers.count ? numbers[index] : nil
            return zip(names, places).enumerated().map { number, row in
                let (name, place) = row
                var image = ExternalImage.files(
                    [place.member ?? DescriptionSource.name(of: name)], format: format, at: place.uri,
                    archive: place.member == nil ? nil : "ZIP")[0]
                image.uri = place.uri
                if let own, own.count == names.count {
                    image.frame = own[number]
                    if format == "HDF5" { image.path = DescriptionSource.usualPath }
                }
                return image
            }
        }
    }

    /// What is left out in front of each name: the folders, unless two names would be alike; members keep relative ones.
    private static func sharedFolder(_ names: [String], inArchive: Bool) -> (String) -> Int {
        let folders = { (name: String) in name.count - DescriptionSource.name(of: name).count }
        if inArchive, !names.contains(where: { $0.hasPrefix("/") }) { return { _ in 0 } }
        var owner: [String: String] = [:]
        let collides = names.contains { name in
            let known = owner.updateValue(name, forKey: DescriptionSource.name(of: name))
            return known != nil && known != name
        }
        guard collides, let first = names.first else { return folders }
        var common = Substring(first)
        for name in names { while !name.hasPrefix(common) { common.removeLast() } }
        let cut = common.lastIndex(of: "/").map { common.distance(from: common.startIndex, to: $0) + 1 } ?? 0
        return { _ in cut }
    }

    /// Rows for the frames of one data set in an HDF5 file.
    private static func stack(_ experiment: Experiment, of source: DescriptionSource, _ request: Request)
        -> [[ExternalImage]]
    {
        guard let url = request.address(ofScan: 0), experiment.scans.count == 1, let data = experiment.imageData?.value,
            data.kind.hasPrefix("/")
        else { return [] }
        let file = url.hasSuffix("/") ? url + DescriptionSource.name(of: source.path) : url
        return [
            ExternalImage.images(ofHDF5: file, path: data.kind, count: experiment.scans[0].frameCount.value)
        ]
    }

    private static func words(_ paths: [String]) -> String {
        let names = paths.map(DescriptionSource.name)
        guard let first = names.first, let last = names.last, names.count > 1 else { return names.first ?? "" }
        return "\(names.count) files, \(first) to \(last)"
    }
}
