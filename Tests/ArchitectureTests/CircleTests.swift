// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Oracle: import lines for modules, names of types for folders. Folders of a module stand above one another: none names a
/// type of a folder that names one of its own, however long the way.
@Suite struct CircleTests {
    static let sources = SourceFile.all(under: "Sources")

    @Test func `no circle between modules`() {
        let arrows = Arrows.ofModules(Self.sources)
        let circles = arrows.circles
        print("\(circles.count) circles between \(arrows.targets.count) modules")
        #expect(arrows.targets.count > 20)
        for circle in circles { Issue.record("\(arrows.lines(of: circle).joined(separator: "\n"))") }
    }

    @Test func `no circle between the folders of a module`() {
        let modules = Dictionary(grouping: Self.sources, by: \.module)
        var count = 0
        var folders = 0
        for (module, files) in modules.sorted(by: { $0.key < $1.key }) {
            let arrows = Arrows.ofFolders(in: files)
            folders += arrows.targets.keys.count { !$0.hasSuffix(".swift") }
            // Files beside one another may name each other, as those inside a folder may.
            let circles = arrows.circles.filter { $0.contains { !$0.hasSuffix(".swift") } }
            count += circles.count
            for circle in circles {
                Issue.record("\(module):\n\(arrows.lines(of: circle).joined(separator: "\n"))")
            }
        }
        print("\(count) circles between \(folders) folders of modules")
        #expect(folders > 40)
    }

    private func file(_ path: String, _ text: String) -> SourceFile {
        SourceFile(path: "Sources/M/" + path, lines: text.split(separator: "\n").map(String.init))
    }

    @Test func `a circle of folders would be seen, and only a circle`() {
        let low = file("Low/A.swift", "public struct Stone {\n    enum Kind { case flint }\n}")
        let high = file("High/B.swift", "struct Wall {\n    let stones: [Stone]\n}")
        #expect(Arrows.ofFolders(in: [low, high]).circles == [])
        let back = file("Low/C.swift", "extension Stone {\n    var text: String { \"of \\(Wall(stones: []))\" }\n}")
        #expect(Arrows.ofFolders(in: [low, high, back]).circles == [["High", "Low"]])
        let root = file("Top.swift", "enum Top { static let wall = Wall(stones: []) }")
        #expect(Arrows.ofFolders(in: [low, high, root]).circles == [])
    }

    @Test(
        "names in comments, literals and members, and names that a file gives itself, are no uses",
        arguments: [
            "// a Wall", "/* Wall */ let a = 1", "let a = \"Wall\"", "let a = #\"\\(Wall)\"#", "let a = b.Wall",
            "private struct Wall {}\nlet a = Wall()", "func f<Wall>(_ a: Wall) {}",
            "extension Stone {\n    enum Wall { case a }\n    func f(_ a: Wall) {}\n}",
            "let a = \"\"\"\n    Wall\n    \"\"\"",
        ])
    func noUse(_ text: String) {
        let low = file("Low/A.swift", "struct Stone {}")
        let high = file("High/B.swift", "struct Wall {\n    let stones: [Stone]\n}")
        #expect(Arrows.ofFolders(in: [low, high, file("Low/C.swift", text)]).circles == [])
    }
}
