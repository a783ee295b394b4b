// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Digest
import Findings
import FrameWriting
import Frames
import HDF5
import ImageCodecs
import NeXus
import RuleEngine
import Transport

/// The groups of one scan, ready to be written beside its pixels.
struct ScanWriting {
    let request: ConversionRequest
    let images: [ConvertedImage]
    let scan: ScanToConvert
    let completion: ScanCompletion
    let times: ScanTimes
    let shape: MasterToWrite.ImageShape
    private(set) var notes: [ConversionNote]

    init(
        _ scan: ScanToConvert, _ images: [ConvertedImage], _ completion: ScanCompletion, request: ConversionRequest
    ) throws(ConversionRefusal) {
        self.request = request
        self.images = images
        self.scan = scan
        self.completion = completion
        let dates = scan.frames.map { origin in origin.flatMap { images[$0.image].facts.date } }
        times = ScanTimes(completion.experiment, dates: dates, zone: request.timeZone)
        notes = scan.notes + completion.notes + times.notes
        let members = scan.frames.compactMap { $0.map { images[$0.image] } }
        guard let first = members.first, let extent = first.shape else {
            throw ConversionRefusal("nothing says how many pixels an image has", "mend the headers of the images")
        }
        if let other = members.first(where: { $0.shape.map { $0 != extent } ?? true }) {
            throw ConversionRefusal(
                "'\(other.name)' has another size than '\(first.name)'", "convert images of each size apart")
        }
        if let uneven = members.first(where: \.hasUnequalSections) {
            throw ConversionRefusal(
                "arrays of a frame of '\(uneven.name)' differ in size, and NXmx has one array for all",
                "write the arrays into files of their own, and convert those of each size apart")
        }
        shape = MasterToWrite.ImageShape(
            frames: scan.frames.count, planes: extent.planes, slow: extent.slow, fast: extent.fast)
        guard shape.planes > 0, shape.slow > 0, shape.fast > 0, shape.frames > 0 else {
            throw ConversionRefusal("an image of \(extent.fast) x \(extent.slow) pixels", "mend the headers")
        }
        try checkPanels()
        tellMissing()
        tellItems(first)
        if let silent = members.first(where: \.lacksElementType) {
            notes.append(
                ConversionNote(
                    "IMAGE-014",
                    "'\(silent.name)' has no X-Binary-Element-Type; unsigned 32-bit integers are read, the default of the "
                        + "dictionary", isAssumption: true))
        }
    }

    /// Tells what the first image says and NXmx has no field for.
    private mutating func tellItems(_ image: ConvertedImage) {
        let unplaced = completion.experiment.scans.first?.unplaced.filter { $0.value.value != 0 } ?? []
        if !unplaced.isEmpty {
            let words = unplaced.map { "\($0.name) \(Wording.number($0.value.value)) \($0.unit)" }
            notes.append(
                ConversionNote(
                    "META-011", "the header gives \(words.joined(separator: ", ")), and no axis has it; kept as text",
                    isAssumption: true, option: "--instrument FILE.cif"))
        }
        if let note = ItemsWithoutPlace.note(
            image.itemsWithoutPlace, of: image.name, store: image.kind == .smv ? "header" : "imgCIF")
        {
            notes.append(note)
        }
    }

    /// Loops and sections have to agree on how many pixels there are.
    private func checkPanels() throws(ConversionRefusal) {
        let panels = completion.experiment.detectors.first?.panels ?? []
        for panel in panels {
            guard let size = panel.size else { continue }
            let first = (panel.firstElement ?? panel.dataOrigin?.value ?? [0, 0]).suffix(2)
            let (slow, isLong) = size.slow.addingReportingOverflow(first.first ?? 0)
            let (fast, isWide) = size.fast.addingReportingOverflow(first.last ?? 0)
            let isInside = !isLong && !isWide && slow <= shape.slow && fast <= shape.fast
            let isWhole = panels.count > 1 || panel.firstElement != nil || (slow, fast) == (shape.slow, shape.fast)
            guard isInside && isWhole else {
                throw ConversionRefusal(
                    "IMAGE-002 panel '\(panel.id)' is described with \(size.fast) x \(size.slow) pixels, and the image has "
                        + "\(shape.fast) x \(shape.slow)", "mend the loops, or give --geometry FILE.expt")
            }
        }
    }

    private mutating func tellMissing() {
        let missing = scan.missing
        guard !missing.isEmpty else { return }
        let words = FrameRanges.words(FrameRanges.collapse(missing.map { $0 + 1 }))
        notes.append(
            ConversionNote(
                "DATA-014",
                "\(words) of '\(scan.template)' \(missing.count == 1 ? "is" : "are") missing; written as -1",
                isAssumption: true))
    }

    /// Tells of numbers that are missing in the series.
    mutating func tell(_ gaps: [SeriesGap]) {
        guard scan.missing.isEmpty else { return }
        for gap in gaps {
            let numbers = FrameRanges.words([gap.missing], of: "image")
            notes.append(
                ConversionNote(
                    "DATA-014",
                    "\(numbers) of '\(gap.template)' \(gap.missing.count == 1 ? "is" : "are") missing; the scan is split "
                        + "there", isAssumption: !request.gapsAreChosen, option: "--missing split"))
        }
    }

    /// Tells what the input says against itself; of a geometry that is given by an option nothing is asked.
    mutating func tell(_ contradictions: [ConversionNote]) {
        let told = contradictions.filter { !(scan.hasGeometryOfItsOwn && ["GEOM", "PIXEL"].contains($0.rule.area)) }
        // What the completion told of the same rule is the same contradiction, seen again.
        notes.removeAll { note in told.contains { $0.rule == note.rule } }
        notes += told
    }

    /// Tells of frames that were not as they should be.
    mutating func tell(_ pixels: WrittenPixels) {
        let missing = Set(scan.missing)
        for (number, frame) in pixels.frames.enumerated() {
            if case .filled(let why) = frame.way, !missing.contains(number) {
                notes.append(ConversionNote("IMAGE-001", "frame \(number + 1) is written as -1: \(why)"))
            }
            if let fault = frame.checksum {
                notes.append(
                    ConversionNote(
                        "IMAGE-004",
                        "frame \(number + 1): \(fault.kind) is \(fault.stated), the data give \(fault.found)"))
            }
        }
    }

    /// The entry, with store and provenance.
    ///
    /// - Parameters:
    ///   - mask: Bits of each pixel.
    ///   - bitDepth: Where readers need to be told.
    ///   - block: Of the first frame, for the store; nil for formats without items.
    ///   - pixels: What was written.
    mutating func tree(
        mask: [UInt8]?, bitDepth: Int?, block: CIF.Block?, pixels: WrittenPixels, entry: String
    ) throws(ConversionRefusal) -> MasterTree {
        var master = MasterToWrite(
            completion.experiment, facts: completion.facts, rotation: completion.rotation, shape: shape)
        master.origin = request.origin
        master.sense = request.sense
        master.times = times.times
        master.mask = mask
        master.bitDepth = bitDepth
        master.transmission = completion.transmission
        let fluxes = scan.frames.map { $0.flatMap { images[$0.image].facts.totalFlux } }
        if Set(fluxes).count > 1, !fluxes.contains(nil) { master.fluxes = fluxes.compactMap { $0 } }
        master.entry = entry
        master.blocks = pixels.files.map { ($0, "/entry/data/data") }
        var tree: MasterTree
        do throws(MasterFault) {
            tree = try MasterTree(master)
        } catch {
            throw ConversionRefusal(error.sentence, "mend the description, or give --geometry FILE.expt")
        }
        let own = notesOf(tree)
        let members = scan.frames.map { $0.map { images[$0.image] } }
        let isCBF = members.lazy.compactMap { $0 }.first.map { $0.kind != .smv } ?? true
        tree.entry[isCBF ? "imgCIF" : "header"] = .group(
            HeaderText.store(
                texts: members.map { $0?.headerText ?? [] }, sums: members.map { $0?.contentMD5 },
                files: members.map { Escaping.line($0?.name ?? "") }, categories: block.map(HeaderText.categories) ?? []
            ))
        tree.entry["conversion"] = .group(provenance(notes + own, pixels))
        if let list = scan.listText {
            var header = GroupToWrite("NXcollection")
            header.put("experiment_list", .bytes([list]))
            tree.entry["header"] = .group(header)
        }
        notes += own
        return tree
    }

    private func notesOf(_ tree: MasterTree) -> [ConversionNote] {
        var notes: [ConversionNote] = []
        let names = tree.renamed.map { "'\($0.from)' as '\($0.to)'" }
        if !names.isEmpty {
            notes.append(ConversionNote("AXIS-027", "axes are renamed: \(names.joined(separator: ", "))"))
        }
        if !tree.unwrapped.isEmpty {
            let axes = tree.unwrapped.map { "'\($0)'" }.joined(separator: ", ")
            notes.append(ConversionNote("AXIS-027", "angles of \(axes) go on past a full turn"))
        }
        if !completion.facts.components.isEmpty, (completion.experiment.detectors.first?.panels.count ?? 0) > 1 {
            notes.append(
                ConversionNote("AXIS-027", "equipment components of axes are left out: readers would turn them"))
        }
        return notes + [originNote]
    }

    /// Which point of the first pixel the numbers are about.
    private var originNote: ConversionNote {
        let panel = completion.experiment.detectors.first?.panels.first
        let meaning =
            switch panel?.pixelOrigin {
            case .pixelCentre: "the centre of the first pixel by the dictionary"
            case .pixelCorner: "the corner of the first pixel"
            case .unstated, nil: "not said to be centre or corner"
            }
        guard request.origin == .centre else {
            return ConversionNote("PIXEL-019", "origin of pixel (0, 0) is \(meaning); its numbers are kept")
        }
        var step = panel?.statedPixelSize.fast?.value
        if case .surface(let surface) = panel?.placement { step = abs(surface.fast.increment.value) }
        let half = step.map { Wording.number($0 * 500) + " um" } ?? "half a pixel"
        return ConversionNote("PIXEL-019", "origin of pixel (0, 0) is \(meaning); moved by \(half) to its corner")
    }

    /// How the entry was made.
    private func provenance(_ notes: [ConversionNote], _ pixels: WrittenPixels) -> GroupToWrite {
        var process = GroupToWrite("NXprocess")
        process.put("program", .text(request.program))
        process.put("version", .text(request.version))
        var settings = GroupToWrite("NXcollection")
        settings.put("pixel_origin", .text(request.origin.rawValue))
        settings.put("rotation_sense", .text(request.sense.rawValue))
        let m = completion.rotation.matrix
        settings.put(
            "rotation_to_McStas",
            .numbers([m.first, m.second, m.third].flatMap { [$0.x, $0.y, $0.z] }, shape: [3, 3]))
        if !request.words.isEmpty { settings.put("options", .texts(request.words)) }
        if !notes.isEmpty { settings.put("findings", .texts(notes.map { "\($0.rule) \($0.message)" })) }
        for (name, algorithm) in [("input_md5", DigestAlgorithm.md5), ("input_sha256", .sha256)] {
            let sums = pixels.frames.map { $0.input?[algorithm] ?? "" }
            if sums.contains(where: { !$0.isEmpty }) { settings.put(name, .texts(sums)) }
        }
        settings.put("geometry_sha256", scan.geometryDigest.map { .text($0) })
        settings.put("fingerprint", .text(fingerprint))
        settings.put("pixels_sha256", pixels.digest.map { .text($0) })
        let missing = scan.missing
        if !missing.isEmpty { settings.put("missing_frames", .integers(missing.map { $0 + 1 })) }
        process["settings"] = .group(settings)
        return process
    }

    /// A digest of names, sizes and headers of the inputs, and of the options that shape the file.
    var fingerprint: String {
        var words = request.words + [request.version]
        for origin in scan.frames {
            guard let image = origin.map({ images[$0.image] }) else {
                words.append("missing")
                continue
            }
            words.append("\(image.name) \(image.size) \(FileDigests.of(image.headerText).sha256)")
        }
        words += [scan.listText.map { FileDigests.of($0).sha256 }, scan.geometryDigest].compactMap { $0 }
        return FileDigests.of(Array(words.joined(separator: "\n").utf8)).sha256
    }

    /// The root of a file.
    static func root(_ entries: [(name: String, group: GroupToWrite)], file: String, request: ConversionRequest)
        -> GroupToWrite
    {
        var root = GroupToWrite(
            "NXroot",
            attributes: [
                AttributeToWrite("default", .text(entries.first?.name ?? "entry")),
                AttributeToWrite("file_name", .text(Escaping.line(file))),
                AttributeToWrite("file_time", .text(DateAndTime(unix: request.now).text)),
                AttributeToWrite("creator", .text("\(request.program) \(request.version)")),
            ])
        for (name, group) in entries { root[name] = .group(group) }
        return root
    }
}
