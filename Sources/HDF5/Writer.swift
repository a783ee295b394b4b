// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
public import Transport

/// Writes a new HDF5 file; equal calls give equal bytes (no times are stored).
///
/// Paths are absolute or relative to the root; groups on the way are created. Close it with `close()`, which tells of
/// failures; letting it go closes it in silence.
public struct Writer: ~Copyable {
    /// Which of the format's versions is written.
    public enum Format: Sendable {
        /// The oldest that can hold the content, as h5py does by default.
        case earliest
        /// The newest of the library: superblock version 3.
        case latest
    }

    let path: String
    let file: hid_t

    /// Creates a file, in place of one that is there.
    ///
    /// - Parameters:
    ///   - path: Where it is written.
    ///   - format: Which version of the format.
    ///   - userBlock: Bytes left free before the HDF5 content: 0, 512, 1024, 2048 ...
    /// - SeeAlso: H5Fcreate.
    public init(creating path: String, format: Format = .earliest, userBlock: Int = 0) throws(Failure) {
        let access = try Identifier("create", path) { H5Pcreate(chdf5_file_access()) }
        _ = try Door.call("create", path) { H5Pset_file_locking(access.id, false, true) }
        // Said for both: HDF5 2.0 no longer takes the oldest forms by default.
        let oldest = if case .latest = format { H5F_LIBVER_V110 } else { H5F_LIBVER_EARLIEST }
        _ = try Door.call("create", path) { H5Pset_libver_bounds(access.id, oldest, H5F_LIBVER_V110) }
        let creation = try Identifier("create", path) { H5Pcreate(chdf5_file_create()) }
        _ = try Door.call("create", path) { H5Pset_obj_track_times(creation.id, false) }
        _ = try Door.call("create", path) { H5Pset_userblock(creation.id, hsize_t(clamping: userBlock)) }
        let file = try Door.call("create", path) {
            Name(path).withCString { H5Fcreate($0, chdf5_truncate(), creation.id, access.id) }
        }
        self.path = path
        self.file = file
    }

    deinit {
        let file = file
        _ = Door.ask { H5Fclose(file) }
    }

    /// Writes what is left and closes the file.
    ///
    /// - SeeAlso: H5Fflush, H5Fclose.
    public consuming func close() throws(Failure) {
        let file = file
        _ = try Door.call("write", path) { H5Fflush(file, H5F_SCOPE_LOCAL) }
    }

    /// Creates a group.
    ///
    /// - Parameter group: Path of the group.
    /// - SeeAlso: H5Gcreate2.
    public func group(_ group: String) throws(Failure) {
        let links = try linkList()
        let creation = try Identifier("create", group) { H5Pcreate(chdf5_group_create()) }
        _ = try Door.call("create", group) { H5Pset_obj_track_times(creation.id, false) }
        let file = file
        do {
            _ = try Identifier("create", group) {
                H5Gcreate2(file, group, links.id, creation.id, chdf5_default_list())
            }
        }
    }

    /// Writes an attribute of a group or a dataset.
    ///
    /// - SeeAlso: H5Acreate2, H5Awrite.
    public func attribute(_ name: String, _ content: Content, on path: String) throws(Failure) {
        let file = file
        let object = try Identifier("open", path) { H5Oopen(file, path, chdf5_default_list()) }
        let type = try TypeMaking.make(content.type)
        let space = try Self.space(content.shape, nil)
        let attribute = try Identifier("create", "\(path)@\(name)") {
            H5Acreate2(object.id, name, type.id, space.id, chdf5_default_list(), chdf5_default_list())
        }
        try content.withElements { (pointer) throws(Failure) in
            _ = try Door.call("write", "\(path)@\(name)") { H5Awrite(attribute.id, type.id, pointer) }
        }
    }

    /// Creates a link to an object that exists.
    ///
    /// - SeeAlso: H5Lcreate_hard.
    public func hardLink(_ path: String, to target: String) throws(Failure) {
        let links = try linkList()
        let file = file
        _ = try Door.call("create", path) {
            H5Lcreate_hard(file, target, file, path, links.id, chdf5_default_list())
        }
    }

    /// Creates a link to a path of this file, which need not exist.
    ///
    /// - SeeAlso: H5Lcreate_soft.
    public func softLink(_ path: String, to target: String) throws(Failure) {
        let links = try linkList()
        let file = file
        _ = try Door.call("create", path) { H5Lcreate_soft(target, file, path, links.id, chdf5_default_list()) }
    }

    /// Creates a link to a path of another file; neither need exist.
    ///
    /// - SeeAlso: H5Lcreate_external.
    public func externalLink(_ path: String, toFile name: String, path target: String) throws(Failure) {
        let links = try linkList()
        let file = file
        _ = try Door.call("create", path) {
            H5Lcreate_external(name, target, file, path, links.id, chdf5_default_list())
        }
    }

    /// Properties of links: groups on the way are created.
    func linkList() throws(Failure) -> Identifier {
        let list = try Identifier("prepare", path) { H5Pcreate(chdf5_link_create()) }
        _ = try Door.call("prepare", path) { H5Pset_create_intermediate_group(list.id, 1) }
        _ = try Door.call("prepare", path) { H5Pset_char_encoding(list.id, H5T_CSET_UTF8) }
        return list
    }

    static func space(_ shape: [Int]?, _ maxShape: [Int?]?) throws(Failure) -> Identifier {
        guard let shape else { return try Identifier("make an extent", "null") { H5Screate(H5S_NULL) } }
        if shape.isEmpty { return try Identifier("make an extent", "scalar") { H5Screate(H5S_SCALAR) } }
        let extent = shape.map { hsize_t(clamping: $0) }
        let most = (maxShape ?? shape).map { $0.map { hsize_t(clamping: $0) } ?? chdf5_unlimited() }
        guard most.count == extent.count else {
            throw Failure(attempt: "make an extent", subject: "\(shape)", innermost: "ranks differ")
        }
        return try Identifier("make an extent", "\(shape)") {
            H5Screate_simple(Int32(clamping: extent.count), extent, most)
        }
    }
}

extension Content {
    /// Lends the elements as the library wants them; not called if there are none to write.
    func withElements(_ write: (UnsafeRawPointer) throws(Failure) -> Void) throws(Failure) {
        switch elements {
        case .unwritten: return
        case .bytes(let bytes):
            let expected = product((shape ?? []) + [elementBytes])
            guard expected == bytes.count else {
                throw Failure(
                    attempt: "write", subject: "\(bytes.count) bytes",
                    innermost: "the shape \(shape ?? []) holds \(expected ?? 0)")
            }
            try Self.lend(bytes, write)
        case .strings(let texts):
            guard product(shape ?? []) == texts.count else {
                throw Failure(attempt: "write", subject: "\(texts.count) strings", innermost: "shape \(shape ?? [])")
            }
            let joined = texts.reduce(into: [UInt8]()) { $0 += Array($1.utf8) + [0] }
            var starts: [Int] = []
            var next = 0
            for text in texts {
                starts.append(next)
                next += text.utf8.count + 1
            }
            try Self.lend(joined) { (base) throws(Failure) in
                try Self.lend(starts.map { base + $0 }, write)
            }
        }
    }

    private static func lend<Element>(
        _ elements: [Element], _ use: (UnsafeRawPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try elements.withUnsafeBufferPointer { (lent) throws(Failure) in
            // Nothing is read of an empty one, which may have no address.
            if let base = lent.baseAddress {
                try use(UnsafeRawPointer(base))
            } else {
                var none: UInt64 = 0
                try use(&none)
            }
        }
    }

    private var elementBytes: Int { Self.bytes(of: given ?? type) }

    private static func bytes(of type: DataType) -> Int {
        switch type {
        case .integer(let bytes, _, _), .float(let bytes, _), .opaque(let bytes, _), .bitfield(let bytes): bytes
        case .string(let fixed, _, _): fixed ?? 8
        case .enumeration(let base, _, _): bytes(of: base)
        case .compound(let members): members.reduce(0) { $0 + bytes(of: $1.type) }
        case .array(let element, let shape): bytes(of: element) * shape.reduce(1, *)
        case .reference(let isRegion): isRegion ? 12 : 8
        case .variableLength, .time, .unknown: 0
        }
    }
}
