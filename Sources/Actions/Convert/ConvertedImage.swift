// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Frames
import ImageCodecs
import ImageHeaders
import ImgCIF
import NeXus
import RuleEngine
import Transport

/// What the header pass keeps of a file of images; the file itself is let go.
struct ConvertedImage {
    /// The words that open the file again.
    private(set) var words: [String]
    /// One scan each.
    var experiments: [Experiment]
    var facts: RecordedFacts
    let kind: FileKind
    let header: ImageHeader?
    private var text: Text
    /// `Content-MD5` of the first section, as stated.
    var contentMD5: String?
    /// Extent of an image, slowest first, planes in front; nil where the file does not say.
    let shape: (planes: Int, slow: Int, fast: Int)?
    /// Type of an element; nil where nothing states one.
    let element: ElementType?
    /// The images lie in other files, which the description names.
    let isDescription: Bool
    /// Binary sections of a CBF.
    let sections: Int
    /// Bytes of the file.
    private(set) var size: Int
    /// What NXmx has no field for.
    let itemsWithoutPlace: [String]
    /// Binary sections differ in their numbers of pixels.
    let hasUnequalSections: Bool
    /// A binary section does not say what its elements are.
    let lacksElementType: Bool

    /// The state of the file when its header was read; nil for what is no file of this machine.
    var identity: Transport.Identity?
    /// What was made of the file, where it is open still.
    var reading: FileReading?

    /// Where the text of a header is.
    enum Text: Sendable {
        case own([UInt8])
        /// That of another image of the series, with the words that are its own.
        case filled(HeaderPattern, HeaderTexts)
    }

    /// Every byte but those of pixels.
    var headerText: [UInt8] {
        switch text {
        case .own(let bytes): bytes
        case .filled(let pattern, let words): pattern.headerText(words)
        }
    }

    /// The header was not read word by word: `header` and all places in the model are those of another image.
    var isFilled: Bool { if case .filled = text { true } else { false } }

    /// Images of one number differ in settings, names and dates alone; nil where the header was read word by word.
    var likeness: Int? {
        if case .filled(let pattern, _) = text { ObjectIdentifier(pattern).hashValue } else { nil }
    }

    /// Becomes another image of the series, whose model was filled in before.
    mutating func take(_ words: [String], size: Int, header: Text, _ identity: Transport.Identity?) {
        (self.words, self.size, text, self.identity) = (words, size, header, identity)
    }

    var path: String { words.first ?? "" }
    /// Without folders, and without the ending of a compression around it.
    var name: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let wrapper = [".gz", ".bz2", ".xz"].first { name.lowercased().hasSuffix($0) }
        return wrapper.map { String(name.dropLast($0.count)) } ?? name
    }

    init(_ words: [String], _ reading: FileReading) throws(Failure) {
        let material = reading.material
        let path = words.first ?? ""
        guard let view = material.experiments.first else {
            throw Failure(
                attempt: "convert", subject: path, code: .foreign, words: material.withoutExperiment.sentence,
                remedy: "name CBF, imgCIF or SMV images, or an experiment list")
        }
        guard material.tree == nil else {
            throw Failure(
                attempt: "convert", subject: path, code: .foreign, words: "it is NeXus already",
                remedy: "'imprimatur describe' writes the imgCIF description of it")
        }
        self.words = words
        identity = reading.source?.identity
        kind = material.kind
        size = material.size
        header = view.reading?.header
        experiments = material.experiments.map(\.experiment)
        guard let document = material.text?.document, let block = view.block else {
            facts = RecordedFacts(header: header)
            text = .own(try Self.smvText(reading))
            if kind == .smv { Self.complete(&experiments, &facts, smv: header) }
            contentMD5 = nil
            let size = view.experiment.detectors.first?.panels.first?.size
            shape = size.map { (1, $0.slow, $0.fast) }
            element = view.experiment.imageData?.value.elementType.flatMap { ElementType(words: $0.lowercased()) }
            isDescription = false
            sections = 0
            itemsWithoutPlace = ItemsWithoutPlace.names(nil, header)
            lacksElementType = false
            hasUnequalSections = false
            return
        }
        facts = RecordedFacts(block, header: header)
        text = .own(HeaderText.bytes(of: document))
        contentMD5 = document.binarySections.first?.header("Content-MD5")
        isDescription = document.binarySections.isEmpty
        sections = document.binarySections.count
        itemsWithoutPlace = ItemsWithoutPlace.names(block, header)
        let sizes = Set(document.binarySections.map { [$0.slow, $0.fast] })
        hasUnequalSections = sizes.count > 1
        lacksElementType = document.binarySections.contains { $0.elementType == nil }
        (shape, element) = Self.extent(document, view.experiment, facts)
    }

    /// Takes what the user gives for headers that lack it.
    mutating func complete(_ given: GivenFacts, wavelength: Double?) {
        if kind == .minicbf || kind == .smv || kind == .tiff { experiments = experiments.map(given.completing) }
        for index in experiments.indices where experiments[index].beam.representativeWavelength == nil {
            guard let wavelength else { continue }
            experiments[index].beam.wavelengths = Sourced([wavelength], .option("--wavelength"))
        }
    }

    /// Extent and type of an image, by the sections of the file, else by its loops.
    private static func extent(
        _ document: CIF.Document, _ experiment: Experiment, _ facts: RecordedFacts
    ) -> (shape: (planes: Int, slow: Int, fast: Int)?, element: ElementType?) {
        let loops = experiment.imageData?.value.shape ?? []
        func described(_ index: Int) -> Int? { loops.count >= index ? loops[loops.count - index] : nil }
        let words = experiment.imageData?.value.elementType?.lowercased()
        guard let section = document.binarySections.first else {
            guard let slow = described(2), let fast = described(1) else {
                return (nil, words.flatMap { ElementType(words: $0) })
            }
            return ((max(1, described(3) ?? 1), slow, fast), words.flatMap { ElementType(words: $0) })
        }
        let element = section.elementType.map { ElementType(words: $0) } ?? .uint32
        guard let slow = section.slow ?? described(2), let fast = section.fast ?? described(1) else {
            return (nil, element)
        }
        let planes = document.binarySections.reduce(0) { $0 &+ max(1, $1.planes ?? 1) }
        return ((planes, slow, fast), element)
    }
}

extension ConvertedImage {
    /// Opens the file again for its pixels.
    ///
    /// - Throws: When another file has taken its place since its header was read, or it was written to.
    func open(by opener: (any Opener)?) throws(Failure) -> Source {
        let source = try Input.open(words, by: opener)
        guard let identity, let now = source.identity else { return source }
        guard now.key == identity.key, now.size == identity.size, now.modified == identity.modified else {
            throw Failure(
                attempt: "read", subject: path, code: .changed, words: "the file changed while it was converted",
                remedy: "run again when its writer has closed it")
        }
        return source
    }

    /// The header of an SMV image, up to its pixels.
    private static func smvText(_ reading: FileReading) throws(Failure) -> [UInt8] {
        guard reading.material.kind == .smv, let source = reading.source else { return [] }
        let buffer = try source.mapped()
        return SMVHeader(buffer).map { buffer[0..<max(0, min($0.headerBytes, 1 << 20))] } ?? []
    }

    /// What an SMV header says besides the model.
    ///
    /// - Source: docs/guide/convert.md.
    private static func complete(_ experiments: inout [Experiment], _ facts: inout RecordedFacts, smv: ImageHeader?) {
        func number(_ key: String) -> Double? {
            smv?.text(key).flatMap { Double($0.value.filter { $0 != " " }) }
        }
        facts.date = smv?.text("DATE")?.value
        facts.serialNumber = smv?.text("DETECTOR_SN")?.value
        if let gain = number("GAIN"), gain > 0, gain != 1 { facts.scalingFactor = 1 / gain }
        if let pedestal = number("IMAGE_PEDESTAL"), pedestal != 0 { facts.dataOffset = -pedestal }
        for index in experiments.indices {
            experiments[index].identity.instrument =
                experiments[index].identity.instrument ?? experiments[index].identity.beamline
            guard !experiments[index].detectors.isEmpty else { continue }
            // 0 marks the gaps between modules; detectors of this kind have a pedestal.
            experiments[index].detectors[0].underload =
                experiments[index].detectors[0].underload
                ?? Sourced(1, .assumed("0 marks the gaps of the detector, and 1 is the lowest count"))
        }
    }
}

extension RecordedFacts {
    /// What the header of an image without loops states.
    init(header: ImageHeader?) {
        self.init()
        date = header?.date?.value
        transmission = header?.transmission?.value
        serialNumber = header?.serialNumber
        totalFlux = header?.flux?.value
    }
}
