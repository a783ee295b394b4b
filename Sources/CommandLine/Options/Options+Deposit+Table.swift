// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Options of the verbs that speak with repositories.

extension Option where Value == String {
    static var depositTarget: Self {
        Self("target", short: "t", "NAME|URL", "the repository: a name, or the address of a server of InvenioRDM")
    }
    static var tokenFile: Self {
        Self("token-file", "FILE", shape: .file, "take the token from FILE, of mode 0600, instead of the variable")
    }
    static var record: Self {
        Self("record", "FILE", shape: .file, "the record, as InvenioRDM takes it, instead of that of the package")
    }
    static var confirm: Self { Self("confirm", "WORD", "what would be typed: the DOI, or the number of the draft") }
    static var parent: Self { Self("of", "RECORD", "number or DOI of the version before") }
    static var community: Self { Self("community", "NAME", "the community, by the name in the address of its page") }
    static var ownXML: Self { Self("xml", "FILE", shape: .file, "our DataCite record, instead of that of the deposit") }
    static var until: Self {
        Self("until", "DAY", "last day, YYYY-MM-DD") { text in
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            let isDay =
                text.utf8.count == 10 && parts.count == 3 && parts[0] != nil && (1...12).contains(parts[1] ?? 0)
                && (1...31).contains(parts[2] ?? 0)
            return isDay ? .success(text) : .failure(ValueFault(wanted: "a day, such as 2027-01-31"))
        }
    }
    static var fetched: Self { Self("output", short: "o", "FOLDER", shape: .folder, "write the files into FOLDER") }
}

extension Flag {
    static var production: Flag { Flag("production", "the server at this address is none for trials") }
    static var anew: Flag { Flag("anew", "begin another deposit although there is one") }
    static var publishesUnchecked: Flag {
        Flag("unchecked", "publish data that were not checked when the package was built")
    }
    static var takeOver: Flag { Flag("take-over", "write the record over what somebody else has changed in the draft") }
}
