// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Everything of an HDF5 file but its pixel data, as a value; no identifier of the library outlives the reading.
public struct Snapshot: Sendable {
    /// Path of the file as it was named.
    public let path: String
    /// Bytes of the file.
    public let size: Int
    /// How the file begins.
    public let superblock: Superblock
    /// Each object of the file once, whatever the number of its hard links; in the order of a walk by breadth and name.
    public let objects: [Object]
    /// The root group.
    public let root: ObjectID
    /// What could not be read, or was limited.
    public let faults: [Fault]
    /// Group and name through which each object was found first; the root has none.
    let origins: [Origin?]
    /// Indices of which searches do not find everything.
    public let disorders: [Disorder]
    /// Objects that HDF5 1.10 does not read, or HDF5 2.0 does not.
    public let forms: [NewForm]
    /// Objects that our own reader left to libhdf5.
    let foreignObjects: Int

    /// Small, because there is one for each of a million objects.
    struct Origin: Sendable {
        private let numbers: (group: UInt32, link: UInt32)

        init(group: Int, link: Int) { numbers = (UInt32(clamping: group), UInt32(clamping: link)) }

        var group: Int { Int(numbers.group) }
        var link: Int { Int(numbers.link) }
    }

    /// An object, and the form that asks for the newest release.
    public struct NewForm: Sendable, Hashable {
        /// The object that has the form.
        public let object: ObjectID
        /// What a release of the library before does not know.
        public let form: Form
    }

    /// The same file with other objects in the place of its own.
    func with(_ objects: [Object]) -> Snapshot {
        Snapshot(
            path: path, size: size, superblock: superblock, objects: objects, root: root, faults: faults,
            origins: origins, disorders: disorders, forms: forms, foreignObjects: foreignObjects)
    }

    /// The object of an id of this snapshot.
    public subscript(id: ObjectID) -> Object { objects[id.index] }

    /// Path of an object by the links through which it was found first.
    public func path(of id: ObjectID) -> String {
        var names: [String] = []
        var index = id.index
        while objects.indices.contains(index), let origin = origins[index] {
            names.append(objects[origin.group].links[origin.link].name)
            index = origin.group
        }
        return "/" + names.reversed().joined(separator: "/")
    }

    /// Paths of an object by hard links, the first one first.
    ///
    /// - Parameter most: Paths that are looked for; loops would give endlessly many.
    public func paths(of id: ObjectID, most: Int = 64) -> [String] {
        var paths = [path(of: id)]
        for group in objects where paths.count < most {
            for link in group.links where link.target == .hard(id) && paths.count < most {
                let parent = path(of: group.id)
                let path = parent == "/" ? "/" + link.name : parent + "/" + link.name
                if !paths.contains(path) { paths.append(path) }
            }
        }
        return paths
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - limits: Bounds of what is taken from it.
    ///   - policy: Which values of datasets are read, and which groups are entered.
    ///   - entering: Paths from the root that somebody follows, and that are read in closed groups as well.
    ///   - foreign: Where libhdf5 is asked for values that our own reader cannot unpack; nil: they are not read.
    /// - Throws: If the file cannot be opened at all; what goes wrong later becomes a fault.
    public static func read(
        _ source: Source, limits: Limits = .default, policy: ValuePolicy = .small, entering: [String] = [],
        foreign: ForeignReader? = nil
    ) throws(Failure) -> Snapshot {
        try read(source, limits: limits, policy: policy, entering: entering, readers: .ours(foreign))
    }

    /// Opens a file and reads it.
    public static func read(
        _ path: String, limits: Limits = .default, policy: ValuePolicy = .small,
        foreign: ForeignReader? = nil
    ) throws(Failure) -> Snapshot {
        try read(Source.open(Name(path)), limits: limits, policy: policy, readers: .ours(foreign))
    }

    /// Who reads the objects of a file.
    package enum Readers: Sendable {
        /// Our own reader, and for values that it cannot unpack libhdf5, if somebody says where.
        case ours(ForeignReader?)
        /// libhdf5 in this process, for comparison.
        case libraryAlone

        /// Our own reader, with libhdf5 in this process.
        package static let both = Readers.ours(.inThisProcess)
        /// Our own reader; what it leaves is not read.
        package static let nativeAlone = Readers.ours(nil)
    }

    package static func read(
        _ path: String, limits: Limits = .default, policy: ValuePolicy = .small, readers: Readers
    ) throws(Failure) -> Snapshot {
        try read(Source.open(Name(path)), limits: limits, policy: policy, readers: readers)
    }

    private static func read(
        _ source: Source, limits: Limits, policy: ValuePolicy, entering: [String] = [], readers: Readers
    ) throws(Failure) -> Snapshot {
        let container = try Container(source, limits: limits)
        let walk = Walk(container, limits: limits, policy: policy, entering: entering, readers: readers)
        try walk.run()
        try container.checkUnchanged()
        return Snapshot(
            path: container.path, size: container.size, superblock: container.superblock,
            objects: walk.finishedObjects(), root: ObjectID(index: 0),
            faults: walk.faults + (container.unread.map { [Fault(place: "/", $0)] } ?? []), origins: walk.origins,
            disorders: walk.disorders, forms: walk.forms,
            foreignObjects: walk.foreignObjects)
    }
}
