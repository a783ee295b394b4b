// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Where each frame of each stack of images comes from: file, dataset, position, or why from nowhere.
///
/// Made from metadata; no pixel is decoded. The only place that decides which datasets hold frames.
public final class FrameMap: Sendable {
    /// In the order of the walk through the file.
    public let stacks: [FrameStack]
    /// Where pixels lie in the end, each once, in the order in which they were met.
    public let stores: [FrameStore]
    /// What a way leads to and is not there.
    public let losses: [FrameLoss]
    /// What a way leads to and nobody looked at.
    public let unread: [UnreadFrames]
    /// Pixels of each panel, where the file states them.
    public let windows: [Area]

    public init(
        stacks: [FrameStack], stores: [FrameStore], losses: [FrameLoss], unread: [UnreadFrames], windows: [Area] = []
    ) {
        self.windows = windows
        self.stacks = stacks
        self.stores = stores
        self.losses = losses
        self.unread = unread
    }

    /// Two images lead to one frame of a store, whatever its pixels; true also where finding out takes too long.
    public var mayShareImages: Bool {
        var runs: [(store: Int, at: Stride)] = []
        for stack in stacks {
            for run in stack.runs {
                switch run.content {
                case .stored(let store, let at, _): runs.append((store, at))
                case .unread: return true
                case .fill, .absent: break
                }
            }
        }
        runs.sort { ($0.store, $0.at.first) < ($1.store, $1.at.first) }
        var open: [(store: Int, at: Stride)] = []
        for run in runs {
            open.removeAll { $0.store != run.store || $0.at.last < run.at.first }
            guard open.count < 64, open.allSatisfy({ $0.at.common(with: run.at) == .nothing }) else { return true }
            open.append(run)
        }
        return false
    }

    /// The map of a file that describes no frames.
    public static let empty = FrameMap(stacks: [], stores: [], losses: [], unread: [])
}

/// One dataset, or a run of blocks, that the file presents as a stack of frames or a list of values.
public struct FrameStack: Sendable {
    /// What a stack is to the file.
    public enum Role: Sendable, Hashable {
        /// The image data of the entry of this path.
        case signal(of: String)
        /// The frames of a scan of a document; nil: those that belong to none.
        case scan(String?)
        /// What a group of data or a detector presents.
        case member
        /// A virtual dataset of three or more dimensions that nothing of these leads to.
        case virtual
        /// A value that an experiment needs, one number a frame.
        case value
        /// Pixels that are laid over the frames of a detector, such as its mask.
        case array
    }

    /// One of the datasets the stack is made of.
    public struct Block: Sendable {
        /// Path by which it is reached from the main file.
        public let path: String
        /// Number of the file that holds it, and of the object in that file.
        public let file: Int
        /// The object, by its number or path in that file.
        public let object: Int
        /// Extent, slowest dimension first.
        public let shape: [Int]
        /// The first frame of the stack that it gives.
        public let start: Int
        /// The frames it is about, from 0.
        public let frames: Int
        /// Mappings of a virtual dataset; 0 for others.
        public let mappings: Int
        /// What elements read as that were never written; nil for the default.
        public let fillValue: Double?
        /// Mappings that lead to a loss, in their order, with the first loss of each.
        public let lost: [(mapping: Int, loss: Int)]
        /// What could not be followed of it, by index into `FrameMap.unread`.
        public let unread: [Int]

        public init(
            path: String, file: Int, object: Int, shape: [Int], start: Int, frames: Int, mappings: Int,
            fillValue: Double?, lost: [(mapping: Int, loss: Int)], unread: [Int]
        ) {
            self.path = path
            self.file = file
            self.object = object
            self.shape = shape
            self.start = start
            self.frames = frames
            self.mappings = mappings
            self.fillValue = fillValue
            self.lost = lost
            self.unread = unread
        }
    }

    /// What the stack is to the file.
    public let role: Role
    /// The datasets it is made of, in the order of their frames.
    public let blocks: [Block]
    /// Frames that the extents announce.
    public let frames: Int
    /// All pixels of a frame.
    public let whole: Area
    /// Where the pixels of each area come from.
    public let runs: [FrameRun]
    /// Parts of stored runs that were never written and read as the fill value.
    public let unwritten: [FrameRun]
    private let index: FrameIndex

    public init(
        role: Role, blocks: [Block], frames: Int, whole: Area, runs: [FrameRun], unwritten: [FrameRun]
    ) {
        index = FrameIndex(runs)
        self.role = role
        self.blocks = blocks
        self.frames = frames
        self.whole = whole
        self.runs = runs
        self.unwritten = unwritten
    }

    /// Path of the first dataset.
    public var path: String { blocks.first?.path ?? "" }

    /// The runs that hold a frame, in their order; takes the logarithm of their number and the answers.
    public func content(frame: Int) -> [FrameRun] {
        index.places(of: frame, in: runs).map { runs[$0] }
    }
}

/// Frames one step apart that share an area and the place where its pixels come from.
public struct FrameRun: Sendable, Hashable {
    /// The frames it is about, from 0.
    public let frames: Stride
    /// The pixels it is about.
    public let area: Area
    /// What the area shows.
    public let content: FrameContent

    public init(frames: Stride, area: Area, content: FrameContent) {
        self.frames = frames
        self.area = area
        self.content = content
    }
}

/// What an area of frames shows.
public enum FrameContent: Sendable, Hashable {
    /// The k-th frame of the run is frame `at[k]` of the store; `corner` are the same pixels there.
    case stored(Int, at: Stride, corner: Area)
    /// Reads as the fill value, since the source is not there or smaller; index into `FrameMap.losses`.
    case fill(Int)
    /// Named or announced, not there, and nothing is read in its place; index into `FrameMap.losses`.
    case absent(Int)
    /// Nobody looked; index into `FrameMap.unread`.
    case unread(Int)
}

/// Where pixels lie in the end: a dataset that is not virtual, the sections of a document, files that it names.
public struct FrameStore: Sendable, Hashable {
    /// Number of the file, and of the object in that file; 0 for files that are only named.
    public let file: Int
    /// The object, by its number or path in that file.
    public let object: Int
    /// Path in that file.
    public let path: String
    /// Extent, slowest dimension first.
    public let shape: [Int]
    /// The images of files that are named and that nobody opened; nil for what lies in a file of the set.
    public let images: NamedImages?

    public init(file: Int, object: Int, path: String, shape: [Int], images: NamedImages? = nil) {
        self.images = images
        self.file = file
        self.object = object
        self.path = path
        self.shape = shape
    }
}

/// Something that a way to pixels leads to and that is not there.
public struct FrameLoss: Sendable, Hashable {
    /// What is not there.
    public enum Kind: Sendable, Hashable {
        case file, object
        /// The file is there and cannot be read.
        case unreadable
        /// The dataset has another rank or is smaller than what is taken from it.
        case smaller
        /// The dataset takes its elements from itself.
        case circle
        /// A raw file is shorter than its segment.
        case rawShort
    }

    /// What is not there.
    public let kind: Kind
    /// Number of the file that is looked into; nil for one that is not there.
    public let file: Int?
    /// Name of the file as written, and path of the object.
    public let name: String
    /// The object, by its number or path in that file.
    public let object: String

    public init(kind: Kind, file: Int?, name: String, object: String) {
        self.kind = kind
        self.file = file
        self.name = name
        self.object = object
    }
}

/// Something that a way to pixels leads to, that may be there and was not looked at.
public struct UnreadFrames: Sendable, Hashable {
    /// Why nobody looked.
    public enum Cause: Sendable, Hashable {
        /// The link policy does not let us look.
        case refused
        /// The file or the object cannot be opened.
        case failed
        /// Selections or links of a form that is not followed.
        case form
        /// A limit of this program.
        case limit
    }

    /// Why nobody looked.
    public let cause: Cause
    /// Name of the file as written.
    public let name: String
    /// The object, by its number or path in that file.
    public let object: String
    /// What is so, such as "the name is absolute".
    public let words: String

    public init(cause: Cause, name: String, object: String, words: String) {
        self.cause = cause
        self.name = name
        self.object = object
        self.words = words
    }
}
