// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Glibc
import Transport

/// What `convert` is asked to do.
struct ConversionOptions {
    static var rows: [OptionRow] {
        [
            .option(.conversion), .option(.scans), .option(.missing), .option(.framesPerFile), .option(.compression),
            .option(.elementType), .option(.pixelOrigin), .option(.rotationSense), .option(.goniometerAxis),
            .option(.up), .option(.instrument), .option(.geometry), .option(.listedExperiment), .option(.sampleName),
            .option(.instrumentName), .option(.sourceName), .option(.sensorMaterial), .option(.sensorThickness),
            .option(.wavelength), .option(.beamCentre), .option(.distance), .option(.exposure), .option(.startTime),
            .option(.zoneOfDates), .option(.transmission), .flag(.linearise), .flag(.strict), .option(.verification),
            .flag(.noMD5),
            .flag(.replaceFiles), .flag(.resume), .option(.jobs), .option(.memory), .flag(.dryRun),
            .option(.progress), .option(.restoredHeader),
        ]
    }

    let request: ConversionRequest

    init(_ call: Invocation) throws(Failure) {
        var request = ConversionRequest()
        request.output = call[.conversion]
        request.scans = call[.scans] ?? .separate
        request.gaps = call[.missing] ?? .split
        request.gapsAreChosen = call[.missing] != nil
        request.framesPerFile = call[.framesPerFile]
        request.compression = call[.compression] ?? .bitshuffleLZ4
        request.element = call[.elementType] ?? .int32
        request.origin = call[.pixelOrigin] ?? .keep
        request.sense = call[.rotationSense] ?? .keep
        request.goniometerAxis = call[.goniometerAxis]
        request.up = call[.up]
        request.instrument = call[.instrument]
        request.geometry = call[.geometry]
        request.experiment = call[.listedExperiment]
        request.sampleName = call[.sampleName]
        request.instrumentName = call[.instrumentName]
        request.sourceName = call[.sourceName]
        request.sensorMaterial = call[.sensorMaterial]
        request.sensorThickness = call[.sensorThickness]
        request.wavelength = call[.wavelength]
        request.given = GivenFacts(call)
        request.startTime = call[.startTime]
        request.timeZone = call[.zoneOfDates]
        request.transmission = call[.transmission]
        request.linearises = call.has(.linearise)
        request.isStrict = call.has(.strict)
        request.verification = call[.verification] ?? .metadata
        request.takesMD5 = !call.has(.noMD5)
        request.replaces = call.has(.replaceFiles)
        request.resumes = call.has(.resume)
        request.jobs = call[.jobs]
        request.memory = call[.memory]
        request.isDryRun = call.has(.dryRun)
        request.program = "imprimatur"
        request.version = Program.version
        request.now = Environment.value("SOURCE_DATE_EPOCH").flatMap { Int($0) } ?? time(nil)
        request.words = Self.words(call)
        try request.check()
        self.request = request
    }

    /// The options that shape the file, as they were given; those that change no byte of it are left out.
    private static func words(_ call: Invocation) -> [String] {
        let silent: Set<String> = [
            "output", "jobs", "memory", "force", "resume", "dry-run", "progress", "verify", "rules", "recursive",
            "from0",
        ]
        return rows.filter { !silent.contains($0.name) }.flatMap { row -> [String] in
            guard call.isGiven(row) else { return [] }
            return row.takesValue ? call.texts(of: row).map { "--\(row.name) \($0)" } : ["--\(row.name)"]
        }
    }
}
