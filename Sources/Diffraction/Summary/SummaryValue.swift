// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A value for programs: what the JSON of `inspect` is made of, without the text of it.
public enum SummaryValue: Sendable, Hashable {
    case null
    case text(String)
    case integer(Int)
    case number(Double)
    /// Where the value beside it comes from; doors print it with line and column.
    case origin(Origin)
    case list([SummaryValue])
    case object([SummaryMember])

    /// The value under a name; nil for other kinds and for names that are not there.
    public subscript(name: String) -> SummaryValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

/// A name and its value.
public struct SummaryMember: Sendable, Hashable {
    /// Name of the member, with its unit where it has one.
    public var name: String
    /// Value of the member.
    public var value: SummaryValue
}

extension SummaryValue {
    /// A number, or null when there is none or it is not finite.
    init(_ number: Double?) { self = number.flatMap { $0.isFinite ? .number($0) : nil } ?? .null }

    init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    init(_ vector: Vector3?) {
        self =
            vector.map { $0.withoutNegativeZero }.map {
                .list([SummaryValue($0.x), SummaryValue($0.y), SummaryValue($0.z)])
            } ?? .null
    }

    /// `[fast, slow]`.
    init(_ pair: FastSlow<Double>?) {
        self = pair.map { .list([SummaryValue($0.fast), SummaryValue($0.slow)]) } ?? .null
    }

    init(_ pair: FastSlow<Int>?) { self = pair.map { .list([.integer($0.fast), .integer($0.slow)]) } ?? .null }

    /// One number for a list of one, else the list.
    init(_ numbers: [Double]?) {
        guard let numbers else {
            self = .null
            return
        }
        self = numbers.count == 1 ? SummaryValue(numbers[0]) : .list(numbers.map { SummaryValue($0) })
    }

    static func members(_ members: KeyValuePairs<String, SummaryValue>) -> SummaryValue {
        .object(members.map { SummaryMember(name: $0.key, value: $0.value) })
    }
}
