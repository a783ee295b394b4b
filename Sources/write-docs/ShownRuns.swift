// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The runs that documents show: blocks of console text whose first line is a call of the program.
enum ShownRuns {
    /// The text with every such block run again.
    ///
    /// A block begins with "```console" and "$ imprimatur …"; its last line shows the exit code.
    static func refreshed(_ text: String, in checkout: Checkout) -> String {
        var lines: [Substring] = []
        var rest = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = rest.popFirst() {
            lines.append(line)
            guard line == "```console", let call = rest.first, call.hasPrefix("$ imprimatur") else { continue }
            let old = rest.prefix { $0 != "```" }
            rest = rest.dropFirst(old.count)
            lines.append(call)
            var output = run(String(call.dropFirst(2)), in: checkout).split(
                separator: "\n", omittingEmptySubsequences: false
            )
            while output.last?.isEmpty == true { output.removeLast() }
            lines += output
        }
        return lines.joined(separator: "\n")
    }

    /// What a call prints on both streams, and how it ends.
    private static func run(_ call: String, in checkout: Checkout) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = own.lastIndex(of: "/").map { own[..<$0] } ?? "."
        let command =
            "cd '\(checkout.root)' && PATH='\(folder)':\"$PATH\" COLUMNS=100 IMPRIMATUR_RULES=rules sh -c '\(call)' 2>&1; echo \"exit $?\""
        guard let stream = popen(command, "r") else { return "" }
        defer { pclose(stream) }
        return Checkout.all(of: stream)
    }
}
