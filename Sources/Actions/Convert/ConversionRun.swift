// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
public import Findings
import Frames
import Glibc
import HDF5
import ImageHeaders
import NeXus
import RuleEngine
public import Transport

/// Converts images to NXmx: headers, scans, and for each scan a file that is looked at again before it gets its name.
///
/// - Source: conversion.md.
public struct ConversionRun: Sendable {
    private let request: ConversionRequest
    private let settings: ReadingSettings
    private let rules: RulesFolder
    private let table: GoniometerTable?

    /// - Parameter rules: The folder with `facilities/goniometer-axes.json5`.
    public init(_ request: ConversionRequest, settings: ReadingSettings, rules: RulesFolder) {
        self.request = request
        var settings = settings
        settings.frames = .none
        self.settings = settings
        self.rules = rules
        let path = rules.path + "/facilities/goniometer-axes.json5"
        table = FileBytes.read(path).flatMap { try? GoniometerTable($0) }
    }

    /// Reads the headers of all inputs and writes what they make.
    ///
    /// - Parameter inputs: The words of each input.
    public func run(_ inputs: [[String]], tell: (ConversionOutcome.Scan) -> Void = { _ in }) -> ConversionOutcome {
        var outcome = ConversionOutcome()
        var images: [ConvertedImage] = []
        for words in inputs {
            do throws(Failure) {
                images.append(try ConvertedImage(words, settings: settings))
            } catch {
                outcome.failures.append(error)
            }
        }
        // A scan with a file that could not be read would not be whole.
        guard outcome.failures.isEmpty else { return outcome }
        let (scans, grouping) = ScanToConvert.scans(images, gaps: request.gaps)
        for scan in scans {
            var result = ConversionOutcome.Scan(name: scan.name, template: scan.template, frames: scan.frames.count)
            do throws(ConversionStop) {
                try convert(scan, images, grouping, &result)
            } catch {
                switch error {
                case .refused(let why): result.refusal = ConversionOutcome.Refusal(why.sentence, remedy: why.remedy)
                case .failed(let failure): result.failure = failure
                }
            }
            tell(result)
            outcome.scans.append(result)
        }
        return outcome
    }

    private func convert(
        _ scan: ScanToConvert, _ images: [ConvertedImage], _ grouping: SeriesGrouping,
        _ result: inout ConversionOutcome.Scan
    ) throws(ConversionStop) {
        var writing: ScanWriting
        do throws(ConversionRefusal) {
            let completion = try ScanCompletion(scan, images[scan.firstImage], request: request, table: table)
            writing = try ScanWriting(scan, images, completion, request: request)
        } catch {
            throw .refused(error)
        }
        let path = (request.output ?? "") + scan.name + ".nxs"
        let partial = path + ".partial"
        let detector = writing.completion.experiment.detectors.first
        let lowest = detector?.underload?.value ?? detector?.undefinedValue.map { $0.value + 1 } ?? 0
        let pixels = ScanPixels(scan: scan, images: images, settings: settings, lowest: lowest)
        let writer = try ConversionStop.of { () throws(Failure) in
            let writer = try Writer(creating: partial)
            try writer.group("/entry")
            try writer.group("/entry/data")
            return writer
        }
        let mask = try pixels.write(to: writer, shape: writing.shape, dataset: "/entry/data/data")
        let first = FileReading(images[scan.firstImage].words, settings: settings)
        let tree: MasterTree
        do throws(ConversionRefusal) {
            tree = try writing.tree(
                mask: mask, bitDepth: nil, block: first.material.experiments.first?.block, inputs: [])
        } catch {
            throw .refused(error)
        }
        let root = ScanWriting.root([("entry", tree.entry)], file: Name(path).last.text, request: request)
        do throws(Failure) {
            try root.write(to: writer, existing: ["/entry", "/entry/data"])
            try writer.close()
        } catch {
            throw .failed(error)
        }
        _ = rename(partial, path)
        result.path = path
        result.notes = writing.notes.map { "\($0.rule) \($0.message)" }
    }
}
