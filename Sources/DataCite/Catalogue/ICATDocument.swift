// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import XML

/// The ingest file of ICAT 1.1: one dataset with sample, instrument, techniques and parameters.
///
/// - Source: icatproject/python-icat:etc/ingest-11.xsd.
extension CatalogueEntry {
    /// XML that python-icat 1.7 takes.
    ///
    /// - Parameter name: The name of the dataset within its investigation.
    public func icatIngest(name: String) -> [UInt8] {
        var xml = XMLWriter()
        xml.element("icatingest", [("version", "1.1")]) { xml in
            xml.element("head") { xml in
                xml.element("date", text: "\(today)T00:00:00Z")
                xml.element("generator", text: program)
            }
            xml.element("data") { xml in
                xml.element("dataset", [("id", "dataset_1")]) { writeDataset(name, &$0) }
            }
        }
        return xml.finish()
    }

    private func writeDataset(_ name: String, _ xml: inout XMLWriter) {
        xml.element("name", text: name)
        let words = record.description("Abstract")?.value ?? record.title?.value
        // The table of ICAT has 255 characters for it.
        if let words { xml.element("description", text: String(words.prefix(255))) }
        if let times {
            xml.element("startDate", text: times.start)
            xml.element("endDate", text: times.end)
        }
        if let sample { xml.element("sample", [("name", sample)]) { _ in } }
        if let instrument {
            xml.element("datasetInstruments") { $0.element("instrument", [("name", instrument)]) { _ in } }
        }
        for technique in techniques {
            xml.element("datasetTechniques") {
                $0.element("technique", [("name", technique.label), ("pid", "PaNET:\(technique.id)")]) { _ in }
            }
        }
        for quantity in quantities {
            let type = facility?.icat[quantity.key]
            xml.element("parameters") { xml in
                xml.element("numericValue", text: DecimalText.shortest(quantity.value))
                xml.element(
                    "type",
                    [("name", type?.name ?? quantity.key), ("units", type?.units ?? Self.plain(quantity.unit))]
                ) { _ in }
            }
        }
        if let detector = facts.detector {
            xml.element("parameters") { xml in
                xml.element("stringValue", text: detector.value)
                xml.element("type", [("name", "detector"), ("units", "N/A")]) { _ in }
            }
        }
    }

    /// ICAT asks for units, and writes N/A where there are none.
    private static func plain(_ unit: String) -> String { unit.isEmpty ? "N/A" : unit }
}
