// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import JSON

extension AuthorFile {
    /// Every key of the file, in the order in which it is written.
    static let keys = [
        "schema", "data", "title", "abstract", "methods", "technicalInfo", "creators", "contributors", "contact",
        "licence", "embargo", "policy", "funding", "related", "techniques", "keywords", "language", "version", "doi",
        "url", "sample", "proposal", "facility", "beamline", "collected", "images", "communities", "target",
    ]

    static let personKeys = [
        "family", "given", "name", "orcid", "ror", "isni", "affiliations", "role", "email",
    ]

    /// Keys of `related`, with what their identifier is.
    static let relationKeys = [
        "paper", "letter", "pdb", "csd", "cod", "processed", "session", "instrument", "copy", "software", "relation",
    ]

    /// Identifiers of the general form of a relation, and their types.
    static let identifierKeys = [
        "doi": "DOI", "url": "URL", "handle": "Handle", "ark": "ARK", "arxiv": "arXiv", "isbn": "ISBN",
        "pmid": "PMID", "urn": "URN", "igsn": "IGSN", "swhid": "SWHID", "rrid": "RRID", "raid": "RAiD",
    ]
}

extension AuthorReader {
    mutating func file(_ root: PlacedJSON) -> AuthorFile {
        var file = AuthorFile()
        if root["schema"] == nil, root.value.members != nil {
            fault(root.offset, "the file has no 'schema'", "write schema: 1")
        }
        members(root, "the file", AuthorFile.keys) { reader, key, value in
            reader.take(key, value, into: &file)
        }
        return file
    }

    private mutating func take(_ key: String, _ value: PlacedJSON, into file: inout AuthorFile) {
        switch key {
        case "schema":
            if value.value.integer != 1 { fault(value.offset, "'schema' is 1 in this version", "write schema: 1") }
        case "data": file.data = texts(value, key)
        case "doi": file.doi = text(value, key)
        case "url": file.url = text(value, key)
        case "title": file.title = text(value, key)
        case "abstract": file.abstract = text(value, key)
        case "methods": file.methods = text(value, key)
        case "technicalInfo": file.technicalInfo = text(value, key)
        case "creators": file.creators = creators(value)
        case "contributors": file.contributors = list(value, key).map { person($0, "a contributor") }
        case "contact": file.contact = person(value, "'contact'")
        case "licence": file.licence = text(value, key)
        case "embargo": file.embargo = closure(value)
        case "policy": file.policy = text(value, key)
        case "funding": file.funding = list(value, key).map { grant($0) }
        case "related": file.related = list(value, key).compactMap { relation($0) }
        case "techniques": file.techniques = texts(value, key)
        case "keywords": file.keywords = texts(value, key)
        case "language": file.language = text(value, key)
        case "version": file.version = text(value, key)
        case "sample":
            members(value, "'sample'", ["name"]) { file.sample = $0.text($2, $1) }
        case "proposal":
            var proposal = AuthorFile.Proposal()
            members(value, "'proposal'", ["facility", "number"]) { reader, name, value in
                if name == "facility" { proposal.facility = reader.text(value, name) }
                if name == "number" { proposal.number = reader.text(value, name) }
            }
            file.proposal = proposal
        case "facility": file.facility = text(value, key)
        case "beamline": file.beamline = text(value, key)
        case "collected": file.collected = text(value, key)
        case "images": file.images = whole(value, key)
        case "communities": file.communities = texts(value, key)
        case "target": file.target = text(value, key)
        default: break
        }
    }

    private mutating func creators(_ value: PlacedJSON) -> AuthorFile.Creators? {
        if let word = value.value.string {
            guard word == "from-data" else {
                fault(
                    value.offset, "'creators' is a list, or \"from-data\"",
                    "write creators: [ { family: …, given: … } ]")
                return nil
            }
            return .fromData(place(value, "creators"))
        }
        return .named(list(value, "creators").map { person($0, "a creator") })
    }

    private mutating func person(_ value: PlacedJSON, _ what: String) -> AuthorFile.Person {
        var person = AuthorFile.Person(place: place(value, what))
        members(value, what, AuthorFile.personKeys) { reader, key, value in
            switch key {
            case "family": person.family = reader.text(value, key)
            case "given": person.given = reader.text(value, key)
            case "name": person.name = reader.text(value, key)
            case "orcid": person.orcid = reader.text(value, key)
            case "ror": person.ror = reader.text(value, key)
            case "isni": person.isni = reader.text(value, key)
            case "role": person.role = reader.text(value, key)
            case "email": person.email = reader.text(value, key)
            default: person.affiliations = reader.list(value, key).compactMap { reader.organisation($0) }
            }
        }
        if value.value.members != nil, person.family == nil, person.name == nil {
            fault(value.offset, "\(what) has no name", "write family and given, or name for an organisation")
        }
        return person
    }

    private mutating func organisation(_ value: PlacedJSON) -> AuthorFile.Organisation? {
        if value.value.string != nil {
            return text(value, "affiliations").map { AuthorFile.Organisation(name: $0) }
        }
        var name: Leaf?
        var ror: Leaf?
        members(value, "an affiliation", ["name", "ror"]) { reader, key, value in
            if key == "name" { name = reader.text(value, key) } else { ror = reader.text(value, key) }
        }
        guard let name else {
            if value.value.members != nil { fault(value.offset, "an affiliation has no name", "write name: …") }
            return nil
        }
        return AuthorFile.Organisation(name: name, ror: ror)
    }

    private mutating func closure(_ value: PlacedJSON) -> AuthorFile.Closure {
        var closure = AuthorFile.Closure(place: place(value, "embargo"))
        members(value, "'embargo'", ["until", "years", "from", "reason"]) { reader, key, value in
            switch key {
            case "until": closure.until = reader.text(value, key)
            case "years": closure.years = reader.whole(value, key)
            case "from": closure.from = reader.word(value, key, among: ["collected", "deposited"])
            default: closure.reason = reader.text(value, key)
            }
        }
        if value.value.members != nil, (closure.until == nil) == (closure.years == nil) {
            fault(
                value.offset, "'embargo' has " + (closure.until == nil ? "no end" : "two ends"),
                "write until: \"YEAR-MONTH-DAY\", or years: 3, from: \"collected\"")
        }
        return closure
    }

    private mutating func grant(_ value: PlacedJSON) -> AuthorFile.Grant {
        var grant = AuthorFile.Grant(place: place(value, "funding"))
        members(value, "a grant", ["funder", "ror", "award", "title", "url"]) { reader, key, value in
            switch key {
            case "funder": grant.funder = reader.text(value, key)
            case "ror": grant.ror = reader.text(value, key)
            case "award": grant.award = reader.text(value, key)
            case "title": grant.title = reader.text(value, key)
            default: grant.url = reader.text(value, key)
            }
        }
        if value.value.members != nil, grant.funder == nil {
            fault(value.offset, "a grant has no funder", "write funder: …")
        }
        return grant
    }

    private mutating func relation(_ value: PlacedJSON) -> AuthorFile.Relation? {
        let flags = ["identical", "repacked", "lossy", "subset"]
        let others = ["type", "role", "information"] + flags + AuthorFile.identifierKeys.keys.sorted()
        var found: [(key: String, value: Leaf)] = []
        var relation = AuthorFile.Relation(key: "", value: Leaf("", .stated(place(value, "related"))))
        members(value, "a relation", AuthorFile.relationKeys + others) { reader, key, value in
            if flags.contains(key) {
                relation.flags[key] = reader.flag(value, key)
            } else if let leaf = reader.text(value, key) {
                switch key {
                case "type": relation.type = leaf
                case "role": relation.role = leaf
                case "information": relation.information = leaf
                case _ where AuthorFile.identifierKeys[key] != nil:
                    relation.identifier = leaf
                    relation.identifierType = AuthorFile.identifierKeys[key]
                default: found.append((key, leaf))
                }
            }
        }
        guard found.count == 1 else {
            if value.value.members != nil {
                fault(
                    value.offset, "a relation names \(found.isEmpty ? "nothing" : "two things")",
                    "write one of: \(AuthorFile.relationKeys.joined(separator: ", "))")
            }
            return nil
        }
        (relation.key, relation.value) = found[0]
        if relation.key == "relation", relation.identifier == nil {
            fault(value.offset, "a relation has no identifier", "add doi: … or url: …")
            return nil
        }
        return relation
    }
}
