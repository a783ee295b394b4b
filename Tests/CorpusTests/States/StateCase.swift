// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An object of the complete NXmx file that an experiment needs, kept in a file of its own.
struct NeededObject: Sendable {
    /// What stands in its place in the main file is replaced by the way to it.
    let path: String
    /// Changes of the complete file that make room for it.
    var changes: [String] = []
    let content: Content

    enum Content: Sendable {
        /// Type, value in JSON with the number of values, extent and attributes.
        case numbers(type: String, value: @Sendable (Int) -> String, shape: [Int], attributes: String)
        /// A group, made with one of its fields.
        case group(@Sendable (String) -> String, field: String)
        case text(String)
    }

    var name: String { String(path.split(separator: "/").last ?? "") }

    /// Extent of numbers; nil for what no virtual dataset can stand for.
    var extent: (type: String, shape: [Int])? {
        guard case .numbers(let type, _, let shape, _) = content, !shape.isEmpty else { return nil }
        return (type, shape)
    }

    /// The object as a recipe writes it.
    func node(_ form: Form) -> String {
        switch content {
        case .numbers(let type, let value, let shape, let attributes):
            Self.numbers(type, value, shape, attributes, form)
        case .group(let make, let field): make(form == .whole ? field : Self.sized(form))
        case .text(let text): Self.text(text, form)
        }
    }

    /// What may be amiss with an object in a file that can be read.
    enum Form: CaseIterable { case whole, smaller, otherShape, unwritten, filter }

    private static func numbers(
        _ type: String, _ value: (Int) -> String, _ shape: [Int], _ attributes: String, _ form: Form
    ) -> String {
        let flat = shape.isEmpty && form != .whole ? [1] : shape
        var shown = flat
        switch form {
        case .smaller: shown[0] -= 1
        case .otherShape: shown = flat.count == 3 ? flat.reversed() : flat == [1] ? [2, 3] : [1, 1] + flat
        case .whole, .unwritten, .filter: break
        }
        let chunk = shown.isEmpty ? "" : "$chunk: \([1] + shown.dropFirst()),"
        let most = shown.contains(0) ? "$maxShape: [null]," : ""
        let what = form == .unwritten ? "$unwritten: true" : shown.contains(0) ? "$fill: 0" : value(shown.reduce(1, *))
        let filters = form == .filter ? "$filters: [{id: 32099}]," : ""
        return "{\(what), $type: '\(type)', $shape: \(shown), \(chunk) \(most) \(filters) \(attributes)}"
    }

    /// The size of a module, which is two numbers.
    private static func sized(_ form: Form) -> String {
        numbers("int32", { $0 == 1 ? "$value: [20]" : "$value: [20, 30]" }, [2], "", form)
    }

    private static func text(_ text: String, _ form: Form) -> String {
        switch form {
        case .whole: "'\(text)'"
        case .smaller: "{$null: true, $type: 'string'}"
        case .otherShape: "{$value: [], $type: 'string', $shape: [0], $chunk: [1], $maxShape: [null]}"
        case .unwritten: "{$unwritten: true, $type: 'string[60]', $shape: [1], $chunk: [1]}"
        // Numbers where a text is expected, behind a filter: nobody can say what they are.
        case .filter: "{$fill: 7, $type: 'uint8', $shape: [60], $chunk: [1], $filters: [{id: 32099}]}"
        }
    }
}

/// How the main file leads to the object.
enum StateWay: CaseIterable {
    case external, linkToLink, softExternal, groupOfAnotherFile, virtual, virtualOfVirtual, externalVirtual

    var isVirtual: Bool { [.virtual, .virtualOfVirtual, .externalVirtual].contains(self) }
}

/// The state of the file that holds the object.
enum FileState: CaseIterable {
    case whole, absent, empty, page, half, noPermission, pipe, folder, linkOutside, otherDataset, smaller, otherShape,
        unwritten, filter, open, disordered

    /// What is amiss with the object itself.
    var form: NeededObject.Form {
        switch self {
        case .smaller: .smaller
        case .otherShape: .otherShape
        case .unwritten: .unwritten
        case .filter: .filter
        default: .whole
        }
    }

    /// What the index of a file that was not written to its end says depends on the release of the format.
    var hasFormats: Bool { self == .unwritten }

    /// Forms that only the newer release has.
    var isLatest: Bool { self == .open || self == .disordered }
}

extension NeededObject {
    /// No reader needs it, but rules read it.
    var isOptional: Bool {
        ["flatfield", "attenuator_transmission", "count_time", "saturation_value", "bit_depth_readout"].contains {
            path.hasSuffix("/" + $0)
        }
    }

    private static let detector = "/entry/instrument/detector"
    private static let transformations = "/entry/sample/transformations"

    private static func axis(_ type: String, _ vector: String, _ units: String, _ base: String) -> String {
        """
        "@units": "\(units)", "@transformation_type": "\(type)", "@vector": \(vector), "@depends_on": "\(base)"
        """
    }

    private static func frames(_ count: Int, at path: String, _ changes: [String]) -> NeededObject {
        NeededObject(
            path: path, changes: changes,
            content: .numbers(type: "int32", value: { _ in "$counts: 1" }, shape: [count, 20, 30], attributes: ""))
    }

    private static func same(
        _ path: String, _ number: String, _ shape: [Int], _ attributes: String = "", type: String = "float64"
    ) -> NeededObject {
        NeededObject(
            path: path,
            content: .numbers(type: type, value: { _ in "$fill: \(number)" }, shape: shape, attributes: attributes))
    }

    /// Blocks of frames in the place of one dataset.
    private static func blocks(_ counts: [Int], but missing: Int) -> [String] {
        let blocks = counts.enumerated().filter { $0.offset != missing }.map { number, count in
            """
            {set: "/entry/data/data_00000\(number + 1)", to: {$counts: 1, $type: "int32", $shape: [\(count), 20, 30],
              $chunk: [1, 20, 30]}}
            """
        }
        return [
            #"{remove: "\#(detector)/data"}"#, #"{remove: "/entry/data/data"}"#, #"{remove: "/entry/data@signal"}"#,
        ]
            + blocks
    }

    /// Frames, mask, beam, settings, chains and modules.
    static let all: [NeededObject] = [
        frames(5, at: "/entry/data/data", [#"{remove: "\#(detector)/data"}"#]),
        frames(5, at: "/entry/data/data_000001", blocks([5], but: 0)),
        frames(2, at: "/entry/data/data_000002", blocks([2, 2, 1], but: 1)),
        same(detector + "/pixel_mask", "0", [20, 30], type: "uint32"),
        same(detector + "/flatfield", "1", [20, 30], type: "float32"),
        same("/entry/instrument/beam/incident_wavelength", "0.9795", [], #""@units": "angstrom""#),
        same("/entry/instrument/beam/incident_wavelength", "0.9795", [5], #""@units": "angstrom""#),
        same("/entry/instrument/attenuator/attenuator_transmission", "0.5", [], #""@units": """#),
        same(detector + "/count_time", "0.002", [5], #""@units": "s""#),
        same(detector + "/saturation_value", "800000", [], type: "int64"),
        same(detector + "/bit_depth_readout", "32", [], type: "int64"),
        same(detector + "/sensor_thickness", "0.00045", [], #""@units": "m""#),
        NeededObject(
            path: transformations + "/omega",
            changes: [#"{remove: "/entry/data/omega"}"#, #"{remove: "/entry/data@axes"}"#],
            content: .numbers(
                type: "float64",
                value: { "$value: [\((0..<$0).map { "\(Double($0) / 10)" }.joined(separator: ", "))]" }, shape: [5],
                attributes: axis("rotation", "[-1.0, 0.0, 0.0]", "deg", "."))),
        same(
            detector + "/transformations/det_z", "200", [1], axis("translation", "[0.0, 0.0, 1.0]", "mm", ".")),
        same(
            detector + "/module/module_offset", "0", [],
            axis("translation", "[1.0, 0.0, 0.0]", "mm", detector + "/transformations/det_z")
                + #", "@offset": [1.0275, 0.6675, 0.0], "@offset_units": "mm""#),
        NeededObject(
            path: detector + "/module/data_size",
            content: .numbers(
                type: "int32", value: { $0 == 1 ? "$value: [20]" : "$value: [20, 30]" }, shape: [2], attributes: "")),
        NeededObject(path: "/entry/sample/depends_on", content: .text(transformations + "/omega")),
        NeededObject(path: detector + "/depends_on", content: .text(detector + "/transformations/det_z")),
        NeededObject(
            path: detector + "/module",
            content: .group(
                { size in
                    func direction(_ vector: String) -> String {
                        "{$value: 0.000075, \(axis("translation", vector, "m", detector + "/module/module_offset")), "
                            + #""@offset": [0.0, 0.0, 0.0], "@offset_units": "m"}"#
                    }
                    return """
                        {"@NX_class": "NXdetector_module", data_origin: {$value: [0, 0], $type: "int32"},
                          data_size: \(size), data_stride: {$value: [1, 1], $type: "int32"},
                          module_offset: {$value: 0.0,
                            \(axis("translation", "[1.0, 0.0, 0.0]", "mm", detector + "/transformations/det_z")),
                            "@offset": [1.0275, 0.6675, 0.0], "@offset_units": "mm"},
                          fast_pixel_direction: \(direction("[-1.0, 0.0, 0.0]")),
                          slow_pixel_direction: \(direction("[0.0, -1.0, 0.0]"))}
                        """
                }, field: #"{$value: [20, 30], $type: "int32"}"#)),
    ]
}
