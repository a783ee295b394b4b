// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import Workers

/// What a verb prints about a file, or about files that belong together.
struct Page: WireValue {
    /// For standard output.
    var output: [UInt8] = []
    /// Lines for standard error.
    var complaints: [String] = []
    var code: ExitCode
    /// The file is no diffraction data.
    var isPassedOver = false

    init(code: ExitCode) { self.code = code }

    /// What is said of files whose reader ended, when all of them were needed.
    init(unread names: [String], _ end: End) {
        code = .unreadable
        let shown = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 3 ? " and others" : "")
        complaints = [
            "cannot read \(shown): the process that read \(names.count > 1 ? "them" : "it") ended (\(end.words))"
        ]
        if names.count > 1 { complaints.append("'imprimatur check --isolate' tells which of the files it is") }
    }

    /// A JSON object, a byte of zero, and the bytes for standard output.
    var wire: [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.array("complaints") { json in for line in complaints { json.string(line) } }
            json.member("code", Int(code.rawValue))
            json.member("isPassedOver", isPassedOver)
        }
        return json.finish() + [0] + output
    }

    init?(wire: [UInt8]) {
        guard let end = wire.firstIndex(of: 0), let value = try? JSONReader.read(Array(wire[..<end])),
            let complaints = value["complaints"]?.elements,
            let code = value["code"]?.integer.flatMap({ Int32(exactly: $0) }).flatMap(ExitCode.init(rawValue:)),
            let isPassedOver = value["isPassedOver"]?.bool
        else { return nil }
        output = Array(wire[(end + 1)...])
        self.complaints = complaints.compactMap(\.string)
        self.code = code
        self.isPassedOver = isPassedOver
    }
}

extension Leavings {
    /// Complaints first, then what goes to standard output.
    mutating func take(_ page: Page) {
        for line in page.complaints { complain(line) }
        report(page.output)
    }
}
