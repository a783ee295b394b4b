// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Hosts of archives: which belong together, and which are the stores of many.
///
/// - Source: pages of the archives on how their files are fetched; publicsuffix.org on domains of two parts.
enum Hosts {
    /// Whether a file on one host may be of the record whose page is on another; nil where the host tells nothing.
    static func belong(_ file: String, to page: String) -> Bool? {
        let (first, second) = (domain(file), domain(page))
        if first == second || mirrors.contains(where: { $0.contains(first) && $0.contains(second) }) { return true }
        return stores.contains(first) ? nil : false
    }

    /// The part of a name that is registered; an address of numbers is one whole.
    static func domain(_ host: String) -> String {
        let parts = host.lowercased().split(separator: ".")
        guard parts.count > 2, parts.last?.allSatisfy(\.isNumber) == false else { return host.lowercased() }
        let isCountry = parts[parts.count - 1].count == 2 && registries.contains(String(parts[parts.count - 2]))
        return parts.suffix(isCountry ? 3 : 2).joined(separator: ".")
    }

    /// Second parts below which others register: "ac.uk", "edu.au".
    private static let registries: Set<String> = ["ac", "co", "com", "edu", "gov", "go", "net", "or", "org"]

    /// Domains of one archive each.
    private static let mirrors: [Set<String>] = [
        ["sbgrid.org", "uu.se", "ncpss.org"],
        ["cxidb.org", "nersc.gov"],
        ["esrf.fr", "esrf.eu"],
        ["ill.eu", "ill.fr"],
        ["psi.ch", "cscs.ch"],
        ["desy.de", "xfel.eu"],
        ["proteindiffraction.org", "virginia.edu"],
        ["pdbj.org", "wwpdb.org", "bmrb.io"],
        ["zenodo.org", "cern.ch"],
        ["dryad.org", "datadryad.org"],
        ["figshare.com", "figsh.com"],
        ["diamond.ac.uk", "stfc.ac.uk", "rl.ac.uk"],
    ]

    /// Stores in which many archives keep their files.
    private static let stores: Set<String> = [
        "amazonaws.com", "cloudfront.net", "googleapis.com", "windows.net", "globus.org", "wasabisys.com",
        "backblazeb2.com", "digitaloceanspaces.com", "cloudflarestorage.com", "github.com", "githubusercontent.com",
        "huggingface.co", "dropbox.com", "google.com", "sharepoint.com", "switch.ch", "surf.nl",
    ]
}
