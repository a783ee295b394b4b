// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The picture of the house: modules by floor, as Package.swift groups them, and an arrow for each import that no longer
/// way through other modules implies.
enum HouseDrawing {
    static let path = "docs/design/house.svg"

    /// A floor of Package.swift with its modules.
    private struct Floor {
        let title: String
        var modules: [String] = []
    }

    static func text(in checkout: Checkout) -> String {
        let floors = floors(checkout.read("Package.swift") ?? "")
        let modules = Set(floors.flatMap(\.modules))
        var arrows: [String: Set<String>] = [:]
        for module in modules {
            let found = imports(of: module, in: checkout).filter { modules.contains($0) && $0 != module }
            arrows[module] = Set(found)
        }
        return drawing(of: floors, reduced(arrows))
    }

    // MARK: Reading

    /// Floors of Package.swift, lowest first: lines `// MARK: Floor N, title`, and the targets below each. Programs that
    /// measure have a path of their own and are no part of the house.
    private static func floors(_ package: String) -> [Floor] {
        let heads = ["module(", "program(", ".systemLibrary(", ".target("]
        var floors: [Floor] = []
        var isInside = false
        var isOpen = false
        for line in package.split(separator: "\n") {
            let words = line.drop { $0 == " " }
            if words.hasPrefix("// MARK: ") {
                isInside = words.hasPrefix("// MARK: Floor ")
                if isInside { floors.append(Floor(title: String(words.dropFirst("// MARK: Floor ".count)))) }
            }
            guard isInside, !words.hasPrefix("//"), !floors.isEmpty else { continue }
            // A call broken into lines has its name at the beginning of the next one.
            guard isOpen || heads.contains(where: words.hasPrefix) else { continue }
            let parts = words.split(separator: "\"", omittingEmptySubsequences: false)
            isOpen = parts.count < 3
            if !isOpen { floors[floors.count - 1].modules.append(String(parts[1])) }
        }
        return floors
    }

    private static func imports(of module: String, in checkout: Checkout) -> [String] {
        var files: [String] = []
        var open = ["Sources/" + module]
        while let folder = open.popLast() {
            files += checkout.names(in: folder, endingWith: ".swift")
            open += checkout.folders(in: folder)
        }
        var names: [String] = []
        for file in files {
            for line in (checkout.read(file) ?? "").split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 1, words.count == place + 2,
                    place == 0 || ["public", "internal", "package", "private"].contains(words[0])
                else { continue }
                names.append(String(words[place + 1]))
            }
        }
        return names
    }

    /// Without arrows to what a longer way reaches as well.
    private static func reduced(_ arrows: [String: Set<String>]) -> [String: Set<String>] {
        func reached(from module: String) -> Set<String> {
            var seen: Set<String> = []
            var open = Array(arrows[module] ?? [])
            while let next = open.popLast() {
                if seen.insert(next).inserted { open += arrows[next] ?? [] }
            }
            return seen
        }
        return arrows.mapValues { targets in
            targets.filter { target in !targets.contains { $0 != target && reached(from: $0).contains(target) } }
        }
    }

    // MARK: Drawing

    private struct Box {
        let x: Int
        let y: Int
        let width: Int

        static let height = 24
        var middle: Int { x + width / 2 }
    }

    private static let margin = 16
    private static let bandHeight = 88

    private static func drawing(of floors: [Floor], _ arrows: [String: Set<String>]) -> String {
        func width(_ name: String) -> Int { name.utf8.count * 7 + 18 }
        func length(_ floor: Floor) -> Int { floor.modules.reduce(0) { $0 + width($1) + 12 } }
        let whole = (floors.map(length).max() ?? 0) + 2 * margin
        var boxes: [String: Box] = [:]
        var lines: [String] = []
        for (level, floor) in floors.enumerated() {
            let top = margin + (floors.count - 1 - level) * bandHeight
            lines.append(
                "<rect x=\"4\" y=\"\(top - 8)\" width=\"\(whole - 8)\" height=\"\(bandHeight - 12)\" class=\"floor\"/>")
            lines.append("<text x=\"12\" y=\"\(top + 8)\" class=\"title\">\(floor.title)</text>")
            var x = (whole - length(floor)) / 2 + 6
            for module in floor.modules {
                // Neighbours stand a little apart in height, so that an arrow between them is seen.
                let box = Box(x: x, y: top + 18 + (boxes.count % 2) * 16, width: width(module))
                boxes[module] = box
                x += box.width + 12
            }
        }
        for (module, targets) in arrows.sorted(by: { $0.key < $1.key }) {
            for target in targets.sorted() {
                guard let from = boxes[module], let to = boxes[target] else { continue }
                lines.append(arrow(from, to))
            }
        }
        for (module, box) in boxes.sorted(by: { ($0.value.y, $0.value.x) < ($1.value.y, $1.value.x) }) {
            lines.append(
                "<rect x=\"\(box.x)\" y=\"\(box.y)\" width=\"\(box.width)\" height=\"\(Box.height)\" rx=\"4\" "
                    + "class=\"module\"/><text x=\"\(box.middle)\" y=\"\(box.y + 16)\" class=\"name\">\(module)</text>")
        }
        let height = floors.count * bandHeight + margin
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(whole) \(height)" font-family="sans-serif">
            <!-- Written by `swift run write-docs` from Package.swift and the import lines. -->
            <style>
            .floor { fill: #f3f0ea; stroke: none } .title { font-size: 11px; fill: #6b6256 }
            .module { fill: #ffffff; stroke: #3c5a73 } .name { font-size: 12px; text-anchor: middle; fill: #14212b }
            .arrow { fill: none; stroke: #3c5a73; stroke-opacity: 0.45 }
            </style>
            <rect width="\(whole)" height="\(height)" fill="#fbfaf7"/>
            \(lines.joined(separator: "\n"))
            </svg>

            """
    }

    /// From the foot of a module to the head of what it imports; beside one another in a bow below.
    private static func arrow(_ from: Box, _ to: Box) -> String {
        let start = from.y + Box.height
        let isBeside = to.y < start
        let end = isBeside ? to.y + Box.height : to.y
        let bend = isBeside ? max(start, end) + 22 : (start + end) / 2
        return "<path d=\"M\(from.middle) \(start) C\(from.middle) \(bend) \(to.middle) \(bend) \(to.middle) \(end)\" "
            + "class=\"arrow\"/>"
    }
}
