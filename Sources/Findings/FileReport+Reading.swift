// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
internal import Transport

/// What the catalogue says of a rule, which the wire form leaves out.
public struct RuleText: Sendable, Hashable {
    public let title: String
    public let why: String
    public let fix: String
    public let references: [String]

    public init(title: String, why: String, fix: String, references: [String]) {
        self.title = title
        self.why = why
        self.fix = fix
        self.references = references
    }
}

/// Why a report could not be read back.
public struct ReportFault: Error, Sendable, Hashable {
    /// The member at fault, such as "findings[2].level".
    public let member: String

    public init(_ member: String) { self.member = member }
}

extension FileReport {
    /// Reads what `encode` wrote.
    ///
    /// - Parameter texts: The texts of a rule for reports in the wire form, of the same release of the catalogue.
    /// - Throws: ReportFault naming the member that is absent or of another type; members that nobody knows are passed
    ///   over.
    public static func decode(_ value: JSONValue, texts: (RuleID) -> RuleText? = { _ in nil }) throws(ReportFault)
        -> FileReport
    {
        let object = ReportObject(value)
        let releases = try object.list("definitions") { one throws(ReportFault) in
            (try one.text("standard"), try one.text("release"), try one.text("sha256"))
        }
        let applied = try object.list("applied") { one throws(ReportFault) in
            let release = try one.text("release")
            let known = releases.first { $0.1 == release }
            return AppliedDefinition(
                standard: known?.0 ?? "", release: release, sha256: known?.2 ?? "", path: try one.text("path"),
                definition: one.optionalText("definition"), because: try one.text("because"))
        }
        let kind = try object.text("kind")
        var report = FileReport(
            path: try object.name(), size: try object.integer("size"), sha256: object.optionalText("sha256"),
            kind: FileKind(rawValue: kind) ?? .unknown, definition: object.optionalText("definition"), applied: applied,
            status: FileStatus(text: try object.text("status")), isFailing: try object.bool("failing"),
            isIncomplete: try object.bool("incomplete"), isUnread: try object.bool("unread"),
            outline: try object.text("outline"),
            findings: try object.list("findings") { one throws(ReportFault) in
                try Finding.decode(one, texts: texts)
            },
            notChecked: try object.list("notChecked") { one throws(ReportFault) in
                NotChecked(
                    rule: try one.rule("rule"),
                    Reason(.init(text: try one.text("reason")), try one.text("because")))
            },
            failures: try object.list("failures") { one throws(ReportFault) in
                try Failure(one)
            },
            experiments: value["experiments"]?.elements ?? [],
            compatibility: try value["compatibility"].map { one throws(ReportFault) in try Compatibility.decode(one) },
            answersMet: value["answersMet"]?.elements?.compactMap(\.integer) ?? [])
        report.experimentsUnshown = value["experimentsUnshown"]?.integer ?? 0
        report.seriesFacts = value["seriesFacts"]
        report.origin = value["origin"].flatMap(StatedOrigin.init)
        report.otherwise = object.optionalText("otherwise").map(FileStatus.init(text:))
        if value["otherProfiles"] != nil {
            report.otherProfiles = try object.list("otherProfiles") { one throws(ReportFault) in
                OtherProfile(try one.text("profile"), try one.rules("rules"))
            }
        }
        if let exhibits = value["exhibits"] { report.exhibits = try Exhibits.decode(exhibits) }
        if let kinship = value["kinship"] { report.kinship = try Kinship.decode(kinship) }
        return report
    }
}

extension Compatibility {
    fileprivate static func decode(_ value: JSONValue) throws(ReportFault) -> Compatibility {
        let object = ReportObject(value)
        return Compatibility(
            program: try object.text("program"), block: try object.text("block"),
            rows: try object.list("tests") { one throws(ReportFault) in
                Row(
                    test: try one.text("test"), isPass: try one.bool("pass"), reason: try one.text("reason"),
                    limit: one.optionalText("limit"), findings: try one.rules("findings"),
                    difference: one.optionalText("difference"))
            },
            stops: value["stops"]?.elements?.compactMap(\.string) ?? [])
    }
}

/// An object that is read member by member, each fault with the name of its member.
struct ReportObject {
    let value: JSONValue
    private let path: String

    init(_ value: JSONValue, path: String = "") {
        self.value = value
        self.path = path
    }

    func fault(_ name: String) -> ReportFault { ReportFault(path + name) }

    func text(_ name: String) throws(ReportFault) -> String {
        guard let text = value[name]?.string else { throw fault(name) }
        return text
    }

    func optionalText(_ name: String) -> String? { value[name]?.string }

    func integer(_ name: String) throws(ReportFault) -> Int {
        guard let integer = value[name]?.integer else { throw fault(name) }
        return integer
    }

    func bool(_ name: String) throws(ReportFault) -> Bool {
        guard let bool = value[name]?.bool else { throw fault(name) }
        return bool
    }

    func rule(_ name: String) throws(ReportFault) -> RuleID {
        guard let rule = RuleID(try text(name)) else { throw fault(name) }
        return rule
    }

    func rules(_ name: String) throws(ReportFault) -> [RuleID] {
        var rules: [RuleID] = []
        for element in value[name]?.elements ?? [] {
            guard let rule = element.string.flatMap({ RuleID($0) }) else { throw fault(name) }
            rules.append(rule)
        }
        return rules
    }

    func list<Element>(_ name: String, _ read: (ReportObject) throws(ReportFault) -> Element) throws(ReportFault)
        -> [Element]
    {
        guard let elements = value[name]?.elements else { throw fault(name) }
        var list: [Element] = []
        list.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            list.append(try read(ReportObject(element, path: "\(path)\(name)[\(index)].")))
        }
        return list
    }
}
