// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction

extension RawDataContext {
    /// What a block says of the raw data beside its experiment.
    ///
    /// - Source: imgcif.md section 12, fields 1 to 6.
    public init(_ block: CIF.Block, reading: BlockReading) {
        self.init()
        let text = block
        let block = SourcedBlock(text, in: reading.source)
        let external = reading.externalData
        let database = Table("database", in: block)
        doi = database.firstText("dataset_doi", rows: Array(database.rows))
        format = Self.first(.format, of: external)
        if format == nil, text.column("_array_data.data") != nil {
            format = Sourced("CBF", .derived("_array_data.data, which holds the pixels"))
        }
        archive = Self.first(.uri, of: external).flatMap { uri in
            Self.host(uri.value).map { Sourced($0, uri.origin) }
        }
        if archive == nil, let doi, Self.isZenodo(doi.value) { archive = Sourced("zenodo.org", doi.origin) }
        let source = Table("diffrn_source", in: block)
        let names = ["make", "device", "type"].compactMap { source.firstText($0, rows: Array(source.rows)) }
        laboratorySource = names.first.map { first in Sourced(names.map(\.value).joined(separator: ", "), first.origin)
        }
        let detector = Table("diffrn_detector", in: block)
        detectorMake = detector.firstText("make", rows: Array(detector.rows))
    }

    private static func first(_ item: ExternalData.Item, of external: ExternalData) -> Sourced<String>? {
        guard external.rowCount > 0, let text = external.text(item, 0), !text.isEmpty else { return nil }
        return Sourced(text, .stated(external.place(item, 0)))
    }

    /// The host of an address: what stands between "//" and the next "/", without user and port.
    private static func host(_ uri: String) -> String? {
        guard let scheme = uri.firstIndex(of: ":"), uri[scheme...].hasPrefix("://") else { return nil }
        let authority = uri[scheme...].dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@").last?.prefix { $0 != ":" } ?? ""
        return host.isEmpty ? nil : String(host)
    }

    private static func isZenodo(_ doi: String) -> Bool { doi.lowercased().contains("10.5281/zenodo.") }
}
