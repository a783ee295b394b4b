// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// How a conversion ended, scan by scan.
public struct ConversionOutcome: Sendable {
    /// Why something was not converted, and what helps.
    public struct Refusal: Sendable, Hashable {
        public let sentence: String
        public let remedy: String

        public init(_ sentence: String, remedy: String) {
            self.sentence = sentence
            self.remedy = remedy
        }
    }

    /// One scan.
    public struct Scan: Sendable {
        public let name: String
        /// The name of its images with `#` for the number.
        public let template: String
        public let frames: Int
        /// What the axes do, such as "omega -145 to -143.5 deg"; nil where nothing was planned.
        public var motion: String?
        /// Extent of a frame, slowest first, and the type of an element.
        public var shape: [Int] = []
        public var element: String?
        /// Bytes of the files that were read, and of the chunks that were written.
        public var bytesRead = 0
        public var bytesWritten = 0
        /// The file that was written; nil where none was.
        public var path: String?
        /// The file was there, made of the same inputs with the same options.
        public var isKept = false
        /// Files that a run left which was killed; never taken for results.
        public var leftovers: [String] = []
        /// What was assumed, applied, left out or met, and what the check of the file found.
        public var findings: [Finding] = []
        public var refusal: Refusal?
        public var failure: Failure?
        /// What was written otherwise than it was to be: our mistake.
        public var defects: [String] = []

        public init(name: String, template: String, frames: Int) {
            self.name = name
            self.template = template
            self.frames = frames
        }
    }

    public var scans: [Scan] = []
    /// Inputs that could not be read.
    public var failures: [Failure] = []
    /// Numbers that are missing in series, one sentence each.
    public var gaps: [String] = []
    /// Why nothing was converted.
    public var refusal: Refusal?
    /// Nothing was to be written.
    public var isDryRun = false

    public init() {}
}
