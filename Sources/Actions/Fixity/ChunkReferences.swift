// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import JSON
public import Transport

/// Arrays of HDF5 files as references to their stored chunks, which readers of Zarr follow.
///
/// - Source: fsspec.github.io/kerchunk/spec.html, version 1; Zarr storage specification, version 2.
public struct ChunkReferences: Sendable {
    /// The document; nil where no array could be referred to.
    public let bytes: [UInt8]?
    /// Files and arrays that are left out, and why.
    public private(set) var failures: [Failure] = []

    /// Reads the structures of the files, and no pixel.
    ///
    /// - Parameter paths: One file stands at the root of the document, several in groups of their names.
    public init(of paths: [String]) {
        var failures: [Failure] = []
        var files: [(path: String, arrays: [ChunkedArray])] = []
        for path in paths {
            do throws(Failure) {
                let source = try Source.open(Name(path))
                guard try Superblock.locate(in: source) != nil else {
                    throw Failure(
                        attempt: "list the chunks of", subject: path, code: .foreign, words: "it is no HDF5 file",
                        remedy: "name HDF5 files")
                }
                let stored = try StoredParts(of: source)
                failures += stored.failures
                var arrays: [ChunkedArray] = []
                for table in stored.tables {
                    do throws(Failure) { arrays.append(try ChunkedArray(table, in: path)) } catch {
                        failures.append(error)
                    }
                }
                if stored.tables.isEmpty, stored.failures.isEmpty {
                    throw Failure(
                        attempt: "list the chunks of", subject: path, code: .absent,
                        words: "it holds no arrays of its own; those of links and virtual datasets lie in other files",
                        remedy: "name the files with the data")
                }
                if !arrays.isEmpty { files.append((path, arrays)) }
            } catch {
                failures.append(error)
            }
        }
        self.failures = failures
        bytes = files.isEmpty ? nil : Self.document(files, isAlone: paths.count == 1)
    }

    private static func document(_ files: [(path: String, arrays: [ChunkedArray])], isAlone: Bool) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("version", 1)
            json.object("templates") { json in
                for (number, file) in files.enumerated() { json.member("f\(number)", file.path) }
            }
            json.object("refs") { json in
                var groups = Set<String>()
                func group(_ path: [Substring], _ json: inout JSONWriter) {
                    for count in 0...path.count {
                        let front = path.prefix(count).map { $0 + "/" }.joined()
                        if groups.insert(front).inserted { json.member(front + ".zgroup", #"{"zarr_format":2}"#) }
                    }
                }
                for (number, file) in files.enumerated() {
                    let front = isAlone ? [] : [Substring(Name(file.path).last.text)]
                    for array in file.arrays {
                        let path = front + array.path.split(separator: "/")
                        group(Array(path.dropLast()), &json)
                        array.write(path.joined(separator: "/"), template: "{{f\(number)}}", &json)
                    }
                }
            }
        }
        return json.finish()
    }
}

/// One array with the chunks that are there.
private struct ChunkedArray: Sendable {
    let path: String
    private let table: StoredParts.Table
    private let type: String
    private let codecs: [Codec]
    private let chunk: [Int]

    /// How a filter is called in numcodecs, with its settings.
    private enum Codec: Sendable {
        case shuffle(elementSize: Int)
        case level(String, Int)
        case blosc(level: Int, shuffle: Int)
        case plain(String)
    }

    init(_ table: StoredParts.Table, in file: String) throws(Failure) {
        func refused(_ words: String) -> Failure {
            Failure(
                attempt: "refer to the chunks of", subject: file + "::" + table.path, code: .form("filter"),
                words: words,
                remedy: "write the array with deflate, or read it with an HDF5 library")
        }
        let shape = table.dataset.shape ?? []
        self.table = table
        path = table.path
        guard let type = Self.name(of: table.dataset.type) else {
            throw refused("Zarr has no name for \(table.dataset.type.words)")
        }
        self.type = type
        switch table.dataset.layout {
        case .chunked(let chunking):
            chunk = chunking.shape
            let isEven = zip(shape, chunking.shape).allSatisfy { $1 > 0 && $0 % $1 == 0 }
            guard table.filtersEdges || isEven else { throw refused("chunks at its edge are stored without filters") }
        default: chunk = table.parts.count > 1 ? [1] + shape.dropFirst() : shape
        }
        guard chunk.count == shape.count, chunk.allSatisfy({ $0 > 0 }) else {
            throw refused("its chunks have no extent")
        }
        guard !table.parts.contains(where: { $0.skipped != 0 }) else {
            throw refused("some chunks are stored without one of the filters, for which references have no word")
        }
        var codecs: [Codec] = []
        for filter in table.dataset.filters {
            switch filter.id {
            case 1: codecs.append(.level("zlib", Int(filter.parameters.first ?? 6)))
            case 2: codecs.append(.shuffle(elementSize: Int(filter.parameters.first ?? UInt32(Self.bytes(type)))))
            case 3: codecs.append(.plain("fletcher32"))
            case 307: codecs.append(.level("bz2", Int(filter.parameters.first ?? 9)))
            case 32_001:
                let settings = filter.parameters.dropFirst(4).map { Int($0) }
                codecs.append(.blosc(level: settings.first ?? 5, shuffle: settings.dropFirst().first ?? 1))
            case 32_015: codecs.append(.level("zstd", Int(Int32(bitPattern: filter.parameters.first ?? 3))))
            default:
                let name = filter.name.isEmpty ? "" : " (\(filter.name))"
                throw refused("numcodecs has no codec for filter \(filter.id)\(name) of HDF5")
            }
        }
        self.codecs = codecs
    }

    /// - Source: Zarr storage specification, version 2, data type encoding.
    private static func name(of type: DataType) -> String? {
        switch type {
        case .integer(let bytes, let isSigned, let bigEndian) where [1, 2, 4, 8].contains(bytes):
            (bytes == 1 ? "|" : bigEndian ? ">" : "<") + (isSigned ? "i" : "u") + "\(bytes)"
        case .float(let bytes, let bigEndian) where [2, 4, 8].contains(bytes): (bigEndian ? ">" : "<") + "f\(bytes)"
        default: nil
        }
    }

    private static func bytes(_ type: String) -> Int { Int(type.suffix(1)) ?? 1 }

    func write(_ name: String, template: String, _ json: inout JSONWriter) {
        json.member(name + "/.zarray", Self.text(metadata))
        json.member(name + "/.zattrs", Self.text(attributes))
        for part in table.parts {
            let key = zip(part.first, chunk).map { "\($0 / $1)" }.joined(separator: ".")
            json.name(name + "/" + key)
            json.written(
                ManifestJSON.line { json in
                    json.array { json in
                        json.string(template)
                        json.integer(part.address)
                        json.integer(part.size)
                    }
                })
        }
    }

    private static func text(_ body: (inout JSONWriter) -> Void) -> String {
        String(decoding: ManifestJSON.line(body), as: UTF8.self)
    }

    private func metadata(_ json: inout JSONWriter) {
        json.object { json in
            json.array("chunks") { json in for size in chunk { json.integer(size) } }
            json.name("compressor")
            json.written(Array("null".utf8))
            json.member("dtype", type)
            json.name("fill_value")
            json.written(Array(fill.utf8))
            if codecs.isEmpty {
                json.name("filters")
                json.written(Array("null".utf8))
            } else {
                json.array("filters") { json in for codec in codecs { Self.write(codec, &json) } }
            }
            json.member("order", "C")
            json.array("shape") { json in for size in table.dataset.shape ?? [] { json.integer(size) } }
            json.member("zarr_format", 2)
        }
    }

    /// What elements of chunks that were never written are read as.
    private var fill: String {
        guard let value = table.fillValue else { return "0" }
        if type.dropFirst().first == "f" {
            return value.isNaN
                ? "\"NaN\"" : value.isInfinite ? (value > 0 ? "\"Infinity\"" : "\"-Infinity\"") : "\(value)"
        }
        return Int(exactly: value).map(String.init) ?? UInt64(exactly: value).map(String.init) ?? "0"
    }

    private static func write(_ codec: Codec, _ json: inout JSONWriter) {
        json.object { json in
            switch codec {
            case .shuffle(let size):
                json.member("elementsize", size)
                json.member("id", "shuffle")
            case .level(let name, let level):
                json.member("id", name)
                json.member("level", level)
            case .blosc(let level, let shuffle):
                json.member("blocksize", 0)
                json.member("clevel", level)
                json.member("cname", "lz4")
                json.member("id", "blosc")
                json.member("shuffle", shuffle)
            case .plain(let name): json.member("id", name)
            }
        }
    }

    /// Names of the dimensions, for xarray, and attributes of one text or number.
    private func attributes(_ json: inout JSONWriter) {
        json.object { json in
            json.array("_ARRAY_DIMENSIONS") { json in
                for dimension in (table.dataset.shape ?? []).indices { json.string("phony_dim_\(dimension)") }
            }
            for attribute in table.attributes where attribute.value.count == 1 {
                if let text = attribute.value.firstString {
                    json.member(attribute.name, text)
                } else if let number = attribute.value.firstInt {
                    json.member(attribute.name, number)
                } else if let number = attribute.value.firstDouble, number.isFinite {
                    json.member(attribute.name, number)
                }
            }
        }
    }
}
