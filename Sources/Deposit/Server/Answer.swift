// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import Remote

/// What a repository answered, read.
struct Answer: Sendable {
    let status: Int
    /// nil where there is no body.
    let body: JSONValue?
    let reply: WebReply

    /// Names of fields with what is said of them, from a list that may come with any status.
    var errors: [FieldError] {
        (body?["errors"]?.elements ?? []).map { error in
            let field = error["field"]?.string ?? ""
            let messages = (error["messages"]?.elements ?? []).compactMap(\.string)
            return FieldError(field: field, words: messages.joined(separator: " "))
        }
    }

    /// The body holds something under `errors`, of whatever form.
    var hasErrors: Bool {
        switch body?["errors"] {
        case nil, .null?: false
        case .array(let list)?: !list.isEmpty
        case .object(let members)?: !members.isEmpty
        default: true
        }
    }

    /// Errors but for the one about files, which is expected while there are none, and then only.
    var errorsBesideFiles: [FieldError] {
        guard hasErrors else { return [] }
        let errors = errors
        guard !errors.isEmpty else { return [FieldError(field: "", words: "the server speaks of errors")] }
        let hasFiles = (body?["files"]?["count"]?.integer ?? 0) > 0
        return hasFiles ? errors : errors.filter { $0.field != "files.enabled" }
    }

    /// What the server says of a refusal.
    var message: String {
        let own = body?["message"]?.string ?? ""
        let fields = errors.map(\.line).joined(separator: "; ")
        return [own, fields].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// What a server says of one field of what it was sent.
struct FieldError: Sendable, Hashable {
    let field: String
    let words: String
    var line: String { field.isEmpty ? words : words.isEmpty ? field : "\(field): \(words)" }
}
