// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Digest
import Findings
import Frames
import HDF5
import ImgCIF
import RuleEngine
import Transport
import Workers

extension FileReading {
    /// Decodes the frames that the settings ask for, of each experiment that was read, and looks at the files they lie in.
    mutating func readFrames(_ settings: ReadingSettings) {
        let external = source.flatMap { ExternalFiles(material, $0, settings) }
        let seconds = max(settings.frames.processorSeconds, external?.processorSeconds ?? 0)
        if external != nil { WorkerLimits.grant(processorSeconds: seconds) }
        decodeFrames(settings, external?.images, processorSeconds: seconds)
        if let external { material.archive = external.view }
        if let network = settings.remote {
            material.archive?.landings = RemoteSights.landings(of: material.experiments, network)
        }
    }

    private mutating func decodeFrames(
        _ settings: ReadingSettings, _ external: ExternalImages?, processorSeconds: Int
    ) {
        guard settings.frames != .none, !material.experiments.isEmpty, material.kinship.part == nil else { return }
        var parts: [FramesView.Part] = []
        // One reader for all experiments of a container: datasets are opened once.
        var reader: FrameReader?
        for view in material.experiments {
            guard let map = map(of: view), let found = reader ?? frameReader(map, for: view, external) else { continue }
            if material.tree != nil { reader = found }
            // What is read of metadata is bounded more narrowly.
            if parts.isEmpty, external == nil { WorkerLimits.grant(processorSeconds: processorSeconds) }
            if drawn == nil, settings.keepsPictures { drawn = DrawnFrames(view, map) }
            let frames = ExperimentFrames.read(
                view.experiment, map: map, reader: found, sampling: settings.frames, observer: drawn)
            parts.append(FramesView.Part(view: view, frames: frames))
        }
        material.frames = FramesView(parts, tree: material.tree)
    }

    /// Files beside a container that hold its frames and stay open while these are read, with their paths.
    private var frameFiles: [(path: String, source: Source)] {
        guard let tree = material.tree, let files = tree.files, !material.experiments.isEmpty,
            material.kinship.part == nil
        else { return [] }
        var seen = Set<Int>()
        return tree.frames.stores.compactMap { store in
            guard store.file > 0, files.files.indices.contains(store.file), seen.insert(store.file).inserted else {
                return nil
            }
            return files.sharedSource(of: store.file).map { (files.files[store.file].path, $0) }
        }
    }

    /// Takes digests of the files that hold the frames, as these are read.
    func followFrameFiles() {
        let files = frameFiles
        for file in files {
            file.source.digestWhileRead([.sha256], most: min(24 << 20, max(1 << 20, (256 << 20) / files.count)))
        }
    }

    /// The digests of the files that hold the frames; of one that cannot be read to its end, or that changed, there is none.
    var frameFileDigests: [Kinship.Digest] {
        frameFiles.compactMap { file in
            guard let identity = file.source.identity, let digests = try? file.source.digests() else { return nil }
            return Kinship.Digest(
                path: file.path, device: identity.device, inode: identity.inode, size: file.source.size,
                modified: identity.modified.sinceEpoch, sha256: digests.sha256)
        }
    }

    /// The files that a description names, to be opened for its frames; nil where it names none.
    ///
    /// - Parameter frames: Which of so many frames of a scan will be read, from 0; without it those of the settings.
    func externalImages(_ settings: ReadingSettings, frames: ((Int) -> [Int])? = nil) -> ExternalImages? {
        source.flatMap { ExternalFiles(material, $0, settings, frames: frames)?.images }
    }

    /// An experiment of the file with its frames; nil where none are described, or nothing here reads them.
    ///
    /// - Parameter external: The files that a description names.
    func comparedFrames(of view: ExperimentView, _ external: ExternalImages?) -> FrameComparison.Side? {
        guard let map = map(of: view), let reader = frameReader(map, for: view, external) else { return nil }
        return FrameComparison.Side(view.experiment, map: map, reader: reader)
    }

    /// The way to the frames of an experiment; where a block describes none, to its images.
    func map(of view: ExperimentView) -> FrameMap? {
        if imageFormat != nil { return .singleImage }
        guard let map = view.frameMap else { return nil }
        guard map.stacks.isEmpty, let block = view.block else { return map }
        return FrameMap.images(of: block)
    }

    private var imageFormat: FrameReader.ImageFormat? {
        switch material.kind {
        case .smv: .smv
        case .tiff: .tiff
        default: nil
        }
    }

    /// - Parameter external: The files that a description names.
    func frameReader(
        _ map: FrameMap, for view: ExperimentView, _ external: ExternalImages?
    ) -> FrameReader? {
        if let files = material.tree?.files { return FrameReader(map, of: .files(files)) }
        if let source, let imageFormat { return FrameReader(map, of: .file(source, imageFormat)) }
        guard let document = material.text?.document, let block = view.block,
            !document.binarySections.isEmpty || external != nil
        else { return nil }
        return FrameReader(map, of: .block(document, block), external: external)
    }
}

extension FrameSampling {
    /// Seconds of a processor that decoding may take beside those of metadata.
    var processorSeconds: Int {
        switch self {
        case .none: 0
        case .first, .ends: 20
        case .sample, .all: 600
        }
    }
}
