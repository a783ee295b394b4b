// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
internal import ImageCodecs
import RuleEngine

// What readers need of an NXmx file beyond the definition.
//
// Source: dials/nxmx:src/nxmx/__init__.py (0.0.8); cctbx/dxtbx:src/dxtbx/nexus/__init__.py;
// DiamondLightSource/nexgen:CHANGELOG.md for autoPROC.

extension ReaderNotes {
    // MARK: nxmx of DIALS

    mutating func noteNXmx(_ view: TreeView, _ files: FileSet) {
        if case .run(let deviations, _) = view.conformance {
            for deviation in deviations where deviation.rule == "NX-032" {
                guard case .object(let path, let attribute)? = deviation.places.first?.spot else { continue }
                note(
                    "nxmx", "stops at \(path)@\(attribute ?? "units"): its library of units does not know the spelling")
            }
        }
        for entry in Self.groups("NXentry", files) {
            if Self.members("NXsource", of: entry, files).isEmpty {
                note("nxmx", "looks for an NXsource in \(entry) and finds none")
            }
            for name in ["start_time", "end_time_estimated"] where Self.field(entry + "/" + name, files) == nil {
                note("nxmx", "stops where somebody asks for \(entry)/\(name), which is absent")
            }
            for instrument in Self.members("NXinstrument", of: entry, files) {
                if Self.members("NXbeam", of: instrument, files).isEmpty {
                    note("nxmx", "looks for an NXbeam in \(instrument) and stops")
                }
                let detectors = Self.members("NXdetector", of: instrument, files)
                if detectors.count > 1, let first = detectors.first {
                    note("dxtbx", "takes \(first) of \(detectors.count) detectors; frames of the others are lost")
                }
            }
        }
        for detector in Self.groups("NXdetector", files) {
            for name in ["sensor_material", "sensor_thickness"] where Self.field(detector + "/" + name, files) == nil {
                note("nxmx", "stops without \(detector)/\(name)")
            }
        }
    }

    // MARK: Frames

    mutating func noteFrames(_ files: FileSet, _ images: [ImageDataset]) {
        for image in images.prefix(1) {
            let dataset = image.dataset
            if let shape = dataset.shape, shape.count != 3 {
                note("neggia", "wants frames of three dimensions; \(image.path) has \(shape.count)")
                note("durin", "wants frames of three dimensions; \(image.path) has \(shape.count)")
            }
            if case .integer(let bytes, let isSigned, _) = dataset.type {
                let depth = Self.groups("NXdetector", files).lazy.compactMap { detector in
                    Self.field(detector + "/bit_depth_readout", files)?.value.firstDouble
                }.first
                if bytes == 8 {
                    note("dxtbx", "refuses counts of 64 bits")
                } else if bytes == 4, !isSigned, depth != 32 {
                    note("dxtbx", "refuses unsigned counts of 32 bits unless bit_depth_readout is 32")
                }
            }
            for filter in dataset.filters where filter.id == FilterNumber.bitshuffle && filter.parameters.count != 5 {
                note("neggia", "wants five values of the bitshuffle filter; here are \(filter.parameters.count)")
            }
        }
        for detector in Self.groups("NXdetector", files) {
            let specific = detector + "/detectorSpecific"
            if let mask = Self.field(specific + "/pixel_mask", files), case .chunked = mask.layout {
                note("neggia", "wants \(specific)/pixel_mask in one piece, not in chunks")
            }
            if Self.field(specific + "/nimages", files) != nil, Self.field(specific + "/ntrigger", files) == nil {
                note("neggia", "counts nimages times ntrigger frames, and \(specific)/ntrigger is absent")
            }
            for name in ["x_pixel_size", "y_pixel_size"] {
                if let size = Self.field("\(detector)/\(name)", files), !size.type.isFloat {
                    note("durin", "wants floating point in \(detector)/\(name)")
                }
            }
        }
    }

    // MARK: autoPROC

    mutating func noteAutoPROC(_ files: FileSet) {
        for detector in Self.groups("NXdetector", files) {
            let specific = detector + "/detectorSpecific"
            for name in ["x_pixels_in_detector", "y_pixels_in_detector"]
            where Self.field(specific + "/" + name, files) == nil {
                note("autoPROC", "takes the size of the image from \(specific)/\(name), which is absent")
            }
        }
    }

    /// Paths of the groups of a class in a group of the main file.
    private static func members(_ name: String, of group: String, _ files: FileSet) -> [String] {
        guard case .object(let id, let file) = files.resolve(group, from: "/"),
            let snapshot = files.files[file].snapshot
        else { return [] }
        return snapshot[id].links.compactMap { link in
            let path = group == "/" ? "/" + link.name : group + "/" + link.name
            guard case .object(let inner, let other) = files.resolve(path, from: "/"),
                files.files[other].snapshot?[inner].attribute("NX_class")?.value.firstString == name
            else { return nil }
            return path
        }
    }
}
