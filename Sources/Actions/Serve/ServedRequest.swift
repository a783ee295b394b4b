// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON

/// What a message to the service asks for.
public struct ServedRequest: Sendable {
    /// A file that is to be checked.
    public struct Target: Sendable, Hashable {
        public let path: String
        /// What names it for whoever asked; told in each of its events.
        public let identifiers: [JSONMember]
    }

    /// What is to be done.
    public enum Demand: Sendable {
        /// - Parameter profile: By name; nil for that of the service.
        case check([Target], profile: String?)
        /// A file that is checked once the run that it belongs to stops.
        case held
        /// A message that is known and says nothing of a file; its kind.
        case passed(String)
        /// Why it is not understood.
        case refused(String)
    }

    public let demand: Demand
    /// Members of the message that name it for whoever sent it.
    public let identifiers: [JSONMember]

    init(_ demand: Demand, _ identifiers: [JSONMember] = []) {
        self.demand = demand
        self.identifiers = identifiers
    }

    /// A message that cannot be read at all.
    public static func refused(_ why: String) -> ServedRequest { ServedRequest(.refused(why)) }
}

/// Reads messages of control systems in the shapes in which they send them, and keeps what belongs to runs that go on.
///
/// - Source: ESS kafka-to-nexus, schema `wrdn`; event-model of Bluesky, `stream_resource` and `run_stop`; zocalo,
///   messages with `recipes` and `parameters`.
public struct RequestReader: Sendable {
    /// Runs that are held at most, and files of one of them.
    static let mostRuns = 10_000
    static let mostFiles = 10_000

    /// The files of runs that have not stopped.
    private var runs: [String: [ServedRequest.Target]] = [:]

    public init() {}

    /// Files that wait for the end of their run, and the runs.
    public var waiting: (files: Int, runs: Int) { (runs.values.reduce(0) { $0 + $1.count }, runs.count) }

    /// Reads one message: a path, or JSON.
    public mutating func read(_ line: [UInt8]) -> ServedRequest {
        guard let first = line.first(where: { $0 > 0x20 }) else { return .refused("the message is empty") }
        guard [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(first) else {
            guard let path = String(validating: line, as: UTF8.self), !path.utf8.contains(0) else {
                return .refused("the path is not UTF-8")
            }
            return ServedRequest(.check([.init(path: path, identifiers: [])], profile: nil))
        }
        do throws(JSONFault) {
            return read(try JSONReader.read(line))
        } catch {
            return .refused("the message is no JSON: \(error.reason) at byte \(error.column)")
        }
    }

    private mutating func read(_ value: JSONValue) -> ServedRequest {
        switch value {
        case .string(let path): return Self.one(path, nil, [])
        case .array(let parts):
            guard parts.count == 2, let kind = parts[0].string, parts[1].members != nil else { break }
            return document(kind, parts[1])
        case .object:
            if let kind = value["name"]?.string, let inner = value["doc"], inner.members != nil {
                return document(kind, inner)
            }
            return object(value)
        default: break
        }
        return .refused("the message is neither a path nor an object")
    }

    private mutating func object(_ value: JSONValue) -> ServedRequest {
        let identifiers = Self.identifiers(of: value)
        if value["recipes"] != nil || value["parameters"]?.members != nil {
            let parameters = value["parameters"] ?? .null
            let known = identifiers + Self.identifiers(of: parameters)
            guard let path = parameters["filename"]?.string else {
                return ServedRequest(.refused("its 'parameters' have no 'filename'"), known)
            }
            return Self.one(path, nil, known)
        }
        if value["run_start"]?.string != nil {
            if value["uri"] != nil { return document("stream_resource", value) }
            if value["exit_status"] != nil { return document("stop", value) }
        }
        if value["file_name"] != nil {
            guard let path = value["file_name"]?.string else {
                return ServedRequest(.refused("its 'file_name' is no text"), identifiers)
            }
            return Self.one(path, nil, identifiers)
        }
        if value["path"] != nil {
            guard let path = value["path"]?.string else {
                return ServedRequest(.refused("its 'path' is no text"), identifiers)
            }
            if let profile = value["profile"], profile != .null, profile.string == nil {
                return ServedRequest(.refused("its 'profile' is no text"), identifiers)
            }
            return Self.one(path, value["profile"]?.string, identifiers)
        }
        return ServedRequest(
            .refused(
                "the message has none of 'path', 'file_name', 'parameters' with 'filename', and 'uri' with 'run_start'"),
            identifiers)
    }

    /// A document of Bluesky by its kind.
    private mutating func document(_ kind: String, _ value: JSONValue) -> ServedRequest {
        let identifiers = Self.identifiers(of: value)
        switch kind {
        case "stream_resource":
            guard let run = value["run_start"]?.string, let uri = value["uri"]?.string else {
                return ServedRequest(.refused("a 'stream_resource' needs 'uri' and 'run_start'"), identifiers)
            }
            guard let path = FileAddress.path(of: uri) else {
                return ServedRequest(.refused("its 'uri' names no file of this machine"), identifiers)
            }
            guard runs[run] != nil || runs.count < Self.mostRuns, runs[run]?.count ?? 0 < Self.mostFiles else {
                return ServedRequest(.refused("too many files wait for the end of their run"), identifiers)
            }
            let target = ServedRequest.Target(path: path, identifiers: identifiers)
            // A file is announced once for each stream that it holds.
            if runs[run]?.contains(where: { $0.path == path }) != true { runs[run, default: []].append(target) }
            return ServedRequest(.held, identifiers)
        case "stop":
            guard let run = value["run_start"]?.string else {
                return ServedRequest(.refused("a 'stop' needs 'run_start'"), identifiers)
            }
            guard let targets = runs.removeValue(forKey: run) else {
                return ServedRequest(.passed("stop of a run without files"), identifiers)
            }
            return ServedRequest(.check(targets, profile: nil), identifiers)
        case "start", "descriptor", "event", "event_page", "datum", "datum_page", "resource", "stream_datum":
            return ServedRequest(.passed(kind), identifiers)
        default: return ServedRequest(.refused("documents of the kind '\(kind)' are not known"), identifiers)
        }
    }

    private static func one(_ path: String, _ profile: String?, _ identifiers: [JSONMember]) -> ServedRequest {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            return ServedRequest(.refused("its path is empty or holds a zero byte"), identifiers)
        }
        let plain = path.hasPrefix("file:") ? FileAddress.path(of: path) : path
        guard let plain else {
            return ServedRequest(.refused("its address names no file of this machine"), identifiers)
        }
        return ServedRequest(.check([.init(path: plain, identifiers: [])], profile: profile), identifiers)
    }

    private static let named = ["id", "job_id", "uid", "run_start", "ispyb_dcid", "service_id"]

    /// Members that name a message; numbers and texts of a bounded length alone.
    private static func identifiers(of value: JSONValue) -> [JSONMember] {
        named.compactMap { name in
            switch value[name] {
            case .string(let text)? where text.utf8.count <= 1_024: JSONMember(name, .string(text))
            case .integer(let number)?: JSONMember(name, .integer(number))
            case .number(let number)?: JSONMember(name, .number(number))
            default: nil
            }
        }
    }
}
