// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Addresses as a user gives them for images that are to be described.
public enum ImageAddress {
    /// The text of a location with every secret put out.
    public static func masked(_ location: String) -> String { Location(location).masked }

    /// What keeps an address, with the kind of archive that is said to lie there, from leading to images; nil when nothing.
    public static func fault(_ uri: String, archive: String?) -> String? {
        if let fault = LocationFault.of(uri) { return "'\(uri)' is no address (\(fault))" }
        let location = Location(uri)
        if location.secret != nil { return "'\(location.masked)' carries \(location.secret ?? "")" }
        if let page = LocationKind.service(location) { return "'\(uri)' names \(page)" }
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
    static func page(_ location: Location) -> String? { service(location) ?? example(location) ?? folder(location) }

    /// A page of a service, or what leads to one.
    static func service(_ location: Location) -> String? {
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
        if let service = pagesOnly[host] { return "a page of \(service)" }
        guard let first = parts.first else {
            return location.host.isEmpty || !location.query.isEmpty ? nil : "the front page of a server"
        }
        if host == "zenodo.org" || host == "sandbox.zenodo.org" {
            if ["record", "records", "deposit", "uploads"].contains(first), !parts.contains("files") {
                return parts.contains("preview") ? "a viewer of Zenodo" : "a landing page of Zenodo"
            }
            if ["communities", "search"].contains(first) { return "a page of Zenodo" }
            if first == "doi" { return "a DOI, which leads to a page" }
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
        if let page = entry(host, parts) { return page }
        if host == "github.com" || host == "gitlab.com" {
            let isPage =
                parts.count < 3 || ["blob", "tree", "issues", "wiki"].contains(parts[2])
                || parts[2] == "-" && parts.count > 3 && ["blob", "tree"].contains(parts[3])
            if isPage { return "a page of \(host == "github.com" ? "GitHub" : "GitLab")" }
        }
        if host == "drive.google.com", first == "file" || first == "drive" { return "a viewer of Google Drive" }
        if host.hasSuffix("dropbox.com"), ["s", "scl", "sh"].contains(first), !location.query.hasSuffix("dl=1") {
            return "a viewer of Dropbox"
        }
        if host.hasSuffix(".sharepoint.com"), !location.query.contains("download=1") { return "a viewer of SharePoint" }
        // A share of a cloud: /s/CODE is a page, and /s/CODE/download the file.
        if parts.count > 1, parts[parts.count - 2] == "s", parts.dropLast(2).allSatisfy({ $0 == "index.php" }),
            !location.query.contains("dl=1"), parts.last?.contains(".") == false
        {
            return "a page where a file is shared"
        }
        if first == "articles" || first == "article" || host.hasPrefix("journals."), host != "figshare.com",
            archive(fileName(location.path)) == nil, !(parts.last?.contains(".") ?? false) || publishers.contains(host)
        {
            return "a page about an article"
        }
        if let last = parts.last, [".html", ".htm", ".xhtml"].contains(where: last.hasSuffix) {
            return "a page"
        }
        return nil
    }

    /// A page of an entry of the archives of structures.
    private static func entry(_ host: String, _ parts: [String]) -> String? {
        let pages: [String: [[String]]] = [
            "rcsb.org": [["structure"], ["3d-view"]], "ebi.ac.uk": [["pdbe", "entry"], ["emdb", "emd-"], ["empiar"]],
            "pdbj.org": [["mine", "summary"]], "wwpdb.org": [["pdb"]], "cxidb.org": [["id-"]],
            "crystallography.net": [["cod"]],
        ]
        let isPage = pages[host]?.contains { page in
            parts.count >= page.count && zip(parts, page).allSatisfy { $0.hasPrefix($1) }
        }
        return isPage == true && archive(parts.last?[...] ?? "") == nil ? "a page of \(host)" : nil
    }

    /// A host that no data lie on, kept for examples; `describe` takes it, for the address may be known later.
    ///
    /// - Source: RFC 2606 section 3.
    static func example(_ location: Location) -> String? {
        let host = location.host.hasPrefix("www.") ? String(location.host.dropFirst(4)) : location.host
        return ["example.org", "example.com", "example.net"].contains(host) ? "a host that stands in examples" : nil
    }

    /// A path that ends as a folder does; the folders of rsync hold files, and services may end an address so.
    private static func folder(_ location: Location) -> String? {
        guard let scheme = location.scheme, ["http", "https", "ftp"].contains(scheme), location.query.isEmpty else {
            return nil
        }
        let path = location.path.lowercased()
        return path.hasSuffix("/") && !path.contains("/download") ? "a folder" : nil
    }

    /// Hosts that give a page for every address.
    private static let pagesOnly = [
        "onedrive.live.com": "OneDrive", "1drv.ms": "OneDrive", "we.tl": "WeTransfer", "wetransfer.com": "WeTransfer",
        "docs.google.com": "Google", "researchgate.net": "ResearchGate", "doi.ccdc.cam.ac.uk": "CCDC",
        "ccdc.cam.ac.uk": "CCDC", "kaggle.com": "Kaggle", "commons.datacite.org": "DataCite",
        "search.datacite.org": "DataCite", "app.globus.org": "Globus", "bit.ly": "a shortener of addresses",
        "tinyurl.com": "a shortener of addresses",
    ]
    private static let publishers: Set<String> = ["nature.com", "journals.iucr.org", "scripts.iucr.org"]

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
