// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON

/// What a page shows of a file beside its findings: raw data tables, pictures of frames, frames one by one, storage.
///
/// Made where a report asks for it; no document for programs holds it.
public struct Exhibits: Sendable, Hashable {
    /// A picture of a frame, or of the greatest counts of several.
    public struct Picture: Sendable, Hashable {
        /// "frame 1 of 3600".
        public let title: String
        /// What is shown and how, one matter each.
        public let captions: [String]
        /// Letters of base64 of a PNG file.
        public let png: String
        /// Pixels of the picture.
        public let width, height: Int
        /// Where pixels of the picture stand, for the script of the page; null where nothing places them.
        public let view: JSONValue

        public init(title: String, captions: [String], png: String, width: Int, height: Int, view: JSONValue) {
            self.title = title
            self.captions = captions
            self.png = png
            self.width = width
            self.height = height
            self.view = view
        }
    }

    /// The frames of one scan, those that were looked at one by one.
    public struct Stack: Sendable, Hashable {
        /// The id of the scan; empty for the only one.
        public let name: String
        /// Frames that are announced.
        public let announced: Int
        /// In rising order; frames without a cell were not looked at.
        public let cells: [Cell]

        public init(name: String, announced: Int, cells: [Cell]) {
            self.name = name
            self.announced = announced
            self.cells = cells
        }
    }

    /// One frame that was looked at.
    public struct Cell: Sendable, Hashable {
        /// What came of it.
        public enum State: String, Sendable, Hashable, CaseIterable {
            case decoded, saturated, empty, missing, undecodable
        }

        /// From 1 within its scan.
        public let frame: Int
        public let state: State
        /// Sum of the counts; nil where none were counted.
        public let total: Double?
        /// Why it is not decoded; empty for a frame that is.
        public let words: String

        public init(frame: Int, state: State, total: Double?, words: String) {
            self.frame = frame
            self.state = state
            self.total = total
            self.words = words
        }
    }

    /// How much of what a definition requires, recommends or allows is there.
    public struct Share: Sendable, Hashable {
        /// Path of the entry, and the definition with its release.
        public let entry, definition: String
        /// "required", "recommended" or "optional".
        public let occurrence: String
        /// Items that are asked for.
        public let asked: Int
        /// Paths below the entry of those that are not there; of very many the first.
        public let absent: [String]
        /// How many are not there.
        public let lacking: Int

        public init(entry: String, definition: String, occurrence: String, asked: Int, absent: [String], lacking: Int) {
            (self.entry, self.definition, self.occurrence) = (entry, definition, occurrence)
            (self.asked, self.absent, self.lacking) = (asked, absent, lacking)
        }
    }

    /// A term and what is so.
    public struct Line: Sendable, Hashable {
        public let term: String
        public let words: String

        public init(term: String, words: String) {
            self.term = term
            self.words = words
        }
    }

    public var sheets: [RawDataSheet] = []
    public var pictures: [Picture] = []
    /// Why there are fewer pictures than there might be.
    public var pictureNotes: [String] = []
    public var stacks: [Stack] = []
    /// Completeness against definitions, three of each entry.
    public var shares: [Share] = []
    /// Format of the file and storage of its frames.
    public var storage: [Line] = []
    /// Readers that would stop, or take something else than is meant.
    public var readers: [Line] = []
    /// Files that it leads to, by path.
    public var files: [String] = []

    public init() {}

    /// Nothing but frames is there, as of an image in the middle of a sweep.
    public var isFramesAlone: Bool { sheets.isEmpty && pictures.isEmpty && pictureNotes.isEmpty && storage.isEmpty }
}

extension Exhibits {
    /// Writes the members of the object that the writer is in; only for another process of this program.
    func write(into json: inout JSONWriter) {
        json.array("sheets") { json in for sheet in sheets { json.object { sheet.write(into: &$0) } } }
        json.array("pictures") { json in
            for picture in pictures {
                json.object { json in
                    json.member("title", picture.title)
                    json.array("captions") { json in for words in picture.captions { json.string(words) } }
                    json.member("png", picture.png)
                    json.member("width", picture.width)
                    json.member("height", picture.height)
                    json.member("view", picture.view)
                }
            }
        }
        json.array("pictureNotes") { json in for note in pictureNotes { json.string(note) } }
        json.array("stacks") { json in
            for stack in stacks {
                json.object { json in
                    json.member("name", stack.name)
                    json.member("announced", stack.announced)
                    json.array("cells") { json in
                        for cell in stack.cells {
                            json.object { json in
                                json.member("frame", cell.frame)
                                json.member("state", cell.state.rawValue)
                                json.member("total", cell.total)
                                json.member("words", cell.words)
                            }
                        }
                    }
                }
            }
        }
        json.array("shares") { json in
            for share in shares {
                json.object { json in
                    json.member("entry", share.entry)
                    json.member("definition", share.definition)
                    json.member("occurrence", share.occurrence)
                    json.member("asked", share.asked)
                    json.array("absent") { json in for path in share.absent { json.string(path) } }
                    json.member("lacking", share.lacking)
                }
            }
        }
        for (name, lines) in [("storage", storage), ("readers", readers)] {
            json.array(name) { json in
                for line in lines {
                    json.object { json in
                        json.member("term", line.term)
                        json.member("words", line.words)
                    }
                }
            }
        }
        json.array("files") { json in for file in files { json.string(file) } }
    }

    static func decode(_ value: JSONValue) throws(ReportFault) -> Exhibits {
        let object = ReportObject(value, path: "exhibits.")
        func lines(_ name: String) throws(ReportFault) -> [Line] {
            try object.list(name) { one throws(ReportFault) in
                Line(term: try one.text("term"), words: try one.text("words"))
            }
        }
        var exhibits = Exhibits()
        exhibits.sheets = try object.list("sheets") { one throws(ReportFault) in try RawDataSheet(one) }
        exhibits.pictures = try object.list("pictures") { one throws(ReportFault) in
            Picture(
                title: try one.text("title"),
                captions: one.value["captions"]?.elements?.compactMap(\.string) ?? [], png: try one.text("png"),
                width: try one.integer("width"), height: try one.integer("height"), view: one.value["view"] ?? .null)
        }
        exhibits.pictureNotes = value["pictureNotes"]?.elements?.compactMap(\.string) ?? []
        exhibits.stacks = try object.list("stacks") { one throws(ReportFault) in
            Stack(
                name: try one.text("name"), announced: try one.integer("announced"),
                cells: try one.list("cells") { cell throws(ReportFault) in
                    guard let state = Cell.State(rawValue: try cell.text("state")) else { throw cell.fault("state") }
                    return Cell(
                        frame: try cell.integer("frame"), state: state, total: cell.value["total"]?.double,
                        words: try cell.text("words"))
                })
        }
        exhibits.shares = try object.list("shares") { one throws(ReportFault) in
            Share(
                entry: try one.text("entry"), definition: try one.text("definition"),
                occurrence: try one.text("occurrence"), asked: try one.integer("asked"),
                absent: one.value["absent"]?.elements?.compactMap(\.string) ?? [], lacking: try one.integer("lacking"))
        }
        exhibits.storage = try lines("storage")
        exhibits.readers = try lines("readers")
        exhibits.files = value["files"]?.elements?.compactMap(\.string) ?? []
        return exhibits
    }
}
