// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Findings
import Foundation
import HDF5
import NeXus
import RuleEngine
import TestSupport
import Testing
import Transport

/// Images of a few pixels, converted in a folder of their own.
final class SmallImages {
    let folder: URL
    let rules: RulesFolder
    let profile: Profile

    init() throws {
        folder = try Folder.temporary()
        let path = Folder.checkout.appendingPathComponent("rules").path
        rules = try RulesFolder.find(option: path)
        profile = Profile(name: "nxmx-processing", failAt: .B)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a miniCBF with some lines of the usual header changed, by the beginning of the line.
    @discardableResult
    func image(_ name: String, _ changes: [String: String?] = [:], pixel: UInt8 = 7) throws -> String {
        let lines = usualHeader.compactMap { line -> String? in
            guard let change = changes.first(where: { line.hasPrefix("# " + $0.key) }) else { return line }
            return change.value.map { "# " + $0 }
        }
        let place = path(name)
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: place).deletingLastPathComponent(), withIntermediateDirectories: true)
        let bytes = miniCBF(lines, pixels: [UInt8](repeating: pixel, count: 128))
        try Data(bytes).write(to: URL(fileURLWithPath: place))
        return place
    }

    /// A sweep of so many images from an angle on.
    func sweep(_ stem: String = "a", numbers: [Int], from angle: Double = 10, step: Double = 0.1) throws -> [String] {
        try numbers.map { number in
            let start = angle + Double(number - 1) * step
            return try image(
                "\(stem)_0000\(number).cbf", ["Start_angle": "Start_angle \(start) deg."], pixel: UInt8(number))
        }
    }

    /// Converts files into the folder.
    func convert(_ paths: [String], _ change: (inout ConversionRequest) -> Void = { _ in }) throws -> ConversionOutcome
    {
        var request = ConversionRequest()
        request.output = folder.path + "/"
        request.program = "imprimatur"
        request.version = "test"
        change(&request)
        let run = ConversionRun(request, settings: ReadingSettings(), profile: profile, rules: rules)
        return try run.run(paths.map { [$0] })
    }

    /// Names of the files that were written.
    var written: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { !$0.hasSuffix(".cbf") }
            .sorted()
    }

    /// The object at a path of a file.
    func object(_ path: String, in file: String) throws -> Object? {
        let snapshot = try Snapshot.read(self.path(file))
        var object = snapshot[snapshot.root]
        for name in path.split(separator: "/") {
            guard case .hard(let id)? = object.link(String(name))?.target else { return nil }
            object = snapshot[id]
        }
        return object
    }

    func numbers(_ path: String, in file: String) throws -> [Double]? {
        try object(path, in: file)?.dataset?.value.doubles
    }

    func text(_ path: String, in file: String) throws -> String? {
        try object(path, in: file)?.dataset?.value.firstString
    }
}
