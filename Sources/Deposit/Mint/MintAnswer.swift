// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
internal import Remote

/// What DataCite answered, read.
struct MintAnswer: Sendable {
    let status: Int
    /// nil where there is no body, or none of JSON.
    let body: JSONValue?

    init(_ reply: WebReply) {
        status = reply.status
        let isJSON = reply.type.hasSuffix("json")
        body = isJSON && !reply.bytes.isEmpty ? try? JSONReader.read(reply.bytes) : nil
    }

    /// What is said of the record, with any status.
    var errors: [MintError] {
        (body?["errors"]?.elements ?? []).map { error in
            MintError(
                source: error["source"]?.string ?? "",
                words: error["title"]?.string ?? error["detail"]?.string ?? "no reason is given")
        }
    }

    var attributes: JSONValue? { body?["data"]?["attributes"] }

    var state: MintState? {
        guard let attributes, let doi = attributes["doi"]?.string ?? body?["data"]?["id"]?.string,
            let word = attributes["state"]?.string
        else { return nil }
        return MintState(
            doi: doi, state: MintState.State(rawValue: word), url: attributes["url"]?.string, attributes: attributes)
    }

    /// What the server says of a refusal.
    var message: String { errors.map(\.line).joined(separator: "; ") }
}

/// What DataCite says of one property of a record; it names one fault of each property at a time.
public struct MintError: Sendable, Hashable {
    /// The property, such as "creators"; empty where none is named.
    public let source: String
    /// In the words of DataCite.
    public let words: String

    var line: String { source.isEmpty ? words : "\(source): \(words)" }
}

/// A DOI as DataCite has it.
public struct MintState: Sendable {
    /// How far a DOI has come.
    public enum State: String, Sendable {
        case draft, registered, findable
    }

    public let doi: String
    /// Nil for a word of a later interface.
    public let state: State?
    public let url: String?
    /// As DataCite gives them.
    public let attributes: JSONValue
}
