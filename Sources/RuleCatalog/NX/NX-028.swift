// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx028 = Rule(
        "NX-028", .B, "axes do not fit the signal", applies: .anyNeXus,
        what: """
            The axes of NXdata against its signal: one name for each dimension, each a full stop or a field whose \
            length is that of its dimension or one more; AXISNAME_indices, auxiliary signals and errors in the shape \
            of their field; standard attributes of fields that name axes.
            """,
        why: "Values are plotted and read against the wrong axis, or not at all.",
        fix: """
            Write one name for each dimension into axes, with '.' for a dimension without axis, and AXISNAME_indices \
            for each axis.
            """,
        references: ["NXdata@axes, NXdata@AXISNAME_indices", "nexusformat/definitions#1396"],
        checks: [.conformance])
}

extension NXFault.ContradictingData {
    var told: Told {
        switch self {
        case .errors(let name, let shape, let stem, let other):
            Told("'\(name)' has shape \(words(shape)), '\(stem)' has \(words(other))")
        case .absentAuxiliary(let name): Told("auxiliary signal \(quoted(name)) is not there")
        case .auxiliary(let name, let shape, let signal, let other):
            Told("auxiliary signal \(quoted(name)) has shape \(words(shape)), '\(signal)' has \(words(other))")
        case .axes(let names, let signal, let shape, let fault):
            Told(
                "axes\(fault.owner) are \(words(names)); the signal '\(signal)' has shape \(words(shape)) "
                    + "(\(fault.words))")
        case .axesOfSignal(let names, let absent):
            Told(
                absent.map { "axes of \(Told.owner) are \(words(names)); \(quoted($0)) is not there" }
                    ?? "axes of \(Told.owner) hold no names")
        case .strideAlone(let name, let other): Told("'\(name)' stands without '\(other)'")
        case .strideType(let name, let stored): Told("'\(name)' is \(stored)")
        case .strideCount(let name, let count, let rank):
            Told("'\(name)' has \(count) number\(count == 1 ? "" : "s") for rank \(rank)")
        }
    }

    private func words(_ names: [String]) -> String { names.map(quoted).joined(separator: ", ") }

    private func words(_ shape: [Int]) -> String {
        shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: " x ")
    }
}

extension NXFault.ContradictingData.AxesFault {
    /// The group, where the fault stands at it and not at an axis.
    fileprivate var owner: String { if case .length = self { "" } else { " of " + Told.owner } }

    fileprivate var words: String {
        switch self {
        case .inOneString: "one string lists them"
        case .count(let names, let dimensions):
            "\(names) name\(names == 1 ? "" : "s") for \(dimensions) dimension\(dimensions == 1 ? "" : "s")"
        case .absent(let name): "\(quoted(name)) is not there"
        case .noField(let name): "\(quoted(name)) is no field"
        case .rank(let name, let rank): "\(quoted(name)) has \(rank) dimensions"
        case .indices(let name, let indices):
            "'\(name)_indices' is \(indices.map(String.init).joined(separator: ", "))"
        case .position(let name, let stands, let stated):
            "\(quoted(name)) stands at \(stands), '\(name)_indices' is \(stated)"
        case .length(let name, let length, let asked): "\(quoted(name)) has \(length) values for \(asked)"
        }
    }
}
