// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs
internal import JSON

/// Turns the JSON of a tree into nodes.
///
/// A text, a number, a boolean or a list of them is a field. An object is a field or a link when it has a name that
/// begins with `$`, else a group. Names that begin with `@` are attributes.
struct TreeReader {
    /// The recipe, for faults.
    let recipe: String

    func group(_ json: JSONValue, at path: String) throws(RecipeFault) -> RecipeGroup {
        guard case .group(let group) = try node(json, at: path) else {
            throw RecipeFault("\(recipe) \(path)", "a group is expected here")
        }
        return group
    }

    func node(_ json: JSONValue, at path: String) throws(RecipeFault) -> RecipeNode {
        guard let members = json.members else { return .field(RecipeField(value: try value(json, at: path))) }
        if let target = json["$hard"]?.string { return .link(.hard(target)) }
        if let target = json["$soft"]?.string { return .link(.soft(target)) }
        if let file = json["$external"]?.string {
            return .link(.external(file: file, path: json["$path"]?.string ?? "/"))
        }
        guard !members.contains(where: { $0.name.hasPrefix("$") }) else {
            return .field(
                RecipeField(
                    value: try value(json, at: path), storage: try storage(json, at: path),
                    attributes: try attributes(of: members, at: path)))
        }
        var group = RecipeGroup(attributes: try attributes(of: members, at: path))
        for member in members where !member.name.hasPrefix("@") {
            group.members[member.name] = try node(member.value, at: joined(path, member.name))
        }
        return .group(group)
    }

    private func attributes(of members: [JSONMember], at path: String) throws(RecipeFault) -> Named<RecipeValue> {
        var attributes = Named<RecipeValue>()
        for member in members where member.name.hasPrefix("@") {
            attributes[String(member.name.dropFirst())] = try value(member.value, at: path + member.name)
        }
        return attributes
    }

    private func joined(_ path: String, _ name: String) -> String { path == "/" ? "/" + name : path + "/" + name }

    /// A value in its short form, or in its long form with `$value`, `$range`, `$fill` and their like.
    func value(_ json: JSONValue, at path: String) throws(RecipeFault) -> RecipeValue {
        guard json.members != nil else {
            var found = Flat(recipe: recipe, path: path)
            let shape = try found.take(json)
            return RecipeValue(elements: try found.elements(), type: nil, shape: shape)
        }
        let type = try type(json, at: path)
        let stated = try json["$shape"].map { (shape) throws(RecipeFault) in try integers(shape, at: path) }
        if let inner = json["$value"] {
            var value = try self.value(inner, at: path)
            value.type = type
            if let stated { value.shape = stated }
            return value
        }
        let shape = stated ?? []
        if let range = json["$range"] { return try self.range(range, type: type, at: path) }
        if let fill = json["$fill"]?.double { return RecipeValue(elements: .fill(fill), type: type, shape: shape) }
        if let seed = json["$counts"]?.integer {
            return RecipeValue(
                elements: .counts(seed: seed), type: type, shape: shape, overlays: try overlays(json, shape, at: path))
        }
        if let seed = json["$diffraction"]?.integer {
            let centre = try json["$centre"].map { (centre) throws(RecipeFault) in try integers(centre, at: path) }
            guard centre?.count ?? 2 == 2 else {
                throw RecipeFault("\(recipe) \(path)", "a centre is two numbers of pixels, fast before slow")
            }
            return RecipeValue(elements: .diffraction(seed: seed, centre: centre), type: type, shape: shape)
        }
        if json["$gaps"]?.bool == true { return RecipeValue(elements: .gaps, type: type, shape: shape) }
        if json["$unwritten"]?.bool == true { return RecipeValue(elements: .unwritten, type: type, shape: shape) }
        if json["$null"]?.bool == true { return RecipeValue(elements: .null, type: type, shape: shape) }
        if let sources = json["$virtual"]?.elements {
            return RecipeValue(elements: .virtual(try self.sources(sources, at: path)), type: type, shape: shape)
        }
        throw RecipeFault("\(recipe) \(path)", "nothing says what the value is")
    }

    /// `$boxes: [[[0, 1], [0, 20], [0, 30], 7]]` lays 7 over the first frame; `$copies: [[0, 4]]` makes the fifth frame
    /// like the first.
    private func overlays(_ json: JSONValue, _ shape: [Int], at path: String) throws(RecipeFault) -> [RecipeValue
        .Overlay]
    {
        let fault = RecipeFault(
            "\(recipe) \(path)", "a box is a range for each dimension and a number, a copy two frames")
        var overlays: [RecipeValue.Overlay] = []
        for copy in json["$copies"]?.elements ?? [] {
            let frames = try integers(copy, at: path)
            guard frames.count == 2, let count = shape.first, frames.allSatisfy({ $0 < count }) else { throw fault }
            overlays.append(.frame(frames[1], like: frames[0]))
        }
        for box in json["$boxes"]?.elements ?? [] {
            guard let parts = box.elements, parts.count == shape.count + 1, let number = parts.last?.double else {
                throw fault
            }
            var ranges: [Range<Int>] = []
            for (part, extent) in zip(parts, shape) {
                let ends = try integers(part, at: path)
                guard ends.count == 2, ends[0] <= ends[1], ends[1] <= extent else { throw fault }
                ranges.append(ends[0]..<ends[1])
            }
            overlays.append(.box(ranges, number))
        }
        return overlays
    }

    private func type(_ json: JSONValue, at path: String) throws(RecipeFault) -> TypeWord? {
        guard let word = json["$type"]?.string else { return nil }
        guard let type = TypeWord(word) else { throw RecipeFault("\(recipe) \(path)", "'\(word)' is no type") }
        return type
    }

    func integers(_ json: JSONValue, at path: String) throws(RecipeFault) -> [Int] {
        let numbers = json.elements?.compactMap(\.integer)
        guard let numbers, numbers.count == json.elements?.count, numbers.allSatisfy({ $0 >= 0 }) else {
            throw RecipeFault("\(recipe) \(path)", "a list of whole numbers is expected")
        }
        return numbers
    }

    private func range(_ json: JSONValue, type: TypeWord?, at path: String) throws(RecipeFault) -> RecipeValue {
        guard let start = json["start"]?.double, let step = json["step"]?.double, let count = json["count"]?.integer,
            count >= 0
        else { throw RecipeFault("\(recipe) \(path)", "'$range' takes start, step and count") }
        // In hundred-thousandths, so that 3 * 0.1 is written as 0.3.
        let values = (0..<count).map { k in
            let exact = (start + Double(k) * step) * 1e5
            return exact.rounded() / 1e5
        }
        return RecipeValue(elements: .reals(values), type: type, shape: [count])
    }

    private func sources(_ json: [JSONValue], at path: String) throws(RecipeFault) -> [RecipeValue.Source] {
        var sources: [RecipeValue.Source] = []
        for source in json {
            guard let file = source["file"]?.string, let dataset = source["dataset"]?.string,
                let frames = source["frames"]?.integer, frames > 0
            else { throw RecipeFault("\(recipe) \(path)", "a source of '$virtual' takes file, dataset and frames") }
            let first = source["first"]?.integer ?? 0
            let whole = source["of"]?.integer ?? frames
            guard first >= 0, first + frames <= whole else {
                throw RecipeFault("\(recipe) \(path)", "a source of '$virtual' holds the frames that are taken of it")
            }
            let rows = source["rows"]?.elements?.compactMap(\.integer) ?? []
            sources.append(
                .init(
                    file: file, dataset: dataset, frames: frames, first: first, of: whole,
                    rows: rows.count == 2 && rows[0] < rows[1] ? rows[0]..<rows[1] : nil))
        }
        return sources
    }

    private func storage(_ json: JSONValue, at path: String) throws(RecipeFault) -> RecipeStorage {
        var storage = RecipeStorage()
        if let chunk = json["$chunk"] { storage.chunk = try integers(chunk, at: path) }
        storage.maxShape = json["$maxShape"]?.elements?.map(\.integer)
        storage.fillValue = json["$fillValue"]?.double
        storage.isCompact = json["$compact"]?.bool ?? false
        for filter in json["$filters"]?.elements ?? [] {
            switch filter.string {
            case "deflate": storage.stages.append(.init(id: 1, parameters: [6]))
            case "shuffle": storage.stages.append(.init(id: 2))
            case "fletcher32": storage.stages.append(.init(id: 3))
            case "bitshuffle-lz4":
                storage.stages.append(.init(id: FilterNumber.bitshuffle, isOptional: true, isBitshuffle: true))
            default:
                guard let id = filter["id"]?.integer else {
                    throw RecipeFault("\(recipe) \(path)", "a filter is a name or has an id")
                }
                let parameters = filter["parameters"]?.elements?.compactMap(\.integer) ?? []
                storage.stages.append(
                    .init(
                        id: id, parameters: parameters.map { UInt32(clamping: $0) },
                        isOptional: filter["optional"]?.bool ?? true))
            }
        }
        return storage
    }
}

/// The scalars of nested lists in order, and their shape.
private struct Flat {
    let recipe: String
    let path: String
    private var texts: [String] = []
    private var reals: [Double] = []
    private var integers: [Int] = []
    private var booleans: [Bool] = []
    private var kinds: Set<String> = []

    init(recipe: String, path: String) {
        self.recipe = recipe
        self.path = path
    }

    /// Takes a scalar or a list; returns its shape.
    mutating func take(_ json: JSONValue) throws(RecipeFault) -> [Int] {
        switch json {
        case .string(let text):
            texts.append(text)
            kinds.insert("text")
        case .integer(let number):
            integers.append(number)
            reals.append(Double(number))
            kinds.insert("integer")
        case .number(let number):
            reals.append(number)
            kinds.insert("real")
        case .bool(let bool):
            booleans.append(bool)
            kinds.insert("boolean")
        case .array(let elements):
            var inner: [Int]?
            for element in elements {
                let shape = try take(element)
                guard inner == nil || inner == shape else {
                    throw RecipeFault("\(recipe) \(path)", "the lists are of unequal length")
                }
                inner = shape
            }
            return [elements.count] + (inner ?? [])
        case .null, .object: throw RecipeFault("\(recipe) \(path)", "a text, a number or a boolean is expected")
        }
        return []
    }

    func elements() throws(RecipeFault) -> RecipeValue.Elements {
        switch kinds {
        case ["text"]: return .texts(texts)
        case ["integer"]: return .integers(integers)
        case ["real"], ["real", "integer"]: return .reals(reals)
        case ["boolean"]: return .booleans(booleans)
        case []: return .reals([])
        default: throw RecipeFault("\(recipe) \(path)", "the list mixes \(kinds.sorted().joined(separator: " and "))")
        }
    }
}
