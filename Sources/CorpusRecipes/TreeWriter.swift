// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5
internal import ImageCodecs

/// Writes the tree of a recipe as an HDF5 file.
struct TreeWriter: ~Copyable {
    let writer: Writer
    let recipe: String
    private var hardLinks: [(path: String, target: String)] = []

    init(writer: consuming Writer, recipe: String) {
        self.writer = writer
        self.recipe = recipe
    }

    /// Groups and fields first, hard links when everything is there, and the file is closed.
    consuming func write(_ tree: RecipeGroup) throws {
        try write(tree, at: "/")
        for link in hardLinks { try writer.hardLink(link.path, to: link.target) }
        try writer.close()
    }

    private mutating func write(_ group: RecipeGroup, at path: String) throws {
        if path != "/" { try writer.group(path) }
        try write(group.attributes, on: path)
        for (name, node) in group.members.entries {
            let member = path == "/" ? "/" + name : path + "/" + name
            switch node {
            case .group(let inner): try write(inner, at: member)
            case .field(let field):
                try write(field, at: member)
                try write(field.attributes, on: member)
            case .link(.hard(let target)): hardLinks.append((member, target))
            case .link(.soft(let target)): try writer.softLink(member, to: target)
            case .link(.external(let file, let target)): try writer.externalLink(member, toFile: file, path: target)
            }
        }
    }

    private func write(_ attributes: Named<RecipeValue>, on path: String) throws {
        for (name, value) in attributes.entries {
            let content = try ContentMaker(recipe: recipe, path: "\(path)@\(name)").content(of: value)
            try writer.attribute(name, content, on: path)
        }
    }

    private func write(_ field: RecipeField, at path: String) throws {
        let maker = ContentMaker(recipe: recipe, path: path)
        if case .virtual(let sources) = field.value.elements {
            try writer.virtualDataset(
                path, maker.numberType(of: field.value), shape: field.value.shape,
                mappings: mappings(sources, shape: field.value.shape), fillValue: field.storage.fillValue)
            return
        }
        let storing = Storing(
            chunk: field.storage.chunk,
            stages: field.storage.stages.map { stage in
                Storing.Stage(
                    id: stage.id,
                    parameters: stage.isBitshuffle
                        ? [0, 5, UInt32(clamping: maker.numberType(of: field.value).numberBytes), 0, 2]
                        : stage.parameters,
                    isOptional: stage.isOptional)
            }, maxShape: field.storage.maxShape, isCompact: field.storage.isCompact,
            fillValue: field.storage.fillValue)
        guard field.storage.needsRawChunks else {
            try writer.dataset(path, maker.content(of: field.value), storing)
            return
        }
        let type = maker.numberType(of: field.value)
        try writer.dataset(path, .unwritten(type, shape: field.value.shape), storing)
        try writeChunks(of: field, type: type, at: path, maker)
    }

    /// Chunks that hold whole frames, packed as the filters ask; the last one is filled up with zeros.
    private func writeChunks(of field: RecipeField, type: DataType, at path: String, _ maker: ContentMaker) throws {
        let shape = field.value.shape
        guard let chunk = field.storage.chunk, let frames = shape.first, let step = chunk.first, step > 0,
            chunk.dropFirst() == shape.dropFirst()
        else { throw RecipeFault("\(recipe) \(path)", "chunks of this filter hold whole frames") }
        let frame = shape.dropFirst().reduce(1, *)
        // Forms of bitshuffle that are not made here are stated as not applied; what no reader decodes stays as it is.
        let skipped = field.storage.stages.enumerated().reduce(into: UInt32(0)) { bits, one in
            if one.element.id == FilterNumber.bitshuffle, !one.element.isBitshuffle, one.offset < 32 {
                bits |= 1 << UInt32(one.offset)
            }
        }
        for start in stride(from: 0, to: frames, by: step) {
            let held = min(step, frames - start)
            var bytes = try maker.bytes(of: field.value, type: type, from: start * frame, count: held * frame)
            bytes += [UInt8](repeating: 0, count: (step - held) * frame * type.numberBytes)
            if field.storage.stages.contains(where: \.isBitshuffle) {
                bytes = try BitshuffleLZ4.encode(bytes, elementBytes: type.numberBytes)
            }
            let offset = [start] + shape.dropFirst().map { _ in 0 }
            try writer.writeChunk(path, at: offset, bytes: bytes, skipped: skipped)
        }
    }

    private func mappings(_ sources: [RecipeValue.Source], shape: [Int]) -> [VirtualMapping] {
        var start = 0
        return sources.map { source in
            if let rows = source.rows {
                let columns = shape.dropFirst(2).map { Selection.Slab(start: 0, block: $0) }
                return VirtualMapping(
                    file: source.file, dataset: source.dataset,
                    destination: .hyperslab(
                        [
                            Selection.Slab(start: 0, block: source.frames),
                            Selection.Slab(start: rows.lowerBound, block: rows.count),
                        ] + columns), source: .all, sourceShape: [source.frames, rows.count] + shape.dropFirst(2))
            }
            let frame = shape.dropFirst().map { Selection.Slab(start: 0, block: $0) }
            let destination = Selection.hyperslab([Selection.Slab(start: start, block: source.frames)] + frame)
            start += source.frames
            let isWhole = source.first == 0 && source.of == source.frames
            let taken = Selection.hyperslab([Selection.Slab(start: source.first, block: source.frames)] + frame)
            return VirtualMapping(
                file: source.file, dataset: source.dataset, destination: destination, source: isWhole ? .all : taken,
                sourceShape: [source.of] + shape.dropFirst())
        }
    }
}
