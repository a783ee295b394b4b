// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Addresses as a user gives them for images that are to be described.
public enum ImageAddress {
    /// What keeps an address, with the kind of archive that is said to lie there, from leading to images; nil when nothing.
    public static func fault(_ uri: String, archive: String?) -> String? {
        if let fault = LocationFault.of(uri) { return "'\(uri)' is no address (\(fault))" }
        let location = Location(uri)
        if location.secret != nil { return "'\(location.masked)' carries \(location.secret ?? "")" }
        if let page = LocationKind.page(location) { return "'\(uri)' names \(page)" }
        guard !uri.hasSuffix("/"), let told = LocationKind.archive(LocationKind.fileName(location.path)) else {
            return nil
        }
        guard let archive else { return "'\(uri)' ends as \(told), and no --archive says so" }
        return told == archive ? nil : "'\(uri)' ends as \(told), and --archive says \(archive)"
    }
}

/// Locations that name something else than a file, by what their text tells.
///
/// - Source: addresses of Zenodo, Figshare, Dryad, Dataverse, OSF, Mendeley Data, XRDa, SBGrid, GitHub and of resolvers.
enum LocationKind {
    /// What the location leads to instead of a file; nil for one that may be a file.
    static func page(_ location: Location) -> String? {
        guard location.scheme != "file", location.scheme != "rsync" else { return nil }
        let parts = location.path.split(separator: "/").map { $0.lowercased() }
        let host = location.host.hasPrefix("www.") ? String(location.host.dropFirst(4)) : location.host
        if ["doi.org", "dx.doi.org", "hdl.handle.net"].contains(host) {
            return host == "hdl.handle.net" ? "a handle, which leads to a page" : "a DOI, which leads to a page"
        }
        if location.scheme == nil, parts.first?.hasPrefix("10.") == true, parts.count > 1,
            parts[0].dropFirst(3).allSatisfy(\.isNumber), parts[0].count >= 7
        {
            return "a DOI, which leads to a page"
        }
        guard let first = parts.first else {
            return location.host.isEmpty || !location.query.isEmpty ? nil : "the front page of a server"
        }
        if host == "zenodo.org" || host == "sandbox.zenodo.org" {
            if ["record", "records", "deposit", "uploads"].contains(first), !parts.contains("files") {
                return parts.contains("preview") ? "a viewer of Zenodo" : "a landing page of Zenodo"
            }
            if first == "communities" { return "a page of Zenodo" }
        }
        if host.hasSuffix("figshare.com"), first == "articles" { return "a landing page of Figshare" }
        if host == "datadryad.org", first == "dataset" || parts.starts(with: ["stash", "dataset"]) {
            return "a landing page of Dryad"
        }
        if parts.last == "dataset.xhtml" || parts.last == "citation" && parts.count > 1 && !location.query.isEmpty {
            return "a landing page of a Dataverse"
        }
        if host == "osf.io", !parts.contains("download") { return "a page of OSF" }
        if host == "data.mendeley.com", first == "datasets", !parts.contains("files") {
            return "a landing page of Mendeley Data"
        }
        if host == "xrda.pdbj.org", first == "entry" { return "a landing page of XRDa" }
        if host == "data.sbgrid.org", first == "dataset" { return "a landing page of SBGrid" }
        if host == "proteindiffraction.org", first == "project" { return "a landing page of IRRMC" }
        if host == "github.com", parts.count > 3, ["blob", "tree"].contains(parts[2]) { return "a page of GitHub" }
        if host == "drive.google.com", first == "file" || first == "drive" { return "a viewer of Google Drive" }
        if host.hasSuffix("dropbox.com"), ["s", "scl", "sh"].contains(first), !location.query.hasSuffix("dl=1") {
            return "a viewer of Dropbox"
        }
        if let last = parts.last, [".html", ".htm", ".xhtml"].contains(where: last.hasSuffix) {
            return "a page"
        }
        return nil
    }

    /// The kind of archive that an ending tells, in the words of the dictionary and besides TXZ, TAR, 7Z and RAR.
    static func archive(_ name: Substring) -> String? {
        let lower = name.lowercased()
        return archives.first { lower.hasSuffix($0.ending) }?.kind
    }

    private static let archives: [(ending: String, kind: String)] = [
        (".zip", "ZIP"), (".tar.gz", "TGZ"), (".tgz", "TGZ"), (".tar.bz2", "TBZ"), (".tbz", "TBZ"), (".tbz2", "TBZ"),
        (".tar.xz", "TXZ"), (".txz", "TXZ"), (".tar", "TAR"), (".7z", "7Z"), (".rar", "RAR"),
    ]

    /// The format that an ending tells beyond doubt; nil for one that several formats have, such as .img.
    static func format(_ name: Substring) -> String? {
        var lower = name.lowercased()[...]
        for packed in [".gz", ".bz2"] where lower.hasSuffix(packed) { lower = lower.dropLast(packed.count) }
        return formats.first { lower.hasSuffix($0.ending) }?.format
    }

    private static let formats: [(ending: String, format: String)] = [
        (".cbf", "CBF"), (".h5", "HDF5"), (".hdf5", "HDF5"), (".nxs", "HDF5"), (".hdf", "HDF5"), (".tif", "TIFF"),
        (".tiff", "TIFF"), (".smv", "SMV"),
    ]

    /// The part of a path that has the ending of a file: an address of a service may end in "content" or "download".
    static func fileName(_ path: Substring) -> Substring {
        var parts = path.split(separator: "/")
        while let last = parts.last, parts.count > 1, ["content", "download"].contains(last.lowercased()) {
            parts.removeLast()
        }
        return parts.last ?? ""
    }
}
