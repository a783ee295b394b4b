// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Reads what identifies a measurement.
///
/// - Source: NXmx: NXentry, NXinstrument, NXsource, NXsample; `doi` by practice.
struct IdentityReader {
    let tree: NeXusTree

    func identity(
        of entry: Node, instrument: Node?, source: Node?, sample: Node?, fields: inout FieldReader
    ) -> Identity {
        var identity = Identity()
        identity.title = fields.text("title", in: entry)
        identity.doi = fields.text("doi", in: entry)
        identity.startTime = fields.text("start_time", in: entry)
        identity.endTimeEstimated = fields.text("end_time_estimated", in: entry)
        identity.endTime = fields.text("end_time", in: entry) ?? identity.endTimeEstimated
        if let source {
            identity.facility = fields.text("name", in: source)
            identity.sourceType = fields.text("type", in: source)
        }
        if let instrument {
            identity.instrument = fields.text("name", in: instrument)
            identity.beamline = beamline(of: instrument) ?? identity.instrument
        }
        if let sample {
            identity.sample = fields.text("name", in: sample)
            identity.temperature = fields.single("temperature", in: sample, as: .temperature)
        }
        return identity
    }

    /// `short_name` of the instrument, on its name or on the group.
    private func beamline(of instrument: Node) -> Sourced<String>? {
        let holders = [tree.child("name", of: instrument), instrument].compactMap { $0 }
        for holder in holders {
            guard let name = tree.attribute("short_name", of: holder)?.value.firstString.map(trimmed),
                !name.isEmpty
            else { continue }
            return Sourced(name, .stated(.object(path: holder.path, attribute: "short_name")))
        }
        return nil
    }
}
