// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import HDF5
import JSON
import Synchronization
import Transport
import Workers

/// What a verb takes from the process it runs in, so that another process does the same.
public final class Surroundings: Sendable {
    let terminal: Terminal
    /// ISO 8601.
    let today: String
    /// Where libhdf5 is asked for values.
    let foreign: ForeignReader
    /// Who opens inputs, when this process may not.
    let opener: (any Opener)?
    /// Answers workers that cannot ask it themselves.
    let reply: (@Sendable (Question) -> Reply?)?
    /// What came of the paths that stand for locations.
    let substituteUses = Substitutes.Uses()
    /// Files of settings by name: each is read once, which is as often as a pipe can be.
    private let texts: Mutex<[String: [UInt8]]>

    /// Those of this process.
    init() {
        terminal = .current()
        today = Calendar.today()
        let pool = WorkerPool()
        foreign = ForeignLibrary.reader(in: pool)
        opener = nil
        reply = ForeignLibrary.reply(in: pool)
        texts = Mutex([:])
    }

    /// A file of settings; nil if it cannot be read.
    func text(_ path: String) -> [UInt8]? {
        texts.withLock { texts in
            if let known = texts[path] { return known }
            let read = FileBytes.read(path)
            texts[path] = read
            return read
        }
    }

    func write(to json: inout JSONWriter) {
        json.member("isTerminal", terminal.isTerminal)
        json.member("width", terminal.columns)
        json.member("refusesColour", terminal.refusesColour)
        json.member("today", today)
        json.array("texts") { json in
            for (path, bytes) in texts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
                json.object { json in
                    json.member("path", path)
                    if let text = String(validating: bytes, as: UTF8.self) {
                        json.member("text", text)
                    } else {
                        json.array("bytes") { json in for byte in bytes { json.integer(Int(byte)) } }
                    }
                }
            }
        }
    }

    /// Those that another process wrote.
    init?(_ value: JSONValue, foreign: ForeignReader, opener: any Opener) {
        guard let isTerminal = value["isTerminal"]?.bool, let width = value["width"]?.integer,
            let refusesColour = value["refusesColour"]?.bool, let today = value["today"]?.string,
            let texts = value["texts"]?.elements
        else { return nil }
        terminal = Terminal(isTerminal: isTerminal, width: width, refusesColour: refusesColour)
        self.today = today
        self.foreign = foreign
        self.opener = opener
        reply = nil
        var known: [String: [UInt8]] = [:]
        for text in texts {
            guard let path = text["path"]?.string else { return nil }
            if let text = text["text"]?.string {
                known[path] = Array(text.utf8)
            } else if let bytes = text["bytes"]?.elements {
                known[path] = bytes.map { UInt8(clamping: $0.integer ?? 0) }
            }
        }
        self.texts = Mutex(known)
    }
}
