// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import HDF5
internal import ImageCodecs
public import Transport

/// Data files that the frames of a scan are spread over, beside a master that has them as one dataset.
public struct BlockFiles: Sendable {
    /// Path of the data files without number and ending: `folder/scan` gives `folder/scan_data_000001.h5`.
    public let stem: Name
    /// Files that the run reads.
    public let inputs: Set<Identity.Key>
    /// Files that are there already may be replaced.
    public let replaces: Bool
    /// Why a file that is there already must never be replaced; nil if it may.
    let worth: @Sendable (Source) -> String?

    /// What the root of a data file names as its creator.
    public static let creator = "imprimatur"

    public init(
        stem: Name, inputs: Set<Identity.Key> = [], replaces: Bool = false,
        worth: @escaping @Sendable (Source) -> String? = { _ in nil }
    ) {
        self.stem = stem
        self.inputs = inputs
        self.replaces = replaces
        self.worth = worth
    }

    /// The path of a data file, counted from 0.
    func name(_ number: Int) -> Name {
        Name(bytes: stem.bytes + Array("_\(Self.link(number)).h5".utf8))
    }

    /// `data_000001` for the first.
    static func link(_ number: Int) -> String {
        let digits = String(number + 1)
        return "data_" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
    }
}

extension PixelWriting {
    /// Writes frames into data files of so many each, and a virtual dataset over them, with a link to each beside it.
    ///
    /// The data files lie under partial names; whoever has written the master gives them theirs first.
    /// - Parameters:
    ///   - writer: Of the master.
    ///   - dataset: Path of the virtual dataset in the master.
    /// - Throws: The fault of the first frame that has one.
    public static func write(
        _ frames: [FrameInput], _ plan: PixelPlan, _ settings: PixelSettings, to writer: borrowing Writer,
        dataset: String = "/entry/data/data", blocks: BlockFiles, each framesPerFile: Int,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws(PixelFault) -> (pixels: WrittenPixels, files: [PartialFile]) {
        let each = max(1, framesPerFile)
        let sink = BlockSink(plan, settings, blocks, each: each)
        var written = try run(frames, plan, settings, progress) { (number, bytes) throws(Failure) in
            try sink.put(number, bytes)
        }
        do throws(Failure) {
            let files = try sink.end()
            let group = String(dataset[..<(dataset.lastIndex(of: "/") ?? dataset.startIndex)])
            var mappings: [VirtualMapping] = []
            for (block, file) in files.enumerated() {
                let first = block * each
                let count = min(each, plan.frames - first)
                let name = file.name.last.text
                mappings.append(
                    VirtualMapping(
                        file: name, dataset: BlockSink.dataset,
                        destination: .hyperslab(
                            [.init(start: first, block: count)] + plan.shape.map { .init(start: 0, block: $0) }),
                        source: .all, sourceShape: [count] + plan.shape))
                try writer.externalLink(
                    "\(group)/\(BlockFiles.link(block))", toFile: name, path: BlockSink.dataset)
            }
            try writer.virtualDataset(
                dataset, DataType(plan.stored), shape: [plan.frames] + plan.shape, mappings: mappings)
            written.files = files.map { $0.name.last.text }
            return (written, files)
        } catch {
            throw .failure(error)
        }
    }
}

/// The data file that takes frames at the moment, and those before it.
///
/// `@unchecked Sendable`: the queue lets one thread in at a time, in the order of frames.
private final class BlockSink: @unchecked Sendable {
    static let dataset = "/entry/data/data"

    private let plan: PixelPlan
    private let settings: PixelSettings
    private let blocks: BlockFiles
    private let each: Int
    private var files: [PartialFile] = []
    private var writer: Writer?
    private var target: FrameDataset?

    init(_ plan: PixelPlan, _ settings: PixelSettings, _ blocks: BlockFiles, each: Int) {
        self.plan = plan
        self.settings = settings
        self.blocks = blocks
        self.each = each
    }

    func put(_ number: Int, _ bytes: UnsafeRawBufferPointer) throws(Failure) {
        if number % each == 0 {
            try close()
            try open(number / each)
        }
        try target?.write(number % each, bytes)
    }

    /// Closes the last file; all of them.
    func end() throws(Failure) -> [PartialFile] {
        try close()
        return files
    }

    private func open(_ number: Int) throws(Failure) {
        let file = try PartialFile(
            blocks.name(number), inputs: blocks.inputs, replaces: blocks.replaces, worth: blocks.worth)
        files.append(file)
        let made = try Writer(creating: file.path.text)
        try made.attribute("creator", .text(BlockFiles.creator), on: "/")
        for (group, kind) in [("/entry", "NXentry"), ("/entry/data", "NXdata")] {
            try made.group(group)
            try made.attribute("NX_class", .text(kind), on: group)
        }
        try made.attribute("signal", .text("data"), on: "/entry/data")
        target = try made.frames(
            Self.dataset, DataType(plan.stored), frames: min(each, plan.frames - number * each), shape: plan.shape,
            settings.stages(elementBytes: plan.stored.bytes))
        writer = consume made
    }

    private func close() throws(Failure) {
        target = nil
        guard let last = writer.take() else { return }
        try last.close()
    }
}
