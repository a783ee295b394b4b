// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// A repository of InvenioRDM as a client meets it, with its lies, on the loopback interface; gone with this value.
///
/// Made from what release 14.0.5 was measured to do. It keeps a ledger of what came in, and does wrong what a test asks
/// for, so that the ledger can prove what the client did about it.
public final class MockRepository: @unchecked Sendable {
    /// What is done to one call instead of a sound answer.
    public enum Fault: Sendable {
        /// Nothing is done; this is answered.
        case refuse(Int, [String: String] = [:], String = "{\"message\": \"no\"}")
        /// It is done, and this is answered.
        case doneBut(Int, String = "{\"message\": \"gateway\"}")
        /// It is done, and the connection ends in the middle of the answer.
        case cutAnswer
        /// The connection ends after so many bytes of the body; nothing is done.
        case cutRequest(after: Int)
        /// So many bytes of the body are read, then this is answered and the connection ends.
        case early(Int, after: Int)
        /// Other bytes are stored than came.
        case wrongBytes
        /// Nothing is done; the status of success comes with errors in the body.
        case errors(Int)
        /// It is done; the answer does not name the DOI. Nothing is reserved.
        case withoutDOI
        /// Another host is named.
        case redirect(String)
        /// Nothing is done or said for so many seconds, then the connection ends.
        case silence(Double)
        /// It is done, and a web page is answered.
        case page(Int)
        /// A list is answered that has nothing in it.
        case emptyList
        /// The token ends here: this call and all after it are refused.
        case expire
    }

    /// One request that came in.
    public struct Entry: Sendable {
        public let call: String
        public let key: String
        public let bytes: Int
        public let hasToken: Bool
        public let path: String
        /// What the call met: content for an entry that was committed.
        public let meetsCommitted: Bool
    }

    public struct File: Sendable {
        public var status = "pending"
        public var content: [UInt8]?
        public var transfer = "L"
        /// Bytes of parts by number, and how many there are to be.
        public var parts: [Int: [UInt8]] = [:]
        public var partCount = 0
        /// Reads after the commit until the sum of the parts is known.
        public var looks = 0

        public init(status: String = "pending", content: [UInt8]? = nil, transfer: String = "L") {
            self.status = status
            self.content = content
            self.transfer = transfer
        }
    }

    public struct Record: Sendable {
        public let id: String
        public var body: Data
        public var revision = 5
        public var doi: String?
        public var files: [String: File] = [:]
        public var isPublished = false
        public var isDraft = true
        public var inReview = false
        /// The state was listed since its files last changed.
        public var isSeen = false
        public var parent: String?
    }

    public static let token = "tok-0123456789abcdef-secret"

    private let lock = NSRecursiveLock()
    private var server: LoopbackServer?
    private var faults: [String: [Fault]] = [:]
    private var counter = 0
    private var isExpired = false
    private var bad = Set<Int>()

    /// The prefix of DOIs.
    public var prefix = "10.5072"
    /// Sizes come as 3.0, and sums without their name.
    public var isLoose = false
    /// New drafts show in lists after so many lists.
    public var lag = 0
    public var quota = 1 << 40
    /// Sums of parts are known after so many looks.
    public var sumLag = 0
    /// A part is lost on the server, without a word.
    public var loses: Int?
    private var storedDeclared = false
    /// Somebody declared a sum.
    public var isSumDeclared: Bool { lock.withLock { storedDeclared } }

    private var storedRecords: [String: Record] = [:]
    private var storedLedger: [Entry] = []
    private var storedPublished: [(id: String, isSeen: Bool, files: [String: [UInt8]])] = []
    private var storedDrafts = 0

    public var records: [String: Record] { lock.withLock { storedRecords } }
    public var ledger: [Entry] { lock.withLock { storedLedger } }
    /// What was published, with whether the client had looked at the files after their last change.
    public var published: [(id: String, isSeen: Bool, files: [String: [UInt8]])] { lock.withLock { storedPublished } }
    /// Drafts that were made.
    public var drafts: Int { lock.withLock { storedDrafts } }
    public var port: Int { server?.port ?? 0 }
    public var url: String { "http://127.0.0.1:\(port)" }

    public init() throws {
        server = try LoopbackServer(
            room: { [weak self] in self?.room($0) ?? 0 }, { [weak self] in self?.answer($0, $1) ?? .raw("") })
    }

    /// The next calls of this name go wrong so, one after the other.
    public func fail(_ call: String, _ faults: Fault...) {
        lock.withLock { self.faults[call, default: []] += faults }
    }

    /// Faults that nobody has met.
    public var faultsLeft: Int { lock.withLock { faults.values.reduce(0) { $0 + $1.count } } }

    /// Somebody changes a draft in the browser.
    public func edit(_ id: String, title: String) {
        lock.withLock {
            guard var record = storedRecords[id], var body = object(record.body) else { return }
            var metadata = body["metadata"] as? [String: Any] ?? [:]
            metadata["title"] = title
            body["metadata"] = metadata
            record.body = data(body)
            record.revision += 2
            storedRecords[id] = record
        }
    }

    /// Somebody changes something of a record.
    public func change(_ id: String, _ body: (inout Record) -> Void) {
        lock.withLock { if storedRecords[id] != nil { body(&storedRecords[id]!) } }
    }

    /// Somebody deletes a draft in the browser.
    public func remove(_ id: String) { lock.withLock { storedRecords[id] = nil } }

    public func renewToken() { lock.withLock { isExpired = false } }

    // MARK: Requests

    private struct Call {
        var name = "other"
        var id = ""
        var key = ""
    }

    private func call(_ request: LoopbackServer.Request) -> Call {
        let path = request.path.prefix { $0 != "?" }
        let parts = path.split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        guard parts.first == "api" else { return Call(name: "outside") }
        let rest = Array(parts.dropFirst())
        let id = rest.count > 1 ? rest[1] : ""
        let key = rest.count > 4 ? rest[4] : ""
        switch (request.method, rest.count, rest.dropFirst(2).joined(separator: "/")) {
        case ("POST", 1, _): return Call(name: "draft")
        case ("GET", 2, _) where rest[0] == "user": return Call(name: "drafts")
        case ("GET", 2, _): return Call(name: "read", id: id)
        case ("GET", 3, "draft"): return Call(name: "look", id: id)
        case ("PUT", 3, "draft"): return Call(name: "record", id: id)
        case ("DELETE", 3, "draft"): return Call(name: "discard", id: id)
        case ("POST", 3, "versions"): return Call(name: "version", id: id)
        case ("GET", 3, "files"): return Call(name: "public files", id: id)
        case ("GET", 5, _) where rest[2] == "files" && rest[4] == "content":
            return Call(name: "download", id: id, key: rest[3])
        case ("POST", 5, "draft/pids/doi"): return Call(name: "doi", id: id)
        case ("POST", 5, "draft/actions/publish"): return Call(name: "publish", id: id)
        case ("POST", 5, "draft/actions/files-import"): return Call(name: "import", id: id)
        case ("POST", 4, "draft/files"): return Call(name: "announce", id: id)
        case ("GET", 4, "draft/files"): return Call(name: "list", id: id)
        case ("GET", 5, _) where rest[3] == "files": return Call(name: "entry", id: id, key: key)
        case ("DELETE", 5, _) where rest[3] == "files": return Call(name: "delete", id: id, key: key)
        case ("PUT", 7, _) where rest[5] == "content": return Call(name: "part", id: id, key: key)
        case ("PUT", 6, _) where rest[5] == "content": return Call(name: "content", id: id, key: key)
        case ("POST", 6, _) where rest[5] == "commit": return Call(name: "commit", id: id, key: key)
        default: return Call()
        }
    }

    private func room(_ request: LoopbackServer.Request) -> Int {
        lock.withLock {
            switch faults[call(request).name]?.first {
            case .cutRequest(let after): after
            case .early(_, let after): after
            default: Int.max
            }
        }
    }

    private func answer(_ request: LoopbackServer.Request, _ number: Int) -> LoopbackServer.Answer {
        lock.lock()
        defer { lock.unlock() }
        let call = call(request)
        let file = storedRecords[call.id]?.files[call.key]
        storedLedger.append(
            Entry(
                call: call.name, key: call.key, bytes: request.body.count,
                hasToken: request.fields["authorization"] != nil, path: request.path,
                meetsCommitted: call.name == "content" && file?.status == "completed"))
        if call.name == "outside" { return .plain(404, [:], []) }
        let isOpen = ["read", "public files", "download"].contains(call.name)
        let isOurs = request.fields["authorization"] == "Bearer \(Self.token)" && !isExpired
        var fault: Fault?
        if faults[call.name]?.isEmpty == false { fault = faults[call.name]?.removeFirst() }
        if case .expire = fault { isExpired = true }
        if case .expire = fault { return json(401, ["message": "expired"]) }
        guard isOurs || isOpen else { return json(403, ["status": 403, "message": "Permission denied."]) }
        switch fault {
        case nil: return perform(call, request)
        case .refuse(let status, let fields, let body):
            return .plain(status, fields.merging(["Content-Type": "application/json"]) { a, _ in a }, Array(body.utf8))
        case .doneBut(let status, let body):
            _ = perform(call, request)
            return .plain(status, ["Content-Type": "application/json"], Array(body.utf8))
        case .cutAnswer:
            guard case .plain(let status, let fields, let body) = perform(call, request) else { return .raw("") }
            return .cut(status, fields, body, after: body.count / 2)
        case .cutRequest: return .raw("")
        case .early(let status, _):
            return .plain(
                status, ["Content-Type": "application/json", "Connection": "close"],
                Array("{\"message\": \"too large\"}".utf8))
        case .wrongBytes:
            var other = request
            if !other.body.isEmpty { other.body[0] ^= 0xFF }
            return perform(call, other)
        case .errors(let status):
            // As the real one: a failed upload takes its entry along.
            if call.name == "content" { storedRecords[call.id]?.files[call.key] = nil }
            if call.name == "draft" {
                guard case .plain(_, _, let body) = perform(call, request), var made = object(Data(body)) else {
                    return .raw("")
                }
                made["errors"] = [["field": "metadata.title", "messages": ["Not so."]]]
                return json(status, made)
            }
            return json(status, ["key": call.key, "errors": [["field": "x", "messages": ["It failed."]]]])
        case .withoutDOI:
            return json(201, ["id": call.id, "pids": [:] as [String: Any], "revision_id": 5])
        case .redirect(let place): return .plain(307, ["Location": place], [])
        case .silence(let seconds): return .silence(seconds: seconds)
        case .page(let status):
            _ = perform(call, request)
            return .plain(status, ["Content-Type": "text/html"], Array("<html><body>Sign in</body></html>".utf8))
        case .emptyList: return json(200, ["entries": [] as [Any], "hits": ["hits": [] as [Any]]])
        case .expire: return json(401, ["message": "expired"])
        }
    }

    // MARK: What a sound server does

    private func perform(_ call: Call, _ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        switch call.name {
        case "draft": return makeDraft(request.body)
        case "version": return makeVersion(of: call.id)
        case "drafts": return drafts(of: request)
        case "announce", "list", "entry", "delete", "content", "part", "commit": return files(call, request)
        case "public files", "download", "read": return open(call)
        default: break
        }
        guard var record = storedRecords[call.id], record.isDraft else {
            return json(404, ["status": 404, "message": "The persistent identifier does not exist."])
        }
        switch call.name {
        case "look": return json(200, shown(record))
        case "record":
            if let wanted = request.fields["if-match"], Int(wanted) != record.revision {
                return json(412, ["status": 412, "message": "Revision id provided(\(wanted)) doesn't match"])
            }
            guard let body = object(Data(request.body)) else { return json(400, ["message": "no JSON"]) }
            if let pids = body["pids"] as? [String: Any], pids.isEmpty { record.doi = nil }
            record.body = Data(request.body)
            record.revision += 2
            storedRecords[call.id] = record
            var answer = shown(record)
            if !record.files.values.contains(where: { $0.status == "completed" }) {
                answer["errors"] = [["field": "files.enabled", "messages": ["Missing uploaded files."]]]
            }
            return json(200, answer)
        case "doi":
            guard record.doi == nil else {
                return json(400, ["status": 400, "message": "A PID already exists for type doi"])
            }
            record.doi = "\(prefix)/\(call.id)"
            record.revision += 2
            storedRecords[call.id] = record
            return json(201, shown(record))
        case "publish":
            if record.inReview { return json(400, ["status": 400, "message": "You cannot publish in review"]) }
            guard !record.files.isEmpty, record.files.values.allSatisfy({ $0.status == "completed" }) else {
                return json(
                    400,
                    [
                        "message": "A validation error occurred.",
                        "errors": [["field": "files.enabled", "messages": ["no"]]],
                    ])
            }
            record.isPublished = true
            record.isDraft = false
            storedRecords[call.id] = record
            storedPublished.append((call.id, record.isSeen, record.files.compactMapValues(\.content)))
            return json(202, shown(record))
        case "import":
            guard record.files.isEmpty, let parent = record.parent.flatMap({ storedRecords[$0] }) else {
                return json(400, ["message": "Please remove all files first."])
            }
            record.files = parent.files
            storedRecords[call.id] = record
            return json(201, ["entries": record.files.keys.sorted().map { entry(record, $0) }])
        case "discard":
            storedRecords[call.id] = nil
            return .plain(204, [:], [])
        default: return json(404, ["message": "no such call"])
        }
    }

    private func makeDraft(_ bytes: [UInt8]) -> LoopbackServer.Answer {
        guard object(Data(bytes)) != nil else { return json(400, ["message": "no JSON"]) }
        counter += 1
        let record = Record(id: "d\(counter)-00000", body: Data(bytes))
        storedRecords[record.id] = record
        storedDrafts += 1
        return json(201, shown(record))
    }

    private func makeVersion(of id: String) -> LoopbackServer.Answer {
        guard let old = storedRecords[id], old.isPublished else { return json(404, ["message": "no record"]) }
        if let made = storedRecords.values.first(where: { $0.parent == id && $0.isDraft }) {
            return json(201, shown(made))
        }
        counter += 1
        var record = Record(id: "d\(counter)-00000", body: old.body)
        record.parent = id
        storedRecords[record.id] = record
        storedDrafts += 1
        return json(201, shown(record))
    }

    private func drafts(of request: LoopbackServer.Request) -> LoopbackServer.Answer {
        if lag > 0 {
            lag -= 1
            return json(200, ["hits": ["hits": [] as [Any], "total": 0] as [String: Any]])
        }
        let isFirst = request.path.contains("page=1&") || request.path.hasSuffix("page=1")
        let hits = isFirst ? storedRecords.values.sorted { $0.id < $1.id }.map(shown) : []
        return json(200, ["hits": ["hits": hits, "total": hits.count] as [String: Any]])
    }

    private func files(_ call: Call, _ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        guard var record = storedRecords[call.id], record.isDraft else { return json(404, ["message": "no draft"]) }
        defer { storedRecords[call.id] = record }
        let file = record.files[call.key]
        switch call.name {
        case "list":
            record.isSeen = true
            return json(200, ["enabled": true, "entries": record.files.keys.sorted().map { entry(record, $0) }])
        case "announce":
            let wanted = (try? JSONSerialization.jsonObject(with: Data(request.body)) as? [[String: Any]]) ?? []
            let keys = wanted.compactMap { $0["key"] as? String }
            if keys.contains(where: { record.files[$0] != nil }) {
                return json(400, ["status": 400, "message": "File with key already exists."])
            }
            if record.files.count + keys.count > 100 { return json(400, ["message": "Maximum of 100 files."]) }
            for key in keys { record.files[key] = File() }
            for one in wanted {
                guard let key = one["key"] as? String, let transfer = one["transfer"] as? [String: Any] else {
                    continue
                }
                storedDeclared = storedDeclared || one["checksum"] != nil
                record.files[key]?.transfer = transfer["type"] as? String ?? "L"
                record.files[key]?.partCount = transfer["parts"] as? Int ?? 0
            }
            record.isSeen = false
            return json(201, ["enabled": true, "entries": record.files.keys.sorted().map { entry(record, $0) }])
        case "entry":
            guard let file else { return json(404, ["message": "no file"]) }
            if file.looks > 0 { record.files[call.key]?.looks -= 1 }
            return json(200, entry(record, call.key))
        case "delete":
            guard file != nil else { return json(404, ["message": "no file"]) }
            record.files[call.key] = nil
            record.isSeen = false
            return .plain(204, [:], [])
        case "part":
            record.isSeen = false
            guard let file, file.status == "pending", file.transfer == "M" else { return json(404, ["message": "no"]) }
            let number = Int(request.path.split(separator: "/").last ?? "") ?? 0
            if loses == number {
                loses = nil
                return json(200, entry(record, call.key))
            }
            record.files[call.key]?.parts[number] = request.body
            return json(200, entry(record, call.key))
        case "content":
            record.isSeen = false
            guard let file else { return json(404, ["message": "no file"]) }
            if file.status == "completed" || !request.isWhole {
                record.files[call.key] = nil
                return json(
                    200, ["key": call.key, "status": "completed", "errors": [["field": "x", "messages": ["no"]]]])
            }
            guard request.body.count <= quota else { return json(413, ["message": "quota"]) }
            record.files[call.key]?.content = request.body
            return json(200, entry(record, call.key))
        default:
            record.isSeen = false
            if let file, file.transfer == "M" {
                // As the real one: parts that never came are zeros.
                let size = file.parts[1]?.count ?? 1
                let numbers = Array(1...max(1, file.partCount))
                record.files[call.key]?.content = numbers.flatMap {
                    file.parts[$0] ?? [UInt8](repeating: 0, count: size)
                }
                record.files[call.key]?.looks = sumLag
            }
            guard record.files[call.key]?.content != nil else {
                return json(500, ["status": 500, "message": "Internal error"])
            }
            record.files[call.key]?.status = "completed"
            return json(200, entry(record, call.key))
        }
    }

    private func open(_ call: Call) -> LoopbackServer.Answer {
        guard let record = storedRecords[call.id], record.isPublished else {
            return json(404, ["status": 404, "message": "The persistent identifier does not exist."])
        }
        switch call.name {
        case "read": return json(200, shown(record))
        case "public files":
            return json(200, ["entries": record.files.keys.sorted().map { entry(record, $0) }])
        default:
            guard let content = record.files[call.key]?.content else { return json(404, ["message": "no file"]) }
            return .plain(200, ["Content-Type": "application/octet-stream"], content)
        }
    }

    // MARK: Words

    private func shown(_ record: Record) -> [String: Any] {
        var body = object(record.body) ?? [:]
        body["id"] = record.id
        body["revision_id"] = record.revision
        body["is_published"] = record.isPublished
        body["is_draft"] = record.isDraft
        body["status"] = record.inReview ? "in_review" : "draft"
        body["files"] = ["enabled": true, "count": record.files.values.count { $0.status == "completed" }]
        body["pids"] = record.doi.map { ["doi": ["identifier": $0, "provider": "datacite"]] } ?? [:]
        return body
    }

    private func entry(_ record: Record, _ key: String) -> [String: Any] {
        guard let file = record.files[key] else { return [:] }
        var entry: [String: Any] = ["key": key, "status": file.status, "transfer": ["type": file.transfer]]
        if file.status == "completed", let content = file.content {
            let sum = Self.md5(content)
            entry["size"] = isLoose ? Double(content.count) + 0.0 : content.count
            if file.looks > 0 {
                entry["checksum"] = "multipart:abc-2"
            } else {
                entry["checksum"] = isLoose ? sum : "md5:" + sum
            }
        }
        return entry
    }

    private func object(_ data: Data) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    }

    private func data(_ object: [String: Any]) -> Data {
        (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
    }

    private func json(_ status: Int, _ object: [String: Any]) -> LoopbackServer.Answer {
        .plain(
            status,
            [
                "Content-Type": "application/json", "Retry-After": "60", "X-RateLimit-Remaining": "99",
                "Date": "Mon, 30 Nov 2026 10:43:36 GMT",
            ], Array(data(object)))
    }
}
