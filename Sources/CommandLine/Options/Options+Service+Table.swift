// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions

// Options of the verbs that wait for files, which no other verb has.

extension Flag {
    static var layout: Self {
        Self("layout", "print what of a file is read for one frame and for one sinogram, and chunks of unwise size")
    }
    static var lines: Self {
        Self("lines", "take one request a line from standard input, and answer on standard output")
    }
    static var pollOnly: Self {
        Self("no-notices", "look at folders every few seconds alone, as on network file systems")
    }
    static var once: Self { Self("once", "end when everything that is there is settled and checked") }
}

extension Option where Value == String {
    static var ledger: Self {
        Self("ledger", "FILE", shape: .file, "remember in FILE what was checked; made where nothing is there")
    }
}

extension Option where Value == Double {
    static var settle: Self {
        Self(positive: "settle", "SECONDS", "how long a file has to stand still before it is checked; 2 without it")
    }
    static var poll: Self {
        Self(
            positive: "poll", "SECONDS",
            "how often to look at everything; 60 without it, and 2 where folders lie on another machine")
    }
}

extension Option where Value == ListeningPlace {
    static var http: Self {
        Self(
            "http", "[ADDRESS:]PORT",
            "serve a page for browsers, and files that come as bodies; at 127.0.0.1 where no address is told"
        ) { text in
            guard let place = ListeningPlace(text) else {
                return .failure(ValueFault(wanted: "a port, or an IP address and a port, such as 127.0.0.1:8080"))
            }
            return .success(place)
        }
    }
}

extension Option where Value == String {
    static var host: Self {
        Self(
            "host", "NAME", isRepeatable: true,
            "with --http, a name by which browsers call the server, beside addresses of this machine")
    }
}

extension Option where Value == Int {
    static var maxSessions: Self {
        Self("max-sessions", "N", "with --http, checks of pages at a time; 8 without it") { text in
            guard let number = Int(text), (1...1_000).contains(number) else {
                return .failure(ValueFault(wanted: "a number from 1 to 1000"))
            }
            return .success(number)
        }
    }
    static var maxUpload: Self {
        Self("max-upload", "BYTES", "with --http, bytes of a file that comes as a body; 64M without it") { text in
            Option<Int>.maxDownload.parse(text)
        }
    }
}

extension Option where Value == Double {
    static var maxSeconds: Self {
        Self(positive: "max-seconds", "SECONDS", "with --http, how long the check of a page may take; 900 without it")
    }
}
