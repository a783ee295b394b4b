// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Digest
import Frames
import ImageHeaders
import Transport

/// All inputs of a conversion after the header pass.
struct ConvertedImages {
    private(set) var images: [ConvertedImage] = []
    private(set) var failures: [Failure] = []
    /// Experiment lists, with the images that each names.
    private var lists: [ListedImages] = []
    /// An input is an experiment list.
    var hasLists: Bool { !lists.isEmpty }
    private let request: ConversionRequest
    private let settings: ReadingSettings

    init(request: ConversionRequest, settings: ReadingSettings) {
        self.request = request
        self.settings = settings
    }

    /// The name is that of an image: it is not opened to see whether it is a list.
    private static func isNamedAsImage(_ words: [String]) -> Bool {
        words.first.map { $0.utf8.suffix(4).elementsEqual(".cbf".utf8) } ?? false
    }

    /// Reads the headers of files, several at a time; the order of what comes is that of the names.
    mutating func read(_ inputs: [[String]]) {
        var files: [[String]] = []
        for words in inputs {
            do throws(Failure) {
                guard !Self.isNamedAsImage(words), let list = try list(words) else {
                    files.append(words)
                    continue
                }
                lists.append(list)
            } catch {
                failures.append(error)
            }
        }
        take(files)
        for index in lists.indices {
            lists[index].first = images.count
            take(lists[index].files)
        }
    }

    /// An experiment list; nil for another file.
    private func list(_ words: [String]) throws(Failure) -> ListedImages? {
        let source = try Input.open(words, by: settings.opener)
        guard try ListedImages.isList(source) else { return nil }
        return try ListedImages(source, path: words.first ?? "", request: request)
    }

    private mutating func take(_ files: [[String]]) {
        let pass = HeaderPass(files, settings: settings, given: request.given, wavelength: request.wavelength)
        images.reserveCapacity(images.count + files.count)
        for result in pass.read() {
            switch result {
            case .success(let image): images.append(image)
            case .failure(let failure): failures.append(failure)
            }
        }
    }

    /// The first image of each scan stands for all: it is read word by word. True where one was not before.
    private mutating func readFirstOnes(_ scans: [ScanToConvert]) throws(Failure) -> Bool {
        var hasRead = false
        for index in scans.map(\.firstImage) where images.indices.contains(index) && images[index].isFilled {
            images[index] = try HeaderPass.whole(
                images[index].words, settings: settings, given: request.given, wavelength: request.wavelength
            ).image
            hasRead = true
        }
        return hasRead
    }

    /// Takes the geometry of the experiment that is named, or of the first whose panels are those of the images.
    private func adopt(_ list: [DIALSExperiment], _ path: String, to scan: inout ScanToConvert) throws(Failure) {
        let shape = images.indices.contains(scan.firstImage) ? images[scan.firstImage].shape : nil
        let fitting = list.enumerated().first { index, listed in
            if let number = request.experiment { return index == number - 1 }
            let sizes = listed.experiment.detectors.first?.panels.map(\.size) ?? []
            guard sizes.count == 1, let shape, let size = sizes[0] else { return !sizes.isEmpty }
            return size == FastSlow(fast: shape.fast, slow: shape.slow)
        }
        guard let (_, listed) = fitting else {
            throw Failure(
                usage: "no experiment of '\(path)' has the panels of '\(scan.template)'",
                remedy: "name a list that was made of these images, or one of its experiments with --experiment N")
        }
        let adopted = AdoptedGeometry(listed.experiment, over: scan.experiment, file: path, keepsScan: true)
        scan.experiment = adopted.experiment
        scan.notes += adopted.notes
        scan.hasGeometryOfItsOwn = true
    }

    /// The scans that the files make.
    mutating func scans() throws(Failure) -> (scans: [ScanToConvert], grouping: SeriesGrouping) {
        let plain = lists.first?.first ?? images.count
        func named() -> [ConvertedImage] { plain == images.count ? images : Array(images[..<plain]) }
        var (scans, grouping) = ScanToConvert.scans(named(), gaps: request.gaps)
        if try readFirstOnes(scans) {
            (scans, grouping) = ScanToConvert.scans(named(), gaps: request.gaps)
        }
        SeriesJudgement(grouping, named()).tell(&scans)
        if let geometry = request.geometry {
            let source = try Input.open([geometry], by: settings.opener)
            let listed = try ListedImages.experiments(source)
            let bytes = try source.mapped()
            let digest = FileDigests.of(bytes[0..<bytes.count]).sha256
            for index in scans.indices {
                try adopt(listed, geometry, to: &scans[index])
                scans[index].geometryDigest = digest
            }
        }
        if let words = request.instrument, InstrumentGeometry.isFile(words), !scans.isEmpty {
            let instrument = try InstrumentGeometry(words, settings: settings)
            for index in scans.indices {
                guard scans[index].experiment.frame == .image else {
                    throw Failure(
                        usage: "--instrument '\(words)' gives axes, and '\(scans[index].template)' describes its own",
                        remedy: "leave out --instrument")
                }
                instrument.adopt(
                    &scans[index], header: images[scans[index].firstImage].header, distance: request.given.distance)
            }
        }
        for list in lists {
            _ = try readFirstOnes(try list.scans(images))
            scans += try list.scans(images)
        }
        ScanToConvert.name(&scans)
        return (scans, grouping)
    }
}
