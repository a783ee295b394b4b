// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Option where Value == String {
    // MARK: mint

    static var mintAddress: Self {
        Self("api", "URL", "another interface of DataCite than that for tests, or with --production for production")
    }
    static var prefix: Self { Self("prefix", "PREFIX", "a record without DOI gets a new one of this prefix") }
    static var landingPage: Self { Self("url", "URL", "the landing page, where the author file names none") }
    static var mintList: Self {
        Self("list", "FILE", shape: .file, "write the records of many author files, one a line of FILE")
    }
    static var publisherName: Self { Self("publisher", "NAME", "who makes the data available") }
}
