// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A group, a field or a link of a recipe.
indirect enum RecipeNode: Sendable {
    case group(RecipeGroup)
    case field(RecipeField)
    case link(RecipeLink)
}

/// Names with what they stand for, in the order of the recipe.
struct Named<Value: Sendable>: Sendable {
    private(set) var entries: [(name: String, value: Value)] = []

    subscript(name: String) -> Value? {
        get { entries.first { $0.name == name }?.value }
        set {
            let index = entries.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append((name, value))
            case (nil, nil): return
            }
        }
    }
}

struct RecipeGroup: Sendable {
    var attributes = Named<RecipeValue>()
    var members = Named<RecipeNode>()
}

struct RecipeField: Sendable {
    var value: RecipeValue
    var storage = RecipeStorage()
    var attributes = Named<RecipeValue>()
}

enum RecipeLink: Sendable {
    case hard(String)
    case soft(String)
    case external(file: String, path: String)
}

/// What a field or an attribute holds.
struct RecipeValue: Sendable {
    enum Elements: Sendable {
        case texts([String])
        case integers([Int])
        case reals([Double])
        case booleans([Bool])
        /// The same number everywhere.
        case fill(Double)
        /// Small counts that repeat from run to run.
        case counts(seed: Int)
        /// Frames that look like diffraction about a pixel, fast before slow, or their middle; written chunk by chunk.
        case diffraction(seed: Int, centre: [Int]?)
        /// The mask of such frames: 1 between modules, else 0.
        case gaps
        case unwritten
        case null
        /// A dataset whose elements lie in others.
        case virtual([Source])
    }

    /// A dataset that gives the next frames of a virtual one.
    struct Source: Sendable {
        var file: String
        var dataset: String
        var frames: Int
        /// The first frame that is taken, from 0, and how many the source holds.
        var first: Int
        var of: Int
        /// Rows of the frames that it gives, from the first frame on; nil: the next frames, whole.
        var rows: Range<Int>?
    }

    var elements: Elements
    /// nil: 64-bit numbers, strings of variable length.
    var type: TypeWord?
    /// [] for a scalar.
    var shape: [Int]
    /// What is laid over the elements, one after the other.
    var overlays: [Overlay] = []

    /// A change of numbers that were made by rule.
    enum Overlay: Sendable {
        /// One number in a box, one range a dimension.
        case box([Range<Int>], Double)
        /// A frame takes the elements of another.
        case frame(Int, like: Int)
    }
}

/// How a field is stored.
struct RecipeStorage: Sendable {
    struct Stage: Sendable {
        var id: Int
        var parameters: [UInt32] = []
        var isOptional = false
        /// Chunks are packed by us.
        var isBitshuffle = false
    }

    var chunk: [Int]?
    var stages: [Stage] = []
    var maxShape: [Int?]?
    var fillValue: Double?
    var isCompact = false

    /// libhdf5 has not every filter, so that chunks are written as they shall lie in the file.
    var needsRawChunks: Bool { stages.contains { $0.isBitshuffle || $0.id > 6 } }
}
