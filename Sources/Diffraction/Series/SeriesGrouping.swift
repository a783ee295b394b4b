// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A file of images with its model, to be put into a series.
public struct SeriesFile: Sendable {
    /// Path or name; directory and template decide what can be one scan.
    public var path: String
    /// What the file describes.
    public var experiment: Experiment
    /// Files of one number describe the same but for settings, names and dates; nil where that is not known.
    public var likeness: Int?

    public init(path: String, experiment: Experiment, likeness: Int? = nil) {
        self.path = path
        self.experiment = experiment
        self.likeness = likeness
    }
}

/// Single-image files that make one scan, in the order of their numbers.
public struct ImageSeries: Sendable {
    /// The name with `#` for the number, directory included.
    public var template: String
    /// Indices into the files that were given.
    public var files: [Int]
    /// The frame that each file is, from 0; there are gaps where missing numbers were bridged.
    public var positions: [Int]
    /// The merged model; its scan has a frame for each file.
    public var experiment: Experiment
}

/// Numbers that are missing between two files of one template (DATA-014).
public struct SeriesGap: Sendable, Hashable {
    /// The name with `#` for the number.
    public var template: String
    /// The numbers of the images that are missing.
    public var missing: ClosedRange<Int>
}

/// Where a scan ends between two neighbours of one template, and why.
public struct SeriesBreak: Sendable, Hashable {
    /// The name with `#` for the number.
    public var template: String
    /// The number of the image that begins the next scan.
    public var number: Int
    /// What changes there.
    public var change: SeriesChange
}

/// Files put into series.
public struct SeriesGrouping: Sendable {
    /// Scans, in the order of their names and numbers.
    public var series: [ImageSeries] = []
    /// Numbers that are missing within a template.
    public var gaps: [SeriesGap] = []
    /// Neighbours that do not belong to one scan although their numbers follow on.
    public var breaks: [SeriesBreak] = []

    /// Groups files into scans; the order in which files are given does not matter.
    ///
    /// Two neighbours of one directory and template belong together while their numbers rise by one, wavelength, size,
    /// axes and settings agree, and either one rotation moves on by its increment (modulo 360, within 5 % of the
    /// increment or 0.001 degrees) or nothing moves at all. A missing number begins a new series and is listed. A file
    /// with several frames or scans is a series of its own.
    /// - Parameter bridgesGaps: Missing numbers do not end a series that goes on behind them; settings of the frames that
    ///   are missing are those between.
    /// - Source: conversion.md section 3, imgcif.md 10.4.
    public init(_ files: [SeriesFile], bridgesGaps: Bool = false) {
        struct Numbered {
            var file: Int
            var number: Int?
        }
        var templates: [String] = []
        var members: [String: [Numbered]] = [:]
        for (index, file) in files.enumerated() {
            let name = SeriesName(path: file.path)
            if members[name.template] == nil { templates.append(name.template) }
            members[name.template, default: []].append(Numbered(file: index, number: name.number))
        }
        for template in templates.sorted() {
            let sorted = (members[template] ?? []).sorted {
                ($0.number ?? -1, files[$0.file].path) < ($1.number ?? -1, files[$1.file].path)
            }
            var open: [Member] = []
            var last: Int?
            for member in sorted {
                let facts = FrameFacts(files[member.file].experiment, likeness: files[member.file].likeness)
                let ahead = last.flatMap { last in member.number.map { $0 &- last } } ?? 0
                let follows = bridgesGaps ? ahead > 0 && ahead <= Self.longestBridge : ahead == 1
                if let last, let number = member.number, number > last + 1 {
                    gaps.append(SeriesGap(template: template, missing: last + 1...number - 1))
                }
                if let previous = open.last, !(follows && previous.facts.isContinued(by: facts, after: ahead)) {
                    if follows, let number = member.number, previous.facts.scan != nil, facts.scan != nil {
                        let change = previous.facts.change(to: facts)
                        breaks.append(SeriesBreak(template: template, number: number, change: change))
                    }
                    series.append(Self.merge(open, files, template))
                    open = []
                }
                open.append(Member(file: member.file, facts: facts, position: (open.last?.position ?? -ahead) &+ ahead))
                last = member.number
            }
            if !open.isEmpty { series.append(Self.merge(open, files, template)) }
        }
    }

    private struct Member {
        let file: Int
        let facts: FrameFacts
        let position: Int
    }

    /// More images than that are not bridged.
    private static let longestBridge = 10_000

    private static func merge(_ members: [Member], _ files: [SeriesFile], _ template: String) -> ImageSeries {
        let indices = members.map(\.file)
        let positions = members.map(\.position)
        guard let first = members.first, members.count > 1 else {
            return ImageSeries(
                template: template, files: indices, positions: positions, experiment: files[indices[0]].experiment)
        }
        var experiment = first.facts.experiment
        let scans = members.compactMap { $0.facts.scan }
        guard scans.count == members.count, var scan = scans.first else {
            return ImageSeries(template: template, files: indices, positions: positions, experiment: experiment)
        }
        let count = (positions.last ?? 0) &+ 1
        scan.frameCount = Sourced(count, .derived("\(members.count) files of one template make one scan"))
        scan.frameNumbers = nil
        for index in scan.axes.indices {
            let axis = scan.axes[index].axis
            let stated = scans.map { $0.axis(axis)?.settings.start(ofFrame: 0) ?? 0 }
            let statedEnds = zip(scans, stated).map { $0.axis(axis)?.settings.end(ofFrame: 0) ?? $1 }
            let starts = Self.filled(stated, at: positions)
            let ends = Self.filled(statedEnds, at: positions)
            let isStill = starts.allSatisfy { $0 == starts[0] } && zip(starts, ends).allSatisfy { $0 == $1 }
            scan.axes[index].settings = isStill ? .constant(starts[0]) : .explicit(starts: starts, ends: ends)
            scan.axes[index].angle = StatedRange()
            scan.axes[index].displacement = StatedRange()
        }
        scan.exposure = times(scans.map(\.exposure))
        scan.period = times(scans.map(\.period))
        experiment.scans = [scan]
        return ImageSeries(template: template, files: indices, positions: positions, experiment: experiment)
    }

    /// One value for each position: those that are stated, and between them as many even steps as there are frames.
    private static func filled(_ values: [Double], at positions: [Int]) -> [Double] {
        guard let last = positions.last, last &+ 1 > values.count else { return values }
        var filled: [Double] = []
        for (value, position) in zip(values, positions) {
            if let before = filled.last {
                let steps = Double(position &- filled.count &+ 1)
                let step = (value - before).remainder(dividingBy: 360) / steps
                while filled.count < position { filled.append((filled.last ?? before) + step) }
            }
            filled.append(value)
        }
        return filled
    }

    /// One value when all frames have the same; nil when any has none.
    private static func times(_ values: [Sourced<[Double]>?]) -> Sourced<[Double]>? {
        let all = values.compactMap { $0?.value.first }
        guard all.count == values.count, let first = all.first, let origin = values.first??.origin else { return nil }
        return Sourced(all.allSatisfy { $0 == first } ? [first] : all, origin)
    }

    /// The series put together: one experiment with several scans for each wavelength and set of axes.
    ///
    /// - Returns: Experiments, each with the indices of its series; scan i of an experiment is series `series[i]`.
    public func experiments() -> [(experiment: Experiment, series: [Int])] {
        Experiment.combined(series.map(\.experiment)).map { ($0.experiment, $0.indices) }
    }
}

extension Experiment {
    /// Experiments of one scan put together where wavelength, axes and panels agree; others stay alone.
    ///
    /// - Returns: Experiments, each with the indices of what it is made of; scan i is that of `indices[i]`.
    public static func combined(_ experiments: [Experiment]) -> [(experiment: Experiment, indices: [Int])] {
        var merged: [(experiment: Experiment, indices: [Int], facts: FrameFacts)] = []
        let isSwung = experiments.contains(where: \.hasSwungFace)
        for (index, one) in experiments.enumerated() {
            guard one.scans.count == 1 else {
                merged.append((one, [index], FrameFacts(one)))
                continue
            }
            let facts = FrameFacts(one, withSwing: isSwung)
            let twin = merged.firstIndex { $0.facts.scanCount == 1 && $0.facts.isSameInstrument(as: facts) }
            guard let twin else {
                var first = facts.experiment
                first.scans[0].startDate = first.scans[0].startDate ?? one.identity.startTime
                merged.append((first, [index], facts))
                continue
            }
            var scan = facts.experiment.scans[0]
            scan.startDate = scan.startDate ?? one.identity.startTime
            scan.id = "\(merged[twin].indices.count + 1)"
            merged[twin].experiment.scans.append(scan)
            merged[twin].experiment.identity.endTime = nil
            merged[twin].indices.append(index)
        }
        return merged.map { ($0.experiment, $0.indices) }
    }
}
