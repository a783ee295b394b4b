// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

extension Failure.Code {
    /// Codes that say all by their name.
    private static let plain: [(text: String, code: Failure.Code)] = [
        ("absent", .absent), ("permission", .permission), ("notRegular", .notRegular), ("offline", .offline),
        ("locked", .locked), ("changed", .changed), ("empty", .empty), ("foreign", .foreign), ("cut", .cut),
        ("damaged", .damaged), ("disordered", .disordered), ("usage", .usage), ("full", .full), ("network", .network),
    ]

    /// The code as reports write it: a word, and behind a colon what it is about.
    public var text: String {
        switch self {
        case .form(let form): "form: \(form)"
        case .filter(let number): "filter: \(number)"
        case .library(let library): "library: \(library)"
        case .refused(let policy): "refused: \(policy)"
        case .limit(let limit): "limit: \(limit)"
        case .ended(let end): "ended: \(end)"
        case .system(let number): "system: \(number)"
        default: Self.plain.first { $0.code == self }?.text ?? ""
        }
    }

    /// Reads the code; a word of a later release is the end of a reader, which nobody takes for less.
    init(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
        let rest = parts.count > 1 ? String(parts[1]) : ""
        switch parts.first {
        case "form": self = .form(rest)
        case "filter": self = Int(rest).map { .filter($0) } ?? .ended(text)
        case "library": self = .library(rest)
        case "refused": self = .refused(rest)
        case "limit": self = .limit(rest)
        case "ended": self = .ended(rest)
        case "system": self = Int32(rest).map { .system($0) } ?? .ended(text)
        default: self = Self.plain.first { $0.text == text }?.code ?? .ended(text)
        }
    }
}
