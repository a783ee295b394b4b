// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import HDF5
import JSON
import Transport

/// A verb and its options for another process: all that a worker has to know before it gets names of files.
///
/// The worker makes the verb from its options just as the program does, so an option reaches it that nobody thought of here.
enum VerbTask {
    /// What the worker is told.
    static func bytes(_ call: Invocation, rules: RulesFolder?) -> [UInt8] {
        var values = call.values
        if let rules { values["rules"] = [rules.path] }
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("verb", call.verb.name)
            json.object("values") { json in
                for (option, words) in values.sorted(by: { $0.key < $1.key }) {
                    json.array(option) { json in for word in words { json.string(word) } }
                }
            }
            json.object("surroundings") { call.surroundings.write(to: &$0) }
        }
        return json.finish()
    }

    /// The call that a worker was told of.
    static func call(
        _ bytes: [UInt8], entries: [VerbEntry], foreign: ForeignReader, opener: any Opener
    ) -> Invocation? {
        guard let value = try? JSONReader.read(bytes), let name = value["verb"]?.string,
            let verb = entries.first(where: { $0.name == name })?.row(), let options = value["values"]?.members,
            let surroundings = value["surroundings"].flatMap({ Surroundings($0, foreign: foreign, opener: opener) })
        else { return nil }
        var values: [String: [String]] = [:]
        for option in options { values[option.name] = option.value.elements?.compactMap(\.string) ?? [] }
        return Invocation(verb: verb, entries: entries, values: values, operands: [], surroundings: surroundings)
    }
}
