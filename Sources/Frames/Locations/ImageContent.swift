// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Archive
internal import HDF5
public import Transport

/// What a file that a description names is, by its first bytes.
///
/// - Source: imgCIF `_array_data_external_data.format`; imgcif.md 8.2.
public enum ImageContent: Sendable, Hashable {
    case cbf, hdf5, smv, tiff
    /// A whole file inside a compression.
    case wrapped(Wrapper)
    case zip, tar
    /// No bytes, or zeros only.
    case empty
    /// Something else, in words: "an HTML page".
    case other(String)

    /// - Throws: When the file cannot be read.
    public static func of(_ source: Source) throws(Failure) -> ImageContent {
        let head = try source.bytes(at: 0, count: min(source.size, 4096))
        if try Superblock.locate(in: source) != nil { return .hdf5 }
        return of(head)
    }

    /// - Parameter head: The first bytes, 4 KiB are enough.
    static func of(_ head: [UInt8]) -> ImageContent {
        if head.allSatisfy({ $0 == 0 }) { return .empty }
        if head.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) { return .hdf5 }
        if head.starts(with: "II*\0".utf8) || head.starts(with: "MM\0*".utf8) || head.starts(with: "II+\0".utf8) {
            return .tiff
        }
        if head.starts(with: "{".utf8), holds(head.prefix(64), "HEADER_BYTES") { return .smv }
        if let wrapper = Wrapper.of(head) { return .wrapped(wrapper) }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .zip }
        if MemberArchive.kind(of: head) == .tar { return .tar }
        if let text = text(head) { return text }
        if let other = others.first(where: { head.starts(with: $0.bytes) }) { return .other(other.words) }
        return .other("of no format that is known here")
    }

    /// Texts: CBF and CIF, and what servers and programs leave in the place of data.
    private static func text(_ head: [UInt8]) -> ImageContent? {
        let trimmed = head.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if trimmed.starts(with: "###CBF".utf8) || trimmed.starts(with: "#\\#CIF".utf8) { return .cbf }
        let front = trimmed.prefix(15).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if front.starts(with: "data_".utf8) { return .cbf }
        if front.starts(with: "<!doctype html".utf8) || front.starts(with: "<html".utf8) {
            return .other("an HTML page")
        }
        if front.starts(with: "<?xml".utf8) { return .other("XML") }
        if front.starts(with: "version https:/".utf8) || front.starts(with: "/annex/objects/".utf8) {
            return .other("a pointer to content that is kept elsewhere")
        }
        if front.first == UInt8(ascii: "{"), trimmed.prefix(200).contains(UInt8(ascii: "\"")) { return .other("JSON") }
        return nil
    }

    /// Formats of detectors that are not read, by how their files begin.
    private static let others: [(bytes: [UInt8], words: String)] = [
        (Array("FORMAT :".utf8), "a Bruker frame"), (Array("RAXIS".utf8), "an R-AXIS image"),
        (Array("R-AXIS".utf8), "an R-AXIS image"), (Array("{\nHeaderID".utf8), "an EDF image"),
        (Array("OD SAPPHIRE".utf8), "an Oxford image"), ([0xD2, 0x04, 0x00, 0x00], "a MAR image"),
        (Array("%PDF".utf8), "a PDF document"), (Array("Rar!".utf8), "a RAR archive"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7Z archive"),
    ]

    private static func holds(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return bytes.indices.dropLast(wanted.count - 1).contains { bytes[$0...].starts(with: wanted) }
    }

    /// "CBF", "an HTML page", "a gzip file"
    public var words: String {
        switch self {
        case .cbf: "CBF"
        case .hdf5: "HDF5"
        case .smv: "SMV"
        case .tiff: "TIFF"
        case .wrapped(let wrapper): "a \(wrapper.rawValue) file"
        case .zip: "a ZIP archive"
        case .tar: "a TAR archive"
        case .empty: "an empty file"
        case .other(let words): words
        }
    }

    /// The word of the dictionary for the format; nil for what holds no images.
    public var format: String? {
        switch self {
        case .cbf: "CBF"
        case .hdf5: "HDF5"
        case .smv: "SMV"
        case .tiff: "TIFF"
        case .other("a Bruker frame"): "BRUKER"
        case .other("a MAR image"): "MAR"
        case .wrapped, .zip, .tar, .empty, .other: nil
        }
    }
}
