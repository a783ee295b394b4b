// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Oracle: docs/contributing.md. What the formats and the model offer to the floors above is documented where it stands.
@Suite struct DocumentationTests {
    /// What a conformance asks for, documented by its protocol.
    private static let conformances: Set<String> = ["description", "storedType", "store"]

    /// Public declarations without a comment; initialisers that take the members and operators say it themselves.
    static func bare(in lines: [String]) -> [Int] {
        let declaration =
            /\s*public (?:[a-z]+(?:\(set\))? )*(func|var|let|struct|enum|class|protocol|subscript|typealias)\b\s*`?(\w*)/
        return lines.indices.filter { index in
            guard let match = lines[index].prefixMatch(of: declaration),
                !conformances.contains(String(match.output.2))
            else { return false }
            // `static func + (` has no word for a name.
            guard !match.output.2.isEmpty || match.output.1 == "subscript" else { return false }
            let above = lines[..<index].last { !$0.drop { $0 == " " }.hasPrefix("@") } ?? ""
            return !above.drop { $0 == " " }.hasPrefix("///")
        }
    }

    @Test func `public declarations of formats and model are documented`() {
        let modules = Set(Floors.table[1] + Floors.table[2])
        let files = SourceFile.all(under: "Sources").filter { modules.contains($0.module) }
        var faults: [String] = []
        for file in files {
            for index in Self.bare(in: file.lines) {
                faults.append("\(file.path):\(index + 1) \(file.lines[index].drop { $0 == " " }.prefix(60))")
            }
        }
        #expect(files.count > 100)
        #expect(faults == [])
    }

    @Test func `a bare declaration would be seen`() {
        let lines = [
            "/// A stone.", "public struct Stone {", "    public let weight: Double", "    /// Kilograms.",
            "    public private(set) var mass = 0.0", "    public static func make() -> Stone {", "    @inlinable",
            "    public subscript(index: Int) -> Int {", "    public init(weight: Double) {",
            "    public static func + (a: Stone, b: Stone) -> Stone {", "    public var description: String {",
            "    var hidden = 1",
        ]
        #expect(Self.bare(in: lines) == [2, 5, 7])
    }
}
