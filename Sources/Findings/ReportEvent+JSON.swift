// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON

extension RunHead {
    /// Version of the JSON document; members are added within a version, never renamed or removed.
    public static let schemaVersion = 1

    /// Writes the members of the object that the writer is in.
    public func write(into json: inout JSONWriter) {
        json.member("schemaVersion", Self.schemaVersion)
        json.object("tool") { json in
            json.member("name", "imprimatur")
            json.member("version", version)
        }
        json.object("profile") { json in
            json.member("name", profileName)
            json.member("sha256", profileDigest)
            json.member("failAt", failAt.rawValue)
            if !answeredFails { json.member("answeredFails", false) }
        }
        if let baseline { json.object("baseline") { $0.path(baseline) } }
    }

    /// Reads what was written.
    ///
    /// - Throws: ReportFault naming `schemaVersion` for a document of a later version, which is not guessed at.
    public static func decode(_ value: JSONValue) throws(ReportFault) -> RunHead {
        let object = ReportObject(value)
        let version = try object.integer("schemaVersion")
        guard version >= 1, version <= schemaVersion else { throw object.fault("schemaVersion") }
        let tool = ReportObject(value["tool"] ?? .null, path: "tool.")
        let profile = ReportObject(value["profile"] ?? .null, path: "profile.")
        guard let failAt = Level(rawValue: try profile.text("failAt")) else { throw profile.fault("failAt") }
        return RunHead(
            version: try tool.text("version"), profileName: try profile.text("name"),
            profileDigest: try profile.text("sha256"), failAt: failAt,
            answeredFails: value["profile"]?["answeredFails"]?.bool ?? true,
            baseline: try value["baseline"].map { one throws(ReportFault) in
                try ReportObject(one, path: "baseline.").name()
            })
    }
}

extension RunEnd {
    /// Writes the member `summary` of the object that the writer is in.
    public func write(into json: inout JSONWriter) {
        json.object("summary") { json in for status in FileStatus.all { json.member(status.text, self[status]) } }
        if !passedOver.isEmpty {
            json.object("passedOver") { json in
                for (kind, count) in passedOver.sorted(by: { $0.key < $1.key }) { json.member(kind, count) }
            }
        }
        if !notes.isEmpty {
            json.array("notes") { json in
                for note in notes {
                    json.object { json in
                        json.member("kind", note.kind.rawValue)
                        if let rule = note.rule { json.member("rule", rule.description) }
                        if let path = note.path { json.path(path) }
                        json.member("text", note.text)
                    }
                }
            }
        }
        if let interruptedOf { json.object("interrupted") { $0.member("inputs", interruptedOf) } }
    }

    /// Reads what was written.
    public static func decode(_ value: JSONValue) throws(ReportFault) -> RunEnd {
        guard let counts = value["summary"]?.members else { throw ReportFault("summary") }
        var end = RunEnd()
        for count in counts {
            guard let number = count.value.integer else { throw ReportFault("summary." + count.name) }
            if number != 0 { end.add(FileStatus(text: count.name), count: number) }
        }
        for count in value["passedOver"]?.members ?? [] {
            guard let number = count.value.integer else { throw ReportFault("passedOver." + count.name) }
            end.passedOver[count.name] = number
        }
        for (index, note) in (value["notes"]?.elements ?? []).enumerated() {
            let object = ReportObject(note, path: "notes[\(index)].")
            // A kind of a later release is passed over.
            guard let kind = RunNote.Kind(rawValue: try object.text("kind")) else { continue }
            end.notes.append(
                RunNote(
                    kind, rule: object.optionalText("rule").flatMap { RuleID($0) },
                    path: note["path"] == nil ? nil : try object.name(), try object.text("text")))
        }
        end.interruptedOf = value["interrupted"]?["inputs"]?.integer
        return end
    }
}

extension ReportEvent {
    /// The events that made a JSON document.
    ///
    /// - Throws: ReportFault naming the member that is absent or of another type.
    public static func read(_ document: JSONValue) throws(ReportFault) -> [ReportEvent] {
        var events = [ReportEvent.run(try RunHead.decode(document))]
        guard let files = document["files"]?.elements else { throw ReportFault("files") }
        for file in files { events.append(.file(try FileReport.decode(file))) }
        events.append(.end(try RunEnd.decode(document)))
        return events
    }
}
