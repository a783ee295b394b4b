// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import FrameWriting
import Frames
import Glibc
import HDF5
import ImageHeaders
import NeXus
import RuleEngine
import Transport

/// One file that is written, with the scans in it.
struct ConversionFile {
    private let path: String
    private let scans: [ScanToConvert]
    private let images: [ConvertedImage]
    private let gaps: [SeriesGap]
    private let request: ConversionRequest
    private let settings: ReadingSettings
    private let rules: ConversionRules
    private let table: GoniometerTable?
    private let inputs: Set<Transport.Identity.Key>
    private let makesFolder: Bool

    init(
        _ path: String, scans: [ScanToConvert], images: [ConvertedImage], gaps: [SeriesGap],
        request: ConversionRequest, settings: ReadingSettings, rules: ConversionRules, table: GoniometerTable?,
        targets: ConversionTargets
    ) {
        self.path = path
        self.scans = scans
        self.images = images
        self.gaps = gaps
        self.request = request
        self.settings = settings
        self.rules = rules
        self.table = table
        inputs = targets.inputKeys
        makesFolder = targets.isFolder
    }

    /// A scan that nothing speaks against, before its pixels are written.
    private struct Ready {
        var writing: ScanWriting
        let pixels: ScanPixels
        let plan: PixelPlan
        let first: FileReading
        let faults: Set<RuleID>
    }

    /// Writes the file; one result for each scan.
    ///
    /// - Parameter progress: Index of the scan, its frames that are written and all, bytes that were read.
    func write(_ progress: @escaping @Sendable (Int, Int, Int, Int) -> Void) -> [ConversionOutcome.Scan] {
        var results = scans.map {
            ConversionOutcome.Scan(name: $0.name, template: $0.template, frames: $0.frames.count)
        }
        var ready: [Ready] = []
        var isWhole = true
        for (index, scan) in scans.enumerated() {
            do throws(ConversionStop) {
                let one = try prepare(scan)
                results[index].describe(one.writing, one.plan, images)
                results[index].findings = rules.findings(one.writing.notes)
                ready.append(one)
            } catch {
                isWhole = false
                results[index].stop(error)
            }
        }
        // Several scans in one file are written when all of them can be.
        guard isWhole, !request.isDryRun else { return results }
        for leftover in PartialFile.leftovers(of: Name(path)) { results[0].leftovers.append(leftover.text) }
        if request.resumes, KeptHeader.fingerprints(of: path) == ready.map(\.writing.fingerprint) {
            for index in results.indices {
                results[index].path = path
                results[index].isKept = true
            }
            return results
        }
        do throws(ConversionStop) {
            try write(&ready, &results, progress)
        } catch {
            for index in results.indices { results[index].stop(error) }
        }
        return results
    }

    // MARK: Before anything is written

    private func prepare(_ scan: ScanToConvert) throws(ConversionStop) -> Ready {
        let image = images[scan.firstImage]
        let first = image.reading ?? FileReading(image.words, settings: settings)
        if let failure = first.failures.first { throw .failed(failure) }
        let (faults, contradictions) = rules.judgement(of: first)
        let further = contradictionsOfLast(scan, beside: contradictions)
        let writing = try ConversionStop.allowing { () throws(ConversionRefusal) in
            if let refusal = scan.refusal { throw refusal }
            let completion = try ScanCompletion(scan, image, request: request, table: table, rules: rules)
            try rules.judge(faults, in: image.name, isPlaced: scan.hasGeometryOfItsOwn)
            var writing = try ScanWriting(scan, images, completion, request: request)
            writing.tell(gaps.filter { $0.template == scan.template })
            writing.tell(contradictions + further)
            if request.isStrict { try writing.notes.refuseAssumptions() }
            return writing
        }
        let pixels = try ScanPixels(scan, images, writing.completion, request: request, reading: settings)
        let plan: PixelPlan
        do throws(PixelFault) {
            plan = try PixelPlan.make(pixels.inputs, pixels.settings, keepsPlanes: writing.shape.planes > 1)
        } catch {
            throw ConversionStop(error)
        }
        let found = [plan.planes ?? 1, plan.slow, plan.fast]
        let shape = writing.shape
        guard found == [shape.planes, shape.slow, shape.fast] else {
            let words = found.map(String.init).joined(separator: " x ")
            throw .refused(
                ConversionRefusal(
                    "an image of '\(image.name)' has \(words) pixels, its header says \(shape.planes) x \(shape.slow) x "
                        + "\(shape.fast)", "mend the header"))
        }
        return Ready(
            writing: writing, pixels: pixels, plan: plan, first: first, faults: Set(faults.map(\.rule)))
    }

    /// What the file of the last frame says against itself, where that of the first does not.
    private func contradictionsOfLast(_ scan: ScanToConvert, beside found: [ConversionNote]) -> [ConversionNote] {
        guard let last = scan.frames.lazy.compactMap({ $0?.image }).last, last != scan.firstImage else { return [] }
        let reading = images[last].reading ?? FileReading(images[last].words, settings: settings)
        return rules.judgement(of: reading).contradictions.filter { note in !found.contains { $0.rule == note.rule } }
            .map { ConversionNote($0.rule, "last frame: " + $0.message, isAssumption: true, level: $0.level) }
    }

    // MARK: Writing

    private func write(
        _ ready: inout [Ready], _ results: inout [ConversionOutcome.Scan],
        _ progress: @escaping @Sendable (Int, Int, Int, Int) -> Void
    ) throws(ConversionStop) {
        let name = Name(path)
        if makesFolder { try ConversionStop.of { () throws(Failure) in try ConversionTargets.makeFolder(of: name) } }
        let partial = try ConversionStop.of { () throws(Failure) in
            try PartialFile(
                name, inputs: inputs, replaces: request.replaces || request.resumes,
                worth: ConversionTargets.worth)
        }
        var blocks: [PartialFile] = []
        let writer = try ConversionStop.of { () throws(Failure) in try Writer(creating: partial.path.text) }
        var entries: [(name: String, group: GroupToWrite)] = []
        var existing = Set<String>()
        var written: [WrittenPixels] = []
        for index in ready.indices {
            let entry = index == 0 ? "entry" : "entry_\(index + 1)"
            try ConversionStop.of { () throws(Failure) in
                try writer.group("/\(entry)")
                try writer.group("/\(entry)/data")
            }
            existing.formUnion(["/\(entry)", "/\(entry)/data"])
            let pixels = try self.pixels(ready[index], to: writer, entry: entry, &blocks) {
                progress(index, $0, $1, $2)
            }
            if !pixels.frames.contains(where: \.way.hasPixels) {
                throw .refused(
                    ConversionRefusal(
                        "IMAGE-001 no frame of '\(ready[index].writing.scan.template)' could be decoded",
                        "fetch the files again"))
            }
            results[index].take(pixels)
            entries.append((entry, try tree(&ready[index], pixels, entry: entry)))
            results[index].findings = rules.findings(ready[index].writing.notes)
            written.append(pixels)
        }
        let root = ScanWriting.root(entries, file: name.last.text, request: request)
        let made = existing
        do throws(Failure) {
            try root.write(to: writer, existing: made)
            try writer.close()
        } catch {
            throw .failed(error)
        }
        try verify(partial, blocks, ready, written, &results)
        try ConversionStop.of { () throws(Failure) in
            try partial.commit()
        }
        for index in results.indices { results[index].path = path }
    }

    private func pixels(
        _ ready: Ready, to writer: borrowing Writer, entry: String, _ blocks: inout [PartialFile],
        _ progress: @escaping @Sendable (Int, Int, Int) -> Void
    ) throws(ConversionStop) -> WrittenPixels {
        let tell: @Sendable (PixelWriting.Progress) -> Void = { progress($0.frames, $0.all, $0.bytesRead) }
        let dataset = "/\(entry)/data/data"
        do throws(PixelFault) {
            guard let each = request.framesPerFile, each < ready.plan.frames else {
                return try PixelWriting.write(
                    ready.pixels.inputs, ready.plan, ready.pixels.settings, to: writer, dataset: dataset, progress: tell
                )
            }
            let suffix = entry == "entry" ? "" : "_" + entry
            let stem = path.hasSuffix(".nxs") ? String(path.dropLast(4)) : path
            let (written, files) = try PixelWriting.write(
                ready.pixels.inputs, ready.plan, ready.pixels.settings, to: writer, dataset: dataset,
                blocks: BlockFiles(
                    stem: Name(stem + suffix), inputs: inputs, replaces: request.replaces || request.resumes,
                    worth: ConversionTargets.worth),
                each: each,
                progress: tell)
            blocks += files
            return written
        } catch {
            throw ConversionStop(error)
        }
    }

    private func tree(
        _ ready: inout Ready, _ pixels: WrittenPixels, entry: String
    ) throws(ConversionStop) -> GroupToWrite {
        ready.writing.tell(pixels)
        let mask = pixels.mask.isEmpty ? nil : pixels.mask
        let block = ready.first.material.experiments.first?.block
        do throws(ConversionRefusal) {
            return try ready.writing.tree(
                mask: mask, bitDepth: ready.plan.needsBitDepth32 ? 32 : nil, block: block, pixels: pixels,
                entry: "/" + entry
            ).entry
        } catch {
            throw .refused(error)
        }
    }

    /// Reads the file again, before it gets its name.
    private func verify(
        _ partial: PartialFile, _ blocks: [PartialFile], _ ready: [Ready], _ written: [WrittenPixels],
        _ results: inout [ConversionOutcome.Scan]
    ) throws(ConversionStop) {
        // Data files get their names first: the master is read through them.
        try ConversionStop.of { () throws(Failure) in for block in blocks { try block.commit() } }
        guard request.verification != .none else { return }
        var defects: [String] = []
        let expected = ready.map { OutputVerification.expected($0.writing, $0.plan) }
        let faults = ready.reduce(into: Set<RuleID>()) { $0.formUnion($1.faults) }
        let verification = OutputVerification(
            partial.path.text, expected: expected, faults: faults, rules: rules)
        defects += verification.defects
        if !verification.faults.isEmpty, let given = ready.first(where: \.writing.scan.hasGeometryOfItsOwn),
            defects.isEmpty
        {
            for block in blocks { block.withdraw() }
            throw .refused(
                ConversionRefusal(
                    "with the geometry that is given for '\(given.writing.scan.template)', "
                        + "\(verification.faults[0].rule) \(verification.faults[0].message)", "mend the experiment list"
                ))
        }
        defects += verification.faults.map { "\($0.rule) \($0.message)" }
        let told = Set(results.flatMap { $0.findings.map(\.rule) })
        if !results.isEmpty {
            let further = verification.findings.filter { $0.level != .G && !told.contains($0.rule) }
            results[results.count - 1].findings = ConversionRules.sorted(results[results.count - 1].findings + further)
        }
        if request.verification == .pixels {
            for (index, pixels) in written.enumerated() {
                let entry = index == 0 ? "entry" : "entry_\(index + 1)"
                let found = try ConversionStop.of { () throws(Failure) in
                    try PixelVerification.run(
                        partial.path, dataset: "/\(entry)/data/data", pixels, ready[index].pixels.settings)
                }
                switch found {
                case .equal: break
                case .unread(let words): defects.append(words)
                case .different(let frames):
                    defects += frames.prefix(5).map { "frame \($0.frame + 1): \($0.words)" }
                }
            }
        }
        guard !defects.isEmpty else { return }
        for block in blocks { block.withdraw() }
        // Kept for the report, under a name that nobody takes for the result.
        _ = link(partial.path.text, path + ".rejected")
        throw .defect(defects)
    }
}
