// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import JSON

/// One experiment of a DIALS experiment list.
public struct DIALSExperiment: Sendable {
    /// The item of a list that gives the flux, photons a second; 0 says nothing.
    public static let fluxItem = "beam.flux"
    public var experiment: Experiment
    /// Template of the image files with `#` for the number, or nil.
    public var template: String?
    /// Image files that are named one by one.
    public var images: [String]
    /// Numbers of the first and the last image, as the list counts them.
    public var imageRange: ClosedRange<Int>?
    /// Numbers of the images inside the one file that `template` names, from 0; nil for a file each.
    public var indices: [Int]?
    /// What the list holds and the model does not take.
    public var leftOut: [String]
}

/// Why a text is no experiment list.
public enum DIALSFault: Error, Sendable, Hashable {
    case json(JSONFault)
    case notAnExperimentList
    /// A member that an experiment needs is absent or of another form.
    case missing(experiment: Int, member: String)

    public var sentence: String {
        switch self {
        case .json(let fault): "the text is not JSON: \(fault)"
        case .notAnExperimentList: "the text is no DIALS experiment list: '__id__' is not 'ExperimentList'"
        case .missing(let experiment, let member): "experiment \(experiment) has no usable '\(member)'"
        }
    }
}

/// Reads DIALS experiment lists (`.expt`), old and new form.
///
/// Lengths are millimetres in the laboratory of dxtbx, which is the imgCIF one for CBF; panel origins are outer corners.
/// - Source: conversion.md section 7; geometry.md section 11.
public enum DIALSExperimentList {
    /// The experiments of a list, in its order.
    ///
    /// - Parameter source: The number of the file, which every place carries.
    public static func read(_ bytes: [UInt8], as source: SourceID = .main) throws(DIALSFault) -> [DIALSExperiment] {
        let root: JSONValue
        do {
            root = try JSONReader.read(bytes)
        } catch {
            throw .json(error)
        }
        guard root["__id__"]?.string == "ExperimentList", let list = root["experiment"]?.elements else {
            throw .notAnExperimentList
        }
        var experiments: [DIALSExperiment] = []
        for (number, entry) in list.enumerated() {
            experiments.append(try DIALSReader(root: root, entry: entry, number: number, source: source).experiment())
        }
        return experiments
    }
}
