// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings

/// What is wrong with images of one name template that do not make one scan.
struct SeriesJudgement {
    private let grouping: SeriesGrouping
    private let images: [ConvertedImage]
    /// Index of the image of each number, by template.
    private let numbered: [String: [Int: Int]]

    init(_ grouping: SeriesGrouping, _ images: [ConvertedImage]) {
        self.grouping = grouping
        self.images = images
        var numbered: [String: [Int: Int]] = [:]
        for (index, image) in images.enumerated() {
            let name = SeriesName(path: image.path)
            if let number = name.number { numbered[name.template, default: [:]][number] = index }
        }
        self.numbered = numbered
    }

    /// Tells the scans of a series why it falls apart, and refuses those between which the size of images changes.
    func tell(_ scans: inout [ScanToConvert]) {
        let faults = grouping.breaks.filter(\.change.isFault)
        for (template, breaks) in Dictionary(grouping: faults, by: \.template) {
            let kinds = Dictionary(grouping: breaks, by: \.change.kind)
            let notes = kinds.keys.sorted().compactMap { kinds[$0].flatMap { note($0, of: template) } }
            for index in scans.indices where scans[index].template == template { scans[index].notes += notes }
        }
        for fault in faults { refuse(fault, &scans) }
        for template in Set(grouping.breaks.map(\.template)) { refuseTurning(template, &scans) }
    }

    /// Two rotations that step from image to image: a second setting that moves while the scan goes on, more than once.
    private func refuseTurning(_ template: String, _ scans: inout [ScanToConvert]) {
        var steps: [Int: String] = [:]
        for change in grouping.breaks where change.template == template {
            guard case .setting(let name, _, _) = change.change, let image = numbered[template]?[change.number],
                images[image].experiments.first?.axisGraph[AxisID(name)]?.motion.value == .rotation
            else { continue }
            steps[change.number] = name
        }
        for (number, name) in steps.sorted(by: { $0.key < $1.key }) where steps[number + 1] == name {
            let concerned = Set((number - 1...number + 1).compactMap { numbered[template]?[$0] })
            let refusal = ConversionRefusal(
                "rotation '\(name)' moves from image to image beside the one that turns, and readers turn one",
                "convert the files of each rotation apart")
            for index in scans.indices
            where scans[index].frames.contains(where: { $0.map { concerned.contains($0.image) } ?? false }) {
                scans[index].refusal = scans[index].refusal ?? refusal
            }
        }
    }

    private func note(_ breaks: [SeriesBreak], of template: String) -> ConversionNote? {
        guard let first = breaks.first else { return nil }
        let numbers = FrameRanges.words(FrameRanges.collapse(breaks.map(\.number)), of: "image")
        return ConversionNote(
            "SCAN-027",
            "series '\(template)' falls into \(breaks.count + 1) scans at \(numbers): \(first.change.sentence)")
    }

    /// Images of another size where all else goes on are of another detector or damaged: nobody means two scans by them.
    private func refuse(_ fault: SeriesBreak, _ scans: inout [ScanToConvert]) {
        guard case .size = fault.change, let before = numbered[fault.template]?[fault.number &- 1],
            let after = numbered[fault.template]?[fault.number], goesOn(images[before], images[after])
        else { return }
        let (one, other) = (images[before], images[after])
        func words(_ image: ConvertedImage) -> String { image.shape.map { "\($0.fast) x \($0.slow)" } ?? "no" }
        let refusal = ConversionRefusal(
            "'\(other.name)' has \(words(other)) pixels, and '\(one.name)' of the same scan has \(words(one))",
            "convert images of each size apart")
        for index in scans.indices
        where scans[index].frames.contains(where: { $0.map { [before, after].contains($0.image) } ?? false }) {
            scans[index].refusal = scans[index].refusal ?? refusal
        }
    }

    private func goesOn(_ one: ConvertedImage, _ other: ConvertedImage) -> Bool {
        guard var before = one.experiments.first.flatMap(SeriesFacts.init),
            var after = other.experiments.first.flatMap(SeriesFacts.init)
        else { return false }
        (before.size, after.size) = (nil, nil)
        return before.change(to: after) == nil
    }
}
