// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// The files that a description names, compared with what is there, as rules of the view `archive` read it.
public struct ArchiveView: Sendable {
    /// What servers answered; nil where the run does not use the network.
    public var remote: RemoteView?
    /// Where the DOIs of the data sets lead to, by name; nil where the run does not use the network. The last of the other
    /// hosts of an answer is that of the landing page; what failed with 404 is known to no resolver.
    public var landings: [RemoteView.Sight]?

    /// A name with the place of its first row.
    public struct Named: Sendable, Hashable {
        public let name: String
        public let place: Place

        public init(_ name: String, at place: Place) {
            self.name = name
            self.place = place
        }
    }

    /// Files of one archive, or of one folder.
    public struct Group: Sendable {
        /// How far it was looked at.
        public enum State: Sendable, Hashable {
            case looked
            /// Nobody looks there in this run, by choice; says why.
            case passedOver(String)
            /// It could not be looked at; says why.
            case unread(String)
        }

        /// Something of the archive that is not as it was written.
        public struct Fault: Sendable, Hashable {
            public enum Kind: Sendable, Hashable { case damaged, unended, unread }

            public let kind: Kind
            public let member: String?
            public let words: String

            public init(_ kind: Kind, _ member: String?, _ words: String) {
                self.kind = kind
                self.member = member
                self.words = words
            }
        }

        /// A member that is never opened.
        public struct Unsafe: Sendable, Hashable {
            public let member: String
            /// "is a link"
            public let words: String
            /// A row names it.
            public let isDescribed: Bool

            public init(_ member: String, _ words: String, isDescribed: Bool) {
                self.member = member
                self.words = words
                self.isDescribed = isDescribed
            }
        }

        /// Block that describes it.
        public let scope: String
        /// The location as written, without secrets; of files without an archive what their locations begin with.
        public let location: String
        /// Where its first row stands.
        public let place: Place
        /// Where files are looked for: "beside the description"; empty for members of an archive.
        public var words = ""
        /// Files that rows name.
        public var files = 0
        public var state = State.looked
        /// Named, and not there; in the order of the rows.
        public var missing: [Named] = []
        /// Named and there, without a byte.
        public var empty: [Named] = []
        /// How all or most of them would be found: "under 'run1/'".
        public var hint: String?
        /// Images that are there and that no row names.
        public var strangers: [String] = []
        public var faults: [Fault] = []
        public var unsafe: [Unsafe] = []
        /// Named members that nobody can tell of, since the archive ends before.
        public var beyondCut = 0

        public init(scope: String, location: String, place: Place) {
            self.scope = scope
            self.location = location
            self.place = place
        }
    }

    /// Files whose bytes are not what is declared.
    public struct OtherContent: Sendable {
        public let scope: String
        public let files: [Named]
        /// "CBF"
        public let declared: String
        /// "HDF5"
        public let found: String

        public init(scope: String, files: [Named], declared: String, found: String) {
            self.scope = scope
            self.files = files
            self.declared = declared
            self.found = found
        }
    }

    /// Rows that name images which a file does not have.
    public struct Outside: Sendable {
        public let scope: String
        public let file: String
        public let images: Int
        /// Frames beyond them, from 1, in the order of the rows.
        public let frames: [Int]
        /// Images that no row names.
        public let unnamed: Int
        public let places: [Place]

        public init(scope: String, file: String, images: Int, frames: [Int], unnamed: Int, places: [Place]) {
            self.scope = scope
            self.file = file
            self.images = images
            self.frames = frames
            self.unnamed = unnamed
            self.places = places
        }
    }

    /// A path in an HDF5 file that leads to no images.
    public struct Pathless: Sendable {
        public let scope: String
        public let file: String
        public let path: String
        /// What is there: "a group"; empty for nothing.
        public let found: String
        /// Paths of datasets that may hold images.
        public let others: [String]
        public let place: Place

        public init(scope: String, file: String, path: String, found: String, others: [String], place: Place) {
            self.scope = scope
            self.file = file
            self.path = path
            self.found = found
            self.others = others
            self.place = place
        }
    }

    /// Images that rows name and that their HDF5 file announces and does not hold.
    public struct Hollow: Sendable {
        public let scope: String
        public let file: String
        public let path: String
        /// What they lead to and that is not there, "'x.h5', which is not there"; nil where they were never written.
        public let missing: String?
        /// Their numbers in the dataset, from 1, rising.
        public let frames: [Int]
        public let places: [Place]

        public init(scope: String, file: String, path: String, missing: String?, frames: [Int], places: [Place]) {
            self.scope = scope
            self.file = file
            self.path = path
            self.missing = missing
            self.frames = frames
            self.places = places
        }
    }

    public var groups: [Group] = []
    public var contents: [OtherContent] = []
    public var outside: [Outside] = []
    public var pathless: [Pathless] = []
    public var hollow: [Hollow] = []

    public init() {}
}
