// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction
public import ImageHeaders

/// What kind of description a block holds.
public enum BlockKind: String, Sendable, Hashable {
    /// AXIS and ARRAY_STRUCTURE_LIST loops, with or without pixels.
    case imgCIF
    /// Pixels behind a comment header, and no loops that place them.
    case miniCBF
}

/// One block of a document as the model sees it.
public struct BlockReading: Sendable {
    /// The file that the document stands in.
    public let source: SourceID
    /// Index of the block in `Document.blocks`.
    public let blockIndex: Int
    public let name: String
    public let kind: BlockKind
    /// One experiment for each `_diffrn.id`, in the order of the file.
    public let experiments: [Experiment]
    /// The way from every frame to its image data.
    public let links: FrameLinks
    /// The rows of ARRAY_DATA_EXTERNAL_DATA.
    public let externalData: ExternalData
    /// The comment header of `_array_data.header_contents`, when there is one.
    public let header: ImageHeader?
    /// Where the frames of the block lie; made when it is first asked for.
    public let frames: BlockFrames
}

extension CIF.Document {
    /// Every block that holds imgCIF items or an image header, read into the model.
    ///
    /// - Parameter source: The number of the file, which every place carries; files that are merged need no renumbering.
    ///
    /// Linear in the size of the document. Faults of the file never stop the reading: what cannot be used stays nil or
    /// carries its reason, and rules report it.
    /// - Source: imgcif.md section 7.
    public func readBlocks(as source: SourceID = .main) -> [BlockReading] {
        var readings: [BlockReading] = []
        for (index, plain) in blocks.enumerated() {
            guard let kind = plain.imgCIFKind else { continue }
            let block = SourcedBlock(plain, in: source)
            let external = ExternalData(block: block)
            let links = FrameLinks(block: block, externalData: external)
            let header = ImageHeader(document: self, block: block)
            let experiments: [Experiment]
            switch kind {
            case .imgCIF:
                experiments = BlockReader(
                    document: self, block: block, header: header, links: links, externalData: external
                ).experiments()
            case .miniCBF:
                experiments = MiniCBFReader(document: self, block: block, header: header).experiments()
            }
            readings.append(
                BlockReading(
                    source: source, blockIndex: index, name: block.name, kind: kind, experiments: experiments,
                    links: links,
                    externalData: external, header: header,
                    frames: BlockFrames(block: block, links: links, externalData: external)))
        }
        return readings
    }
}

extension CIF.Block {
    /// The kind of description in this block; nil when no item of an imgCIF category occurs.
    ///
    /// Categories that cif_core has as well (DIFFRN, DIFFRN_SOURCE, DIFFRN_RADIATION) do not count.
    public var imgCIFKind: BlockKind? {
        let names = Set(categories.map { Self.bareName($0.name) })
        guard !names.isDisjoint(with: Self.imgCIFCategories) else { return nil }
        let places = names.contains("axis") || names.contains("array_structure_list") || names.contains("diffrn_scan")
        return names.contains("array_data") && !places && !names.contains("array_data_external_data")
            ? .miniCBF : .imgCIF
    }

    /// A category name without its leading underscore, in lower case.
    static func bareName(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasPrefix("_") ? String(lower.dropFirst()) : lower
    }

    private static let imgCIFCategories: Set<String> = [
        "array_data", "array_data_external_data", "array_element_size", "array_intensities", "array_structure",
        "array_structure_list", "array_structure_list_axis", "array_structure_list_section", "axis",
        "diffrn_data_frame", "diffrn_detector_axis", "diffrn_detector_element", "diffrn_measurement_axis",
        "diffrn_scan", "diffrn_scan_axis", "diffrn_scan_collection", "diffrn_scan_frame", "diffrn_scan_frame_axis",
    ]
}
