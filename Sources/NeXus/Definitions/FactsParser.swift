// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Parses the records of one class; lines and fields that it does not know are passed over.
struct FactsParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isLegacy: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, isLegacy: Bool) {
        self.bytes = bytes
        self.isLegacy = isLegacy
    }

    private static let deepest = 64

    func definition() -> Definition? {
        var result: Definition?
        // Items that are still open, the outermost first; depth n stands at n - 1.
        var open: [Item] = []
        var top: [Item] = []
        func close(to depth: Int) {
            while open.count > depth, let done = open.popLast() {
                if open.isEmpty { top.append(done) } else { open[open.count - 1].items.append(done) }
            }
        }
        var at = 0
        while at < bytes.count {
            let end = bytes[at...].firstIndex(of: 10) ?? bytes.count
            let fields = split(at..<end, 9)
            at = end + 1
            if result == nil {
                result = classRecord(fields)
            } else if let first = fields.first, let depth = number(first), (1...Self.deepest).contains(depth),
                let item = itemRecord(fields)
            {
                close(to: depth - 1)
                if open.count == depth - 1 { open.append(item) }
            }
        }
        close(to: 0)
        result?.items = top
        return result
    }

    private func classRecord(_ fields: [Range<Int>]) -> Definition? {
        guard fields.count >= 5, let category = Definition.Category(rawValue: text(fields[2])) else { return nil }
        var result = Definition(
            name: text(fields[1]), category: category, parent: optional(fields[3]), file: text(fields[4]))
        result.isLegacy = isLegacy
        for field in fields.dropFirst(5) {
            let (name, value) = pair(field)
            switch name {
            case "symbols": result.symbols = list(value)
            case "ignore":
                for word in list(value) {
                    switch word {
                    case "groups": result.ignored.insert(.groups)
                    case "fields": result.ignored.insert(.fields)
                    case "attributes": result.ignored.insert(.attributes)
                    default: break
                    }
                }
            case "deprecated": result.isDeprecated = true
            default: break
            }
        }
        return result
    }

    private func itemRecord(_ fields: [Range<Int>]) -> Item? {
        guard fields.count >= 9, let kind = kind(fields[1]), let match = match(fields[3]) else { return nil }
        let occurrence = fields[5]
        guard let dots = bytes[occurrence].firstIndex(of: UInt8(ascii: ".")), dots + 2 <= occurrence.upperBound else {
            return nil
        }
        var item = Item(
            kind: kind, name: optional(fields[2]), match: match, type: optional(fields[4]),
            minimum: number(occurrence.lowerBound..<dots) ?? 0, maximum: number((dots + 2)..<occurrence.upperBound),
            isRecommended: bytes[fields[6]].first == UInt8(ascii: "r"), units: optional(fields[7]),
            line: number(fields[8]) ?? 0)
        for field in fields.dropFirst(9) { take(field, into: &item) }
        return item
    }

    private func take(_ field: Range<Int>, into item: inout Item) {
        let (name, value) = pair(field)
        switch name {
        case "enum": item.enumeration = list(value)
        case "open": item.isOpen = true
        case "rank": item.rank = text(value)
        case "dim":
            guard let colon = bytes[value].firstIndex(of: UInt8(ascii: ":")),
                let index = number(value.lowerBound..<colon)
            else { return }
            let isOptional = bytes[value].last == UInt8(ascii: "?")
            let size = (colon + 1)..<max(colon + 1, isOptional ? value.upperBound - 1 : value.upperBound)
            item.extents.append(.init(index: index, size: text(size), isOptional: isOptional))
        case "deprecated": item.deprecation = item.deprecation ?? .init()
        case "use": item.deprecation?.replacement = text(value)
        case "issue": item.deprecation?.issue = text(value)
        case "target": item.target = text(value)
        case "signal", "axis", "primary", "axes": item.stated[name] = text(value)
        default: break
        }
    }

    // MARK: Pieces of a record

    private func split(_ range: Range<Int>, _ separator: UInt8) -> [Range<Int>] {
        var result: [Range<Int>] = []
        result.reserveCapacity(12)
        var start = range.lowerBound
        while let end = bytes[start..<range.upperBound].firstIndex(of: separator) {
            result.append(start..<end)
            start = end + 1
        }
        result.append(start..<range.upperBound)
        return result
    }

    private func pair(_ field: Range<Int>) -> (String, Range<Int>) {
        guard let sign = bytes[field].firstIndex(of: UInt8(ascii: "=")) else {
            return (text(field), field.upperBound..<field.upperBound)
        }
        return (text(field.lowerBound..<sign), (sign + 1)..<field.upperBound)
    }

    private func list(_ range: Range<Int>) -> [String] {
        split(range, UInt8(ascii: "|")).map(text)
    }

    private func optional(_ range: Range<Int>) -> String? {
        range.count == 1 && bytes[range.lowerBound] == UInt8(ascii: "-") ? nil : text(range)
    }

    private func text(_ range: Range<Int>) -> String {
        let slice = bytes[range]
        guard slice.contains(UInt8(ascii: "%")) else { return String(decoding: slice, as: UTF8.self) }
        var decoded: [UInt8] = []
        var at = range.lowerBound
        while at < range.upperBound {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < range.upperBound,
                let code = UInt8(String(decoding: bytes[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
            {
                decoded.append(code)
                at += 3
            } else {
                decoded.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private func number(_ range: Range<Int>) -> Int? {
        guard !range.isEmpty, range.count <= 9 else { return nil }
        var value = 0
        for byte in bytes[range] {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    private func kind(_ range: Range<Int>) -> Item.Kind? {
        switch bytes[range].first {
        case UInt8(ascii: "g"): .group
        case UInt8(ascii: "f"): .field
        case UInt8(ascii: "a"): .attribute
        case UInt8(ascii: "l"): .link
        case UInt8(ascii: "c"): .choice
        default: nil
        }
    }

    private func match(_ range: Range<Int>) -> Item.Match? {
        switch bytes[range].first {
        case UInt8(ascii: "s"): .specified
        case UInt8(ascii: "a"): .any
        case UInt8(ascii: "p"): .partial
        default: nil
        }
    }
}
