// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import XML

/// Oracle: the XML 1.0 recommendation, and documents written here whose lines are counted by hand.
@Suite struct XMLTests {
    private func read(_ text: String, limits: Limits = .default) throws -> Element {
        try Element(parsing: Array(text.utf8), named: "test.xml", limits: limits)
    }

    @Test("a tree keeps names, attributes, text and the line where each tag begins")
    func tree() throws {
        let root = try read(
            """
            <?xml version="1.0"?>
            <a:root xmlns:a="urn:x"
                one="1 &amp; &lt;2&gt;">
              <child/><child
                two='&#xB5;m'/>text<![CDATA[<raw>]]>
            </a:root>
            """)
        #expect(root.name == "root" && root.namespace == "urn:x" && root.line == 2)
        #expect(root.attribute("one") == "1 & <2>")
        #expect(root.children.map(\.line) == [4, 4])
        #expect(root.children.last?.attribute("two") == "\u{B5}m")
        #expect(root.text.contains("text<raw>"))
    }

    @Test("a document type declaration is refused, so that no entity is ever expanded")
    func doctype() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxx'><!ENTITY y '&x;&x;'>]><a>&y;</a>"
        #expect(throws: XMLFault.self) { try read(bomb) }
        #expect(throws: XMLFault.self) { try read("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>") }
    }

    @Test("broken documents fail with their line", arguments: ["<a>\n<b></a>", "<a\n>&nosuch;</a>", "", "<a>\n<b/>"])
    func broken(text: String) {
        #expect(throws: XMLFault.self) { try read(text) }
    }

    @Test("limits on bytes, elements and depth hold")
    func limits() {
        var limits = Limits()
        limits.elements = 3
        #expect(throws: XMLFault.self) { try read("<a><b/><b/><b/></a>", limits: limits) }
        limits.bytes = 4
        #expect(throws: XMLFault.self) { try read("<a></a>", limits: limits) }
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(throws: XMLFault.self) { try read(deep) }
    }
}
