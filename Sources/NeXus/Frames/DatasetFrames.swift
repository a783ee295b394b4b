// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import HDF5

/// The frames of one dataset of any HDF5 file, as a description outside of it names it.
public enum DatasetFrames: Sendable {
    /// A map of one stack.
    case images(FrameMap)
    /// The path leads to something else; says to what.
    case other(String)
    case absent
    /// It leads to what was not looked at; says why.
    case unread(String)

    /// - Parameters:
    ///   - path: Of the dataset, from the root.
    ///   - files: The file, and those that it names.
    public init(_ path: String, in files: FileSet) {
        let path = path.hasPrefix("/") ? path : "/" + path
        let tree = NeXusTree(files)
        guard let node = tree.resolve(path, from: tree.root) else {
            self = Self.nothing(files.follow(path, from: "/"), files)
            return
        }
        guard let dataset = tree.dataset(node) else {
            self = .other("a group")
            return
        }
        guard dataset.type.isNumeric, let shape = dataset.shape else {
            self = .other("a dataset of no numbers")
            return
        }
        guard (2...4).contains(shape.count), shape.allSatisfy({ $0 > 0 }) else {
            self = .other("a dataset of shape \(shape)")
            return
        }
        var reader = FrameMapReader(tree)
        self = .images(reader.map(of: node))
    }

    private static func nothing(_ end: PathEnd, _ files: FileSet) -> DatasetFrames {
        switch FrameRecord.obstacle(end, files) {
        case .lost(.file, let name): .unread("it leads to '\(name)', which is not there")
        case .lost: .absent
        case .unread(_, let name, let words): .unread(name.isEmpty ? words : "'\(name)': \(words)")
        }
    }

    /// Datasets that may be stacks of images, by their paths; at most so many.
    public static func stacks(in files: FileSet, most: Int) -> [String] {
        var paths: [String] = []
        for object in files.main.objects {
            guard let dataset = object.dataset, dataset.type.isNumeric, let shape = dataset.shape,
                (3...4).contains(shape.count), shape.suffix(2).allSatisfy({ $0 > 1 })
            else { continue }
            paths.append(files.main.path(of: object.id))
            if paths.count == most { break }
        }
        return paths
    }
}
