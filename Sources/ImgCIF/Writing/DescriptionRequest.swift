// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Transport

/// One image outside the description, as a row of ARRAY_DATA_EXTERNAL_DATA.
///
/// - Source: imgcif.md section 8.1.
public struct ExternalImage: Sendable, Hashable {
    /// CBF, SMV, HDF5, TIFF, MAR or Bruker.
    public var format: String
    public var uri: String
    /// Path inside the format, such as an HDF5 data set.
    public var path: String?
    /// Number of the image in its file, from 1.
    public var frame: Int
    /// ZIP, TGZ or TBZ.
    public var archiveFormat: String?
    public var archivePath: String?
    /// GZ or BZ2.
    public var fileCompression: String?

    public init(
        format: String, uri: String, path: String? = nil, frame: Int = 1, archiveFormat: String? = nil,
        archivePath: String? = nil, fileCompression: String? = nil
    ) {
        self.format = format
        self.uri = uri
        self.path = path
        self.frame = frame
        self.archiveFormat = archiveFormat
        self.archivePath = archivePath
        self.fileCompression = fileCompression
    }

    /// The images 1...count of a data set in one HDF5 file.
    public static func images(ofHDF5 uri: String, path: String, count: Int) -> [ExternalImage] {
        (0..<max(0, count)).map { ExternalImage(format: "HDF5", uri: uri, path: path, frame: $0 + 1) }
    }

    /// A name as a part of an address: what has a meaning there, and bytes that are no text, as %NN.
    ///
    /// - Source: RFC 3986 sections 2.1 and 3.3; letters beyond ASCII stay, RFC 3987.
    private static func escaped(_ name: String) -> String {
        let meanings = Set(" \"#%<>?[\\]^`{|}".utf8)
        let bytes = Name(name).bytes
        let isText = String(validating: bytes, as: UTF8.self) != nil
        guard !isText || bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || meanings.contains($0) }) else {
            return name
        }
        var text: [UInt8] = []
        for byte in bytes {
            let stays = byte >= 0x80 ? isText : byte >= 0x20 && byte != 0x7F && !meanings.contains(byte)
            if stays {
                text.append(byte)
            } else {
                text += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Single-image files below one location, or members of one archive.
    ///
    /// - Parameters:
    ///   - names: File names in the order of the frames; member paths when there is an archive.
    ///   - location: Folder address that the names are appended to; the address of the archive when there is one.
    ///   - archive: ZIP, TGZ or TBZ.
    public static func files(
        _ names: [String], format: String, at location: String, archive: String? = nil
    ) -> [ExternalImage] {
        let folder = location.hasSuffix("/") || location.isEmpty ? location : location + "/"
        return names.map { name in
            let lower = name.lowercased()
            let compression = lower.hasSuffix(".gz") ? "GZ" : lower.hasSuffix(".bz2") ? "BZ2" : nil
            return ExternalImage(
                format: format, uri: archive == nil ? folder + escaped(name) : location, archiveFormat: archive,
                archivePath: archive == nil ? nil : name, fileCompression: compression)
        }
    }
}

/// What a description is to say besides the experiment.
public struct DescriptionRequest: Sendable {
    /// What becomes of a point (0, 0) that is not the centre of the first pixel.
    public enum PixelOriginChoice: String, Sendable, Hashable, CaseIterable {
        /// The numbers stay: software sees one geometry in both files.
        case keep
        /// The dictionary's meaning: positions move by half a pixel to the centre of the first pixel.
        case centre
    }

    public var blockName: String
    /// The images of each scan in the order of the frames; empty when it is not known where they are.
    public var images: [[ExternalImage]]
    /// DOI of the data set, without resolver.
    public var doi: String?
    public var pixelOrigin: PixelOriginChoice
    /// Zone of dates that state none, such as "+01:00"; nil leaves them without.
    public var timeZone: String?
    /// Name and version of the program, for `_audit.creation_method`.
    public var program: String
    /// What the description was made from, for its first comment.
    public var source: String

    public init(
        blockName: String, images: [[ExternalImage]] = [], doi: String? = nil, pixelOrigin: PixelOriginChoice = .keep,
        program: String = "Imprimatur", source: String, timeZone: String? = nil
    ) {
        self.timeZone = timeZone
        self.blockName = blockName
        self.images = images
        self.doi = doi
        self.pixelOrigin = pixelOrigin
        self.program = program
        self.source = source
    }
}

/// Why an experiment cannot be described; nothing is invented in place of what is missing.
public enum DescriptionFault: Error, Sendable, Hashable {
    /// A fact without which the description would be false: "wavelength", "distance", "beam centre".
    case missing(String)
    case unplaced(panel: String, reason: String)
    case frame(String)
    case chain(String)
    case frameCount(scan: String, frames: Int, images: Int)

    /// One sentence with the remedy.
    public var sentence: String {
        switch self {
        case .missing(let fact): "the input gives no \(fact): give it by option"
        case .unplaced(let panel, let reason): "panel '\(panel)' cannot be placed: \(reason)"
        case .frame(let reason): "the frame of reference cannot be chosen: \(reason)"
        case .chain(let reason): "the axes cannot be written: \(reason)"
        case .frameCount(let scan, let frames, let images):
            "scan '\(scan)' has \(frames) frames, and \(images) images were given: name one image for each frame"
        }
    }
}

/// A written description.
public struct Description: Sendable {
    /// CIF 2.0.
    public var text: String
    /// What was assumed or left out, one sentence each; the same sentences stand as comments in the text.
    public var notes: [String]
}
