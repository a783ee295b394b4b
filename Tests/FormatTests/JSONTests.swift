// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import JSON

/// Oracle: RFC 8259 and json5.org for what is accepted; Foundation's JSONSerialization for what is written; and the law
/// read(write(x)) = x.
@Suite struct JSONTests {
    @Test(arguments: [
        ("null", JSONValue.null),
        ("[1, -2.5, 1e3, true]", .array([.integer(1), .number(-2.5), .number(1000), .bool(true)])),
        ("\"a\\u00e9\\ud83d\\ude00\\n\"", .string("aé😀\n")),
        ("{\"b\": {}, \"a\": []}", .object([JSONMember("b", .object([])), JSONMember("a", .array([]))])),
    ])
    func `JSON is read`(text: String, value: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8)) == value)
    }

    @Test func `JSON5 adds comments, bare names, single quotes, trailing commas and hexadecimal numbers`() throws {
        let text = "// one\n{ name: 'x', /* two */ list: [0x10, +1, .5,], }"
        let value = try JSONReader.read(Array(text.utf8), .json5)
        #expect(value["name"]?.string == "x")
        #expect(value["list"] == .array([.integer(16), .integer(1), .number(0.5)]))
        #expect(throws: JSONFault.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test(arguments: [
        "", "[1,]", "{\"a\" 1}", "01", "nan", "\"a", "[1] 2", "\"\u{1}\"", "{a: 1}", "+1", "'a'", "tru", "[", "\"\\x\"",
        String(repeating: "[", count: 100_000),
    ])
    func `what is no JSON is a fault`(text: String) {
        #expect(throws: JSONFault.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func `a fault names line and column`() {
        #expect(throws: JSONFault(line: 2, column: 5, reason: "'oops' is no value")) {
            try JSONReader.read(Array("{\n\"a\":oops}".utf8).map { $0 }, .json)
        }
    }

    @Test(arguments: [JSONWriter.Layout.indented, .compact])
    func `what is written reads back, also by Foundation`(layout: JSONWriter.Layout) throws {
        let value = JSONValue.object([
            JSONMember("text", .string("quote \" backslash \\ control \u{1}\u{7F}\t\r\n é 😀")),
            JSONMember(
                "numbers",
                .array([.integer(.max), .integer(.min), .number(0.1), .number(5e-324), .number(1.7976931348623157e308)])
            ),
            JSONMember("empty", .array([.object([]), .array([]), .null, .bool(false)])),
        ])
        var writer = JSONWriter(layout)
        writer.value(value)
        let bytes = writer.finish()
        #expect(try JSONReader.read(bytes) == value)
        let read = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(read["text"] as? String == value["text"]?.string)
        #expect((read["numbers"] as? [Any])?[3] as? Double == 5e-324)
    }

    @Test(arguments: [
        "\u{9B}2J", "\u{202E}x", "a\u{200B}b", "\u{E0041}", "\u{FEFF}", "\u{10FFE9}", "\u{FE0F}", "\u{7F}\u{0}",
    ])
    func `what hides or turns text is escaped and reads back`(text: String) throws {
        var json = JSONWriter(.compact)
        json.string(text + "é𝄞Å")
        let bytes = json.finish()
        let shown = String(decoding: bytes, as: UTF8.self)
        #expect(shown.hasSuffix("é𝄞Å\"\n"))
        #expect(!shown.dropLast(5).unicodeScalars.contains { $0.value >= 0x7F || $0.value < 0x20 })
        #expect(try JSONReader.read(bytes) == .string(text + "é𝄞Å"))
        let foreign = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        #expect((foreign as? String).map { Array($0.unicodeScalars) } == Array((text + "é𝄞Å").unicodeScalars))
    }

    @Test func `numbers that JSON does not know become null`() throws {
        var writer = JSONWriter(.compact)
        writer.array { json in
            json.number(.nan)
            json.number(.infinity)
        }
        #expect(writer.finish() == Array("[null,null]\n".utf8))
    }
}
