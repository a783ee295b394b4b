// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import JSON

/// Turns origins into words that lead a person to the place.
public struct OriginWords: Sendable {
    private let sources: SourceList

    /// - Parameter sources: The files of the reading that the origins are of.
    public init(sources: SourceList) { self.sources = sources }

    /// "26:13 _axis.vector[1]", "/entry/sample", "assumed: …".
    public func words(on origin: Origin) -> String {
        switch origin {
        case .stated(let place): return words(on: place)
        case .defaulted(let item): return "default of \(item)"
        case .assumed(let sentence): return "assumed: \(sentence)"
        case .option(let option): return "given by \(option)"
        case .derived(let sentence): return "derived: \(sentence)"
        }
    }

    private func words(on place: Place) -> String {
        switch place.spot {
        case .file: return "file"
        case .text(let offset, let item, let row):
            let more = item.map { " \($0)" } ?? ""
            return position(offset, place.source) + more + (row.map { " row \($0)" } ?? "")
        case .object(let path, let attribute): return path + (attribute.map { "@\($0)" } ?? "")
        case .header(let offset, let key): return position(offset, place.source) + " header \(key)"
        case .frames(_, let ranges): return FrameRanges.words(ranges)
        }
    }

    private func position(_ offset: Int, _ source: SourceID) -> String {
        guard let position = sources.position(of: offset, in: source) else { return "byte \(offset)" }
        return "\(position.line):\(position.column)"
    }
}

extension JSONValue {
    /// The summary as JSON, with origins as words.
    public init(_ value: SummaryValue, _ origins: OriginWords) {
        switch value {
        case .null: self = .null
        case .text(let text): self = .string(text)
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = .number(number)
        case .origin(let origin): self = .string(origins.words(on: origin))
        case .list(let items): self = .array(items.map { JSONValue($0, origins) })
        case .object(let members): self = .object(members.map { JSONMember($0.name, JSONValue($0.value, origins)) })
        }
    }
}
