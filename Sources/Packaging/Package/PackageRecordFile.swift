// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
public import Transport

/// What a build planned and where the data came from, kept beside the deposit and never deposited: `plan.json`.
public struct PackageRecordFile: Sendable {
    public static let name = Name("plan.json")

    /// The program that built the package.
    public let program: String
    /// Day of the build, YYYY-MM-DD.
    public let date: String
    /// Identifier of the repository that limits were taken of; nil for none.
    public let target: String?
    /// Volumes were not written: `deposit` makes their bytes from the data.
    public let isVirtual: Bool
    /// Files of the deposit that hold data, in the order of their names.
    public let files: [PlannedFile]
    /// Requests that a deposit takes.
    public let requests: Int
    /// How the data were checked and passed; nil: they were not checked.
    public let check: Check?

    /// A check that the data passed.
    public struct Check: Sendable, Hashable {
        /// Name of the profile, and SHA-256 of its text.
        public let profile: String
        public let profileDigest: String
        /// Every frame was decoded.
        public let isComplete: Bool

        public init(profile: String, profileDigest: String, isComplete: Bool) {
            self.profile = profile
            self.profileDigest = profileDigest
            self.isComplete = isComplete
        }
    }

    /// That of files which were fetched: nothing is known but what they say themselves.
    static var unknown: Self {
        Self(program: "", date: "", target: nil, isVirtual: false, files: [], requests: 0, check: nil)
    }

    init(
        program: String, date: String, target: String?, isVirtual: Bool, files: [PlannedFile], requests: Int,
        check: Check?
    ) {
        self.check = check
        self.program = program
        self.date = date
        self.target = target
        self.isVirtual = isVirtual
        self.files = files
        self.requests = requests
    }

    var bytes: [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("schema", 1)
            json.member("program", program)
            json.member("date", date)
            json.member("target", target)
            json.member("virtual", isVirtual)
            json.member("bytes", files.reduce(0) { $0 + $1.size })
            json.member("requests", requests)
            if let check {
                json.object("check") { json in
                    json.member("profile", check.profile)
                    json.member("profileDigest", check.profileDigest)
                    json.member("complete", check.isComplete)
                }
            }
            json.array("files") { json in
                for file in files {
                    json.object { json in
                        json.member("name", file.name.text)
                        json.member("size", file.size)
                        json.member("volume", file.isVolume)
                        json.member("zip64", file.isZIP64)
                        json.array("members") { json in
                            for member in file.members {
                                json.object { json in
                                    json.member("path", member.path.text)
                                    json.member("source", member.source.text)
                                    json.member("size", member.size)
                                    json.member("seconds", Int(member.seconds))
                                    json.member("nanoseconds", Int(member.nanoseconds))
                                }
                            }
                        }
                    }
                }
            }
        }
        return json.finish()
    }

    /// Reads the file of a package.
    ///
    /// - Throws: When it is no such file, or of a later form.
    init(_ bytes: [UInt8], path: Name) throws(Failure) {
        let json: JSONValue
        do {
            json = try JSONReader.read(bytes)
        } catch {
            throw Self.fault(path, error.description)
        }
        guard json["schema"]?.integer == 1 else { throw Self.fault(path, "its form is not known to this program") }
        guard let program = json["program"]?.string, let date = json["date"]?.string,
            let isVirtual = json["virtual"]?.bool, let files = json["files"]?.elements
        else { throw Self.fault(path, "program, date, virtual or files are missing") }
        self.program = program
        self.date = date
        target = json["target"]?.string
        self.isVirtual = isVirtual
        requests = json["requests"]?.integer ?? 0
        check = json["check"].flatMap { value in
            guard let profile = value["profile"]?.string, let isComplete = value["complete"]?.bool else { return nil }
            return Check(
                profile: profile, profileDigest: value["profileDigest"]?.string ?? "", isComplete: isComplete)
        }
        var planned: [PlannedFile] = []
        for value in files {
            guard let name = value["name"]?.string, let size = value["size"]?.integer,
                let isVolume = value["volume"]?.bool,
                let members = value["members"]?.elements?.map(Self.member), !members.contains(where: { $0 == nil })
            else { throw Self.fault(path, "a file of it cannot be told") }
            let list = members.compactMap { $0 }
            guard isVolume || list.count == 1 else { throw Self.fault(path, "'\(name)' is no volume of one file") }
            let file = isVolume ? PlannedFile(volume: Name(name), list) : PlannedFile(plain: list[0])
            guard file.size == size, file.name == Name(name) else {
                throw Self.fault(path, "the size of '\(Escaping.line(name))' is not that of its members")
            }
            planned.append(file)
        }
        self.files = planned
    }

    private static func member(_ json: JSONValue) -> DataFile? {
        guard let path = json["path"]?.string, let source = json["source"]?.string, let size = json["size"]?.integer,
            let seconds = json["seconds"]?.integer, let nanoseconds = json["nanoseconds"]?.integer, size >= 0,
            size < Int.max / 4, Name(path).bytes.count <= 0xFFFF
        else { return nil }
        return DataFile(
            path: Name(path), source: Name(source), size: size, seconds: Int64(seconds),
            nanoseconds: Int64(nanoseconds))
    }

    private static func fault(_ path: Name, _ words: String) -> Failure {
        Failure(
            attempt: "read the package", subject: path.text, code: .form("package"), words: words,
            remedy: "build the package again")
    }
}
