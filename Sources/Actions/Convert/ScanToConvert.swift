// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// One scan with the files that hold its frames.
struct ScanToConvert {
    /// Where the pixels of a frame are.
    struct FrameOrigin {
        /// Index of the file among those that were read.
        let image: Int
        /// The stack of the file, by the id of its scan; nil for a file of one image.
        let scan: String?
        /// From 0 within the stack.
        let frame: Int
    }

    /// Name of the output without folder and ending.
    var name: String
    /// The name with `#` for the number, or of the one file.
    let template: String
    var experiment: Experiment
    /// For each frame where it is; nil for one that is missing.
    let frames: [FrameOrigin?]
    /// The geometry is not that of the headers.
    var hasGeometryOfItsOwn = false
    /// What was applied or left out before.
    var notes: [ConversionNote] = []
    /// Why the scan is not converted, known when the files were put together.
    var refusal: ConversionRefusal?
    /// The experiment list that gives the geometry; nil for others.
    var listText: [UInt8]?
    /// SHA-256 of the file that an option names for the geometry; nil without one.
    var geometryDigest: String?

    init(name: String, template: String, experiment: Experiment, frames: [FrameOrigin?]) {
        self.name = name
        self.template = template
        self.experiment = experiment
        self.frames = frames
    }

    /// Index of the file of the first frame.
    var firstImage: Int { frames.lazy.compactMap { $0?.image }.first ?? 0 }
    /// Frames that no file holds, from 0.
    var missing: [Int] { frames.indices.filter { frames[$0] == nil } }

    private static let mostFrames = 1_000_000

    /// Puts files into scans and names them.
    ///
    /// - Parameter gaps: Numbers that are missing within a template are bridged or end a scan.
    static func scans(
        _ images: [ConvertedImage], gaps: ConversionRequest.Gaps
    ) -> (scans: [ScanToConvert], grouping: SeriesGrouping) {
        var files: [SeriesFile] = []
        var owner: [Int] = []
        for (index, image) in images.enumerated() {
            for experiment in image.experiments {
                files.append(SeriesFile(path: image.path, experiment: experiment, likeness: image.likeness))
                owner.append(index)
            }
        }
        let grouping = SeriesGrouping(files, bridgesGaps: gaps == .fill)
        var scans: [ScanToConvert] = []
        for series in grouping.series {
            guard let first = series.files.first else { continue }
            let image = images[owner[first]]
            if series.files.count == 1, image.isDescription || series.experiment.scans.count > 1 {
                for scan in series.experiment.scans {
                    var experiment = series.experiment
                    experiment.scans = [scan]
                    let count = max(0, scan.frameCount.value)
                    let frames = (0..<min(count, mostFrames)).map {
                        FrameOrigin(image: owner[first], scan: scan.id, frame: $0)
                    }
                    var one = ScanToConvert(
                        name: stem(image.path), template: image.path, experiment: experiment, frames: frames)
                    if count > mostFrames {
                        one.refusal = ConversionRefusal(
                            "scan '\(scan.id)' is described with \(count) frames, and no more than \(mostFrames) are converted",
                            "mend _diffrn_scan.frames")
                    }
                    scans.append(one)
                }
                continue
            }
            var frames = [FrameOrigin?](repeating: nil, count: (series.positions.last ?? 0) &+ 1)
            for (file, position) in zip(series.files, series.positions) where frames.indices.contains(position) {
                frames[position] = FrameOrigin(image: owner[file], scan: nil, frame: 0)
            }
            scans.append(
                ScanToConvert(
                    name: stem(series.template), template: series.template,
                    experiment: series.experiment.withDetectorAxes(), frames: frames))
        }
        return (scans, grouping)
    }

    /// A second scan of one name gets `_s2`, a third `_s3`.
    static func name(_ scans: inout [ScanToConvert]) {
        var taken = Set<String>()
        for index in scans.indices {
            let plain = scans[index].name
            var number = 2
            while !taken.insert(scans[index].name).inserted {
                scans[index].name = "\(plain)_s\(number)"
                number += 1
            }
        }
    }

    /// The name of a template without folders, number and endings.
    static func stem(_ template: String) -> String {
        var name = template.split(separator: "/").last.map(String.init) ?? template
        for wrapper in [".gz", ".bz2", ".xz"] where name.lowercased().hasSuffix(wrapper) {
            name.removeLast(wrapper.count)
        }
        if let point = name.lastIndex(of: "."), point > name.startIndex { name = String(name[..<point]) }
        if let end = name.lastIndex(of: "#") {
            var start = end
            while start > name.startIndex, name[name.index(before: start)] == "#" { start = name.index(before: start) }
            name.removeSubrange(start...end)
        }
        while let last = name.last, "_-.".contains(last) { name.removeLast() }
        return name.isEmpty ? "images" : name
    }
}
