// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Findings
import Transport

/// `imprimatur convert`: images to NXmx.
enum ConvertVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            var request = ConversionRequest()
            request.output = call[.conversion]
            request.origin = call[.pixelOrigin] ?? .keep
            request.goniometerAxis = call[.goniometerAxis]
            request.sensorMaterial = call[.sensorMaterial]
            request.sensorThickness = call[.sensorThickness]
            request.program = "imprimatur"
            request.version = Program.version
            let rules = try RulesOptions(call).folder
            let run = ConversionRun(request, settings: ReadingOptions(call).settings, rules: rules)
            let outcome = run.run(try InputOptions(call).files.map(\.words))
            for scan in outcome.scans {
                StandardStream.report(Array("\(scan)\n".utf8))
            }
            for failure in outcome.failures { StandardStream.report(Array("\(failure)\n".utf8)) }
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }
}
