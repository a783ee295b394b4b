// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF

extension CheckImgCIF {
    /// The tests of an image that fail whatever the image holds, in the order of the reference.
    ///
    /// A test that depends on the pixels, or passes with some of them, is not among them; nor is any when no image is
    /// looked at, since no location is given or the program fetches nothing from it.
    /// - Source: jamesrhester/ImgCIFHandler.jl:tools/image_checks.jl; the types of pixels are those of its readers,
    ///   src/cbf_image.jl and src/adsc_image.jl.
    public static func failuresOfImages(_ block: CIF.Block) -> [Verdict] {
        let items = Items(block)
        guard items.has("_array_data_external_data.uri"), stopsBeforeImages(items).isEmpty else { return [] }
        return Test.ofImages.map { verdict(on: $0, items) }.filter { !$0.isPass }
    }

    private static let encoding = "_array_structure.encoding_type"

    /// Dimensions can be told apart, and the stated encoding is one that its reader of the format makes.
    static func imageType(_ items: Items, _ log: inout Log) throws(Stop) {
        let precedences = try items.values("_array_structure_list.precedence")
        let dimensions = try items.values("_array_structure_list.dimension")
        for dimension in dimensions { _ = try dimension.integer("_array_structure_list.dimension") }
        for precedence in ["1", "2"] {
            guard let row = precedences.firstIndex(of: .text(precedence)), row < dimensions.count else {
                throw Stop("no _array_structure_list.precedence is \(precedence)")
            }
        }
        guard items.has(encoding) else { return }
        switch try items.values(encoding).first {
        case .text(let stated): judge(stated, format(items), &log)
        case .nothing: log.fail("\(encoding) is '.'", limit: "it compares with the first encoding alone")
        case .missing, nil: throw Stop("\(encoding) is '?'")
        }
    }

    private static func judge(_ stated: String, _ format: String?, _ log: inout Log) {
        guard let type = PixelType.all.first(where: { $0.name == stated }) else {
            let limit = stated.contains("64-bit integer") ? "it has no name for whole numbers of 64 bits" : nil
            return log.fail("\(encoding) is '\(stated)', which it calls no image", limit: limit)
        }
        switch format {
        case "SMV" where type.name != PixelType.smv:
            log.fail(
                "the encoding is '\(stated)', and it reads every SMV image as '\(PixelType.smv)'",
                limit: "it knows one encoding of SMV images")
        case "CBF" where !type.isOfCBF:
            log.fail(
                "the encoding is '\(stated)', and it reads whole numbers of CBF images with a sign",
                limit: "it does not ask CBF images for the sign of their numbers")
        default: break
        }
    }

    /// One overload is stated, and pixels of the stated encoding can reach it.
    static func overload(_ items: Items, _ log: inout Log) throws(Stop) {
        let name = "_array_intensities.overload"
        guard items.has(name) else { return }
        let values = try items.values(name)
        guard let value = values.first, values.count == 1 else {
            throw Stop("\(name) has \(values.count) values", limit: "it reads one overload for all arrays")
        }
        let overload = try value.number(name)
        guard let most = try greatest(items), overload > most else { return }
        // The dictionary has the first value that does not count, which may lie one beyond the last that can be stored.
        throw Stop(
            "\(name) is \(words(overload)), beyond the greatest value \(words(most)) of a pixel",
            limit: overload == most + 1 ? "it ends where it means to tell of an overload beyond the encoding" : nil)
    }

    /// The greatest value of a pixel as its reader makes it; nil when that cannot be told without an image.
    private static func greatest(_ items: Items) throws(Stop) -> Double? {
        let format = format(items)
        let stated = format == "SMV" ? PixelType.smv : items.distinct(encoding).texts.first
        guard items.distinct(encoding).count <= 1, let type = PixelType.all.first(where: { $0.name == stated }) else {
            return nil
        }
        // What contradicts the format is told as such; which of the two holds cannot be said.
        return format == "CBF" && !type.isOfCBF ? nil : type.greatest
    }

    /// The format of all external images; nil when it is not one.
    private static func format(_ items: Items) -> String? {
        let formats = items.distinct("_array_data_external_data.format")
        return formats.count == 1 ? formats.texts.first : nil
    }
}

/// A type of pixels that the reference has a name for.
private struct PixelType {
    let name: String
    /// Nil where no overload can lie beyond it.
    let greatest: Double?
    /// Its reader of CBF images makes such pixels.
    let isOfCBF: Bool

    static let smv = "unsigned 16-bit integer"

    static let all = [
        PixelType(name: "unsigned 8-bit integer", greatest: 255, isOfCBF: false),
        PixelType(name: "unsigned 16-bit integer", greatest: 65535, isOfCBF: false),
        PixelType(name: "unsigned 32-bit integer", greatest: 4_294_967_295, isOfCBF: false),
        PixelType(name: "signed 8-bit integer", greatest: 127, isOfCBF: false),
        PixelType(name: "signed 16-bit integer", greatest: 32767, isOfCBF: true),
        PixelType(name: "signed 32-bit integer", greatest: 2_147_483_647, isOfCBF: true),
        PixelType(name: "signed 32-bit real IEEE", greatest: nil, isOfCBF: true),
        PixelType(name: "signed 64-bit real IEEE", greatest: nil, isOfCBF: true),
        PixelType(name: "signed 32-bit complex IEEE", greatest: nil, isOfCBF: false),
    ]
}
