// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// How a conversion ended, scan by scan.
public struct ConversionOutcome: Sendable {
    /// Why a scan was not converted, and what helps.
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
        public let template: String
        public let frames: Int
        /// The file that was written; nil where none was.
        public var path: String?
        public var notes: [String] = []
        public var refusal: Refusal?
        public var failure: Failure?

        public init(name: String, template: String, frames: Int) {
            self.name = name
            self.template = template
            self.frames = frames
        }
    }

    public var scans: [Scan] = []
    /// Inputs that could not be read.
    public var failures: [Failure] = []

    public init() {}
}
