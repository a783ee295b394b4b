// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
internal import ImageCodecs
public import RuleEngine

/// How an HDF5 file is stored, and what common readers of NXmx make of it beside what rules tell.
///
/// - Source: dectris/neggia:src/dectris/neggia/plugin/H5ToXds.cpp, data/H5Superblock.cpp;
///   DiamondLightSource/durin:src/file.c; dials/nxmx:src/nxmx/__init__.py; cctbx/dxtbx:src/dxtbx/nexus/__init__.py.
public struct ReaderNotes: Sendable {
    /// One line: a term or the name of a reader, and words.
    public typealias Line = (term: String, words: String)

    /// Format of the file, and storage of its frames.
    public private(set) var storage: [Line] = []
    /// Readers that would stop, or take something else than is meant.
    public private(set) var readers: [Line] = []

    /// Nil for files that are not HDF5 or were not opened.
    public init?(_ view: TreeView) {
        guard let files = view.files, let superblock = view.superblock else { return nil }
        let library =
            switch superblock.version {
            case 0, 1: "every HDF5 library"
            case 2: "HDF5 1.8 and later"
            default: "HDF5 1.10 and later"
            }
        storage.append(("format", "superblock \(superblock.version), for \(library)"))
        for image in view.images(in: files).prefix(4) { storage.append(("frames", Self.words(on: image, files))) }
        guard view.definition == "NXmx" else { return }
        noteFirst(files)
        noteDefaults(files)
        noteNeggia(files, view.images(in: files), superblock.version)
        noteDurin(files)
        noteNXmx(view, files)
        noteFrames(files, view.images(in: files))
        noteAutoPROC(files)
    }

    private static func words(on image: ImageDataset, _ files: FileSet) -> String {
        let dataset = image.dataset
        let file = image.source == .main ? "" : files.files[Int(image.source.index)].name + ":"
        var words = [file + image.path, size(dataset.shape ?? []), dataset.type.words]
        if case .chunked(let chunking) = dataset.layout { words.append("chunks \(size(chunking.shape))") }
        if !dataset.filters.isEmpty {
            words.append(dataset.filters.map { "\($0.id) \($0.name)" }.joined(separator: ", "))
        }
        return words.joined(separator: "; ")
    }

    private static func size(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " x ") }

    mutating func note(_ reader: String, _ words: String) { readers.append((reader, words)) }

    // MARK: dxtbx

    private mutating func noteFirst(_ files: FileSet) {
        for group in files.main.objects where Self.className(group) == "NXdata" {
            let signal = group.attribute("signal")?.value.firstString
            guard signal == nil, let first = group.links.first else { continue }
            note("dxtbx", "takes '\(first.name)' of \(files.main.path(of: group.id)), which names no signal")
        }
        for detector in Self.groups("NXdetector", files) {
            for name in ["saturation_value", "underload_value", "frame_time"] {
                guard let shape = Self.field(detector + "/" + name, files)?.shape, shape.reduce(1, &*) > 1 else {
                    continue
                }
                note("dxtbx", "wants one number in \(detector)/\(name), which has \(Self.size(shape))")
            }
        }
    }

    /// What the model reads otherwise than dxtbx does.
    private mutating func noteDefaults(_ files: FileSet) {
        for detector in Self.groups("NXdetector", files) where Self.field(detector + "/frame_time", files) == nil {
            note("dxtbx", "sets the times of all frames to 0 without \(detector)/frame_time")
        }
        for entry in Self.groups("NXentry", files) {
            guard let shape = Self.field(entry + "/definition", files)?.shape, !shape.isEmpty else { continue }
            note("dxtbx", "may pass over \(entry), whose definition is an array and no single string")
        }
        for module in Self.groups("NXdetector_module", files) {
            guard case .object(let id, let file) = files.resolve(module + "/fast_pixel_direction", from: "/"),
                let fast = files.files[file].snapshot?[id], Self.field(module + "/module_offset", files) == nil
            else { continue }
            if let target = fast.attribute("depends_on")?.value.firstString, target != "." { continue }
            note("dxtbx", "puts \(module) at the sample: it has no module_offset, and its directions depend on nothing")
        }
    }

    // MARK: neggia

    private mutating func noteNeggia(_ files: FileSet, _ images: [ImageDataset], _ version: Int) {
        if version > 0 { note("neggia", "looks for the groups of superblock 0 and may find none here") }
        let detector = "/entry/instrument/detector"
        let first = Self.field("/entry/data/data_000001", files) ?? Self.field("/entry/data/data", files)
        if first == nil { note("neggia", "looks for frames in /entry/data/data_000001 or /entry/data/data alone") }
        for name in ["x_pixel_size", "y_pixel_size"] {
            guard let size = Self.field("\(detector)/\(name)", files) else { continue }
            if !size.type.isFloat { note("neggia", "wants floating point in \(detector)/\(name)") }
        }
        let specific = detector + "/detectorSpecific"
        if let mask = Self.field(specific + "/pixel_mask", files) {
            if mask.shape?.count != 2 || !mask.type.isInteger {
                note("neggia", "wants integers of two dimensions in \(specific)/pixel_mask")
            }
        } else {
            note("neggia", "stops without \(specific)/pixel_mask")
        }
        if Self.field(specific + "/nimages", files) == nil { note("neggia", "stops without \(specific)/nimages") }
        let isChunked = images.allSatisfy { if case .chunked = $0.dataset.layout { true } else { false } }
        if !isChunked { note("neggia", "reads chunks of one frame; frames are not chunked here") }
        if let filter = images.lazy.flatMap(\.dataset.filters).first(where: {
            ![FilterNumber.lz4, FilterNumber.bitshuffle].contains($0.id)
        }) {
            note("neggia", "knows LZ4 and bitshuffle, not filter \(filter.id) \(filter.name)")
        }
        let blocks = (1...999_999).lazy.map { number -> Dataset? in
            let digits = String(number)
            let zeros = String(repeating: "0", count: 6 - digits.count)
            return Self.field("/entry/data/data_" + zeros + digits, files)
        }.prefix { $0 != nil }.compactMap { $0?.shape?.first }
        let counts = Array(blocks)
        if let each = counts.first, let odd = counts.dropLast().first(where: { $0 != each }) {
            note("neggia", "counts \(each) frames in every block but the last; one has \(odd)")
        }
    }

    // MARK: durin

    private mutating func noteDurin(_ files: FileSet) {
        for className in ["NXdata", "NXdetector"] {
            let paths = Self.groups(className, files)
            if paths.count > 1, let last = paths.last {
                note("durin", "takes the last of \(paths.count) groups of class \(className), \(last)")
            }
        }
        let texts = files.main.objects.compactMap { $0.attribute("NX_class")?.type }
        let isForeign = texts.contains { if case .string(_, true, _) = $0 { true } else { false } }
        if isForeign { note("durin", "does not read NX_class in UTF-8; ASCII of fixed length is read by all") }
    }

    // MARK: The file

    private static func className(_ object: HDF5.Object) -> String? {
        object.kind == .group ? object.attribute("NX_class")?.value.firstString : nil
    }

    static func groups(_ name: String, _ files: FileSet) -> [String] {
        files.main.objects.filter { className($0) == name }.map { files.main.path(of: $0.id) }.sorted()
    }

    static func field(_ path: String, _ files: FileSet) -> Dataset? {
        guard case .object(let id, let file) = files.resolve(path, from: "/") else { return nil }
        return files.files[file].snapshot?[id].dataset
    }
}
