// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import JSON

extension SeriesFacts {
    /// The facts as one process of this program sends them to another.
    var json: JSONValue {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return .object([
            JSONMember("wavelength", number(wavelength)), JSONMember("distance", number(distance)),
            JSONMember("size", size.map { .array([.integer($0.fast), .integer($0.slow)]) } ?? .null),
            JSONMember(
                "settings",
                .array(settings.map { .array([.string($0.name), .number($0.start), number($0.increment)]) })),
            JSONMember("placed", .bool(isPlacedByAxes)),
            JSONMember(
                "constants",
                .array(
                    constants.map { one in
                        .array(
                            [.string(one.fact.rawValue), .string(one.name), .string(one.text)]
                                + one.numbers.map { .number($0) })
                    })),
            JSONMember(
                "pixels",
                pixels.map {
                    .array([
                        .string(String($0.digest, radix: 16)), .integer($0.counts), number($0.mean),
                        .bool($0.isEven),
                    ])
                } ?? .null),
        ])
    }

    /// Reads what `json` wrote; nil if it makes no sense.
    init?(_ json: JSONValue) {
        guard let settings = json["settings"]?.elements else { return nil }
        let size = json["size"]?.elements?.compactMap(\.integer) ?? []
        self.init(
            wavelength: json["wavelength"]?.double, distance: json["distance"]?.double,
            size: size.count == 2 ? FastSlow(fast: size[0], slow: size[1]) : nil,
            settings: settings.compactMap { one in
                guard let parts = one.elements, parts.count == 3, let name = parts[0].string,
                    let start = parts[1].double
                else { return nil }
                return Setting(name: name, start: start, increment: parts[2].double)
            })
        isPlacedByAxes = json["placed"] == .bool(true)
        constants = (json["constants"]?.elements ?? []).compactMap { one in
            guard let parts = one.elements, parts.count >= 3,
                let fact = parts[0].string.flatMap(SeriesConstant.Fact.init(rawValue:)), let name = parts[1].string,
                let text = parts[2].string
            else { return nil }
            return SeriesConstant(fact, name: name, numbers: parts[3...].compactMap(\.double), text: text)
        }
        if let parts = json["pixels"]?.elements, parts.count == 4,
            let digest = parts[0].string.flatMap({ UInt64($0, radix: 16) }), let counts = parts[1].integer
        {
            pixels = Pixels(digest: digest, counts: counts, mean: parts[2].double, isEven: parts[3] == .bool(true))
        }
    }
}
