// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Diffraction
import Foundation
import HDF5
import NeXus
import TestSupport
import Testing

/// Oracle: the law that whatever is absent, mistyped or tangled, reading ends in a value, and that what is left of the
/// golden file is still an experiment.
@Suite struct SpoiledFileTests {
    /// Every object and attribute of the golden file below the entry.
    private func places() throws -> [String] {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("golden.nxs").path
        try Recipe(reading: Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path).build(at: file)
        let snapshot = try Snapshot.read(file)
        let kept = ["/", "/entry", "/entry/definition"]
        return snapshot.objects.flatMap { object in
            let path = snapshot.path(of: object.id)
            return [path] + object.attributes.map { "\(path)@\($0.name)" }
        }.filter { place in !kept.contains(place) && !place.hasPrefix("/@") && place != "/entry@NX_class" }
    }

    /// Values that stand where others belong, taken in turn.
    private let strangers = [
        "'text'", "7", "-1.5", "[1.0, 2.0]", "[]", "{$null: true, $type: 'int32'}", "[[1, 2], [3, 4]]", "1e308",
        "'/entry'", "{$value: ['a', 'b'], $type: 'string[1]'}", "true", "-9223372036854775807",
    ]

    @Test func `any part may be absent`() throws {
        for place in try places() where try !isBehindHardLink(place) {
            let reading = try VariedFile("{remove: '\(place)'}").reading
            #expect(reading.experiments.map(\.id) == ["/entry"], "\(place)")
        }
    }

    @Test func `any part may be something else`() throws {
        for (number, place) in try places().enumerated() where try !isBehindHardLink(place) {
            let stranger = strangers[number % strangers.count]
            let reading = try VariedFile("{set: '\(place)', to: \(stranger)}").reading
            #expect(reading.experiments.map(\.id) == ["/entry"], "\(place) \(stranger)")
            for experiment in reading.experiments {
                _ = experiment.axisGraph.circles
                _ = try? experiment.plane()
            }
        }
    }

    /// Data and omega are targets of hard links of the recipe, which needs them.
    private func isBehindHardLink(_ place: String) throws -> Bool {
        ["/entry/data", "/entry/data/data", "/entry/data/omega", "/entry/sample", "/entry/sample/transformations"]
            .contains(place) || place.hasPrefix("/entry/data/omega@")
            || place.hasPrefix("/entry/instrument/detector/data")
    }

    @Test func `a long chain and a chain of groups end`() throws {
        let links = (0..<300).map { k in
            """
            a\(k): {$value: 0.0, '@units': 'deg', '@vector': [0.0, 0.0, 1.0], '@transformation_type': 'rotation',
             '@depends_on': 'a\((k + 1) % 300)'}
            """
        }
        let changes = """
            {set: '/entry/sample/long', to: {'@NX_class': 'NXtransformations', \(links.joined(separator: ", "))}},
            {set: '/entry/sample/depends_on', to: 'long/a0'}
            """
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.goniometer?.axes.count == 300)
        #expect(experiment.axisGraph.circles.count == 1)
    }

    @Test func `groups that hold each other are walked once`() throws {
        let changes = """
            {set: '/entry/sample/loop', to: {'@NX_class': 'NXtransformations', back: {$soft: '/entry'}, up: {$soft: '/entry/sample'},
             self: {$soft: '/entry/sample/loop/self'}}}
            """
        #expect(try VariedFile(changes).experiment.goniometer?.axes.map(\.name) == ["omega"])
    }
}
