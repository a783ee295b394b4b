// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
import JSON
import RuleEngine
public import Transport

/// A repository that takes deposits: where it is and what it allows, read from `rules/repositories/<id>.json5`.
///
/// - Source: publication policies of the repositories; the files of the folder name theirs.
public struct RepositoryTarget: Sendable, Hashable {
    /// What a deposit may be.
    public struct Limits: Sendable, Hashable {
        /// Files of one record; nil where nothing is known.
        public var files: Int?
        /// Bytes of one record.
        public var bytes: Int?
        /// Bytes of one file.
        public var fileBytes: Int?
        /// Bytes of the name of a file.
        public var nameBytes: Int?
        public var requestsPerMinute: Int?
        public var requestsPerHour: Int?

        /// Limits; nil for those of which nothing is known.
        public init(
            files: Int? = nil, bytes: Int? = nil, fileBytes: Int? = nil, nameBytes: Int? = nil,
            requestsPerMinute: Int? = nil, requestsPerHour: Int? = nil
        ) {
            self.files = files
            self.bytes = bytes
            self.fileBytes = fileBytes
            self.nameBytes = nameBytes
            self.requestsPerMinute = requestsPerMinute
            self.requestsPerHour = requestsPerHour
        }
    }

    public var id: String
    public var name: String
    /// The address under which its interface is found; empty where it is given on the command line.
    public var api: String
    /// The page of a record; `{id}` stands for its number.
    public var record: String
    /// The address of a file; `{id}` and `{key}` stand for record and name.
    public var file: String
    /// What is published there stays.
    public var isProduction: Bool
    /// Prefix of the DOI that it gives; nil where it is not known before.
    public var doiPrefix: String?
    public var publisher: String
    /// DOI of its entry in re3data; nil where there is none.
    public var registry: String?
    public var limits: Limits
    /// Files can be sent in parts.
    public var isMultipart: Bool
    /// The variable of the environment that holds the token.
    public var tokenVariable: String

    /// The address of a file of a record.
    ///
    /// - Parameter key: The name of the file; what an address cannot hold is written as `%XX`.
    public func address(of key: Name, record id: String) -> String {
        file.replacing("{id}", with: id).replacing("{key}", with: AddressText.escaped(key))
    }

    // MARK: Reading

    /// The repositories that ship, by their ids.
    public static func ids(_ rules: RulesFolder) -> [String] {
        FolderWalk.names(under: rules.path + "/repositories").compactMap { path in
            let name = Name(path).last.text
            return name.hasSuffix(".json5") ? String(name.dropLast(".json5".count)) : nil
        }
    }

    /// Reads the repository of an id, or the file of the user's own that a path names.
    public static func find(_ word: String, _ rules: RulesFolder) throws(Failure) -> RepositoryTarget {
        let path = word.hasSuffix(".json5") ? word : rules.path + "/repositories/" + word + ".json5"
        guard let bytes = FileBytes.read(path) else {
            let known = ids(rules)
            let near = Spelling.nearest(to: word, among: known).map { "did you mean '\($0)'? " } ?? ""
            throw Failure(
                usage: "there is no repository '\(Escaping.line(word))'",
                remedy: near + "known are \(known.joined(separator: ", ")), or a file that ends in .json5")
        }
        do {
            return try RepositoryTarget(try JSONReader.read(bytes, .json5), path)
        } catch let fault as JSONFault {
            throw Failure(
                attempt: "read the repository", subject: path, code: .usage, words: fault.description,
                remedy: "mend the file")
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(attempt: "read the repository", subject: path, code: .usage, words: "\(error)")
        }
    }

    /// - Parameter path: For what is wrong with the value.
    init(_ json: JSONValue, _ path: String) throws(Failure) {
        let members = MemberReader(json, path, "repository")
        try members.allow([
            "id", "name", "api", "record", "file", "production", "doiPrefix", "publisher", "registry", "limits",
            "multipart", "token", "source",
        ])
        id = try members.text("id")
        name = try members.text("name")
        api = try members.text("api")
        record = try members.text("record")
        file = try members.text("file")
        isProduction = try members.flag("production")
        doiPrefix = json["doiPrefix"]?.string
        publisher = try members.text("publisher")
        registry = json["registry"]?.string
        isMultipart = try members.flag("multipart")
        tokenVariable = try members.text("token")
        let inner = MemberReader(json["limits"] ?? .object([]), path, "limits")
        try inner.allow(["files", "bytes", "fileBytes", "nameBytes", "requestsPerMinute", "requestsPerHour"])
        limits = Limits(
            files: try inner.count("files"), bytes: try inner.count("bytes"), fileBytes: try inner.count("fileBytes"),
            nameBytes: try inner.count("nameBytes"), requestsPerMinute: try inner.count("requestsPerMinute"),
            requestsPerHour: try inner.count("requestsPerHour"))
    }
}

/// Members of an object of a file of ours, with words for what is wrong.
struct MemberReader {
    private let json: JSONValue
    private let path: String
    private let subject: String

    init(_ json: JSONValue, _ path: String, _ subject: String) {
        self.json = json
        self.path = path
        self.subject = subject
    }

    /// Refuses a member of another name.
    func allow(_ names: [String]) throws(Failure) {
        for member in json.members ?? [] where !names.contains(member.name) {
            let near = Spelling.nearest(to: member.name, among: names).map { "did you mean '\($0)'? " } ?? ""
            throw fault("\(subject) has a member '\(member.name)'", near + "known are " + names.joined(separator: ", "))
        }
    }

    func text(_ name: String) throws(Failure) -> String {
        guard let value = json[name]?.string else { throw fault("\(subject) has no text '\(name)'", "add it") }
        return value
    }

    func flag(_ name: String) throws(Failure) -> Bool {
        guard let value = json[name]?.bool else { throw fault("\(subject) has no true or false '\(name)'", "add it") }
        return value
    }

    /// A number of things; nil where it is absent or null.
    func count(_ name: String) throws(Failure) -> Int? {
        guard let value = json[name], value != .null else { return nil }
        guard let number = value.integer, number >= 0 else {
            throw fault("'\(name)' of \(subject) is no whole number", "write digits alone")
        }
        return number
    }

    private func fault(_ words: String, _ remedy: String) -> Failure {
        Failure(attempt: "use", subject: path, code: .usage, words: words, remedy: remedy)
    }
}
