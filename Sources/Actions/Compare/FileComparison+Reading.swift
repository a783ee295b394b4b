// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Findings
import Frames
import ImgCIF
import RuleCatalog
import RuleEngine
import Transport
import Workers

extension FileComparison {
    /// Reads both files.
    ///
    /// - Parameter settings: What they say of frames is about those that are compared.
    public init(_ first: String, _ second: String, settings: ReadingSettings) {
        let sampling = settings.frames
        var settings = settings
        settings.frames = .none
        let readings = (FileReading(first, settings: settings), FileReading(second, settings: settings))
        let experiments = (
            readings.0.material.experiments.map(\.experiment), readings.1.material.experiments.map(\.experiment)
        )
        var pairs = zip(experiments.0, experiments.1).map {
            Pair(first: $0.id, second: $1.id, comparison: Comparison($0, $1, tolerance: Self.tolerance))
        }
        if !pairs.isEmpty, let a = readings.0.material.text, let b = readings.1.material.text {
            pairs[0].items = zip(a.readings, b.readings).enumerated().flatMap { index, pair in
                VersionComparison.differences(pair.0, pair.1, in: a.blocks[index], b.blocks[index])
            }
        }
        for (index, views) in zip(readings.0.material.experiments, readings.1.material.experiments).enumerated() {
            guard sampling != .none, let one = readings.0.comparedFrames(of: views.0),
                let other = readings.1.comparedFrames(of: views.1)
            else { continue }
            WorkerLimits.grant(processorSeconds: sampling.processorSeconds)
            pairs[index].frames = ComparedFrames(FrameComparison(one, other, sampling: sampling))
        }
        self.init(first: Self.side(first, readings.0), second: Self.side(second, readings.1), pairs: pairs)
    }

    /// What the catalogue lets pass as equal.
    private static let tolerance: ComparisonTolerance = {
        let rule = catalogue.first { $0.id == "GEOM-019" }
        func number(_ name: String) -> Double? {
            guard case .number(let value)? = rule?.parameter(name)?.defaultValue else { return nil }
            return value
        }
        var tolerance = ComparisonTolerance()
        tolerance.position = number("tolerance") ?? tolerance.position
        tolerance.matrix = number("matrix") ?? tolerance.matrix
        return tolerance
    }()

    private static func side(_ path: String, _ reading: FileReading) -> Side {
        let material = reading.material
        var failures = reading.failures
        if material.experiments.isEmpty, failures.isEmpty {
            failures.append(
                Failure(
                    attempt: "compare", subject: path, code: .foreign, words: material.withoutExperiment.sentence,
                    remedy: "name a file that describes an experiment"))
        }
        return Side(
            path: path, kind: material.kind, definition: material.definition, failures: failures,
            experiments: material.experiments.map(\.experiment.id), origins: OriginWords(sources: material.sources))
    }
}
