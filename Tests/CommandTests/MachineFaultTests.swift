// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HDF5
import TestSupport
import Testing

/// Faults of the machine under every verb: what is said, the exit code, and what is on disk afterwards.
///
/// Oracle: the digest of every file that was there before, by `sha256sum`, and the words of errno(3).
@Suite struct MachineFaultTests {
    /// A run of each verb that prints.
    static let verbs = [
        "check good.cif", "check -f json good.cif", "check good.cif good.cif visit/good.cif", "inspect good.cif",
        "inspect --json good.cif", "compare good.cif circle.cif", "rules list", "rules explain AXIS-002",
        "definitions list", "definitions list v2026.01", "definitions show NXmx",
        "definitions diff v2024.02 v2026.01 NXmx", "doctor", "completions bash", "man", "--help", "--version",
    ]

    @Test("a reader that goes away is told as a write that failed", arguments: verbs)
    func closedPipe(words: String) throws {
        let yard = try Yard()
        let result = try yard.shell("(sleep 0.2; timeout 60 $P \(words); echo $? > code) | true; cat code; rm code")
        #expect(result.output == "3\n", "\(result.complaints)")
        #expect(result.complaints.contains("cannot write 'standard output': Broken pipe"), "\(result.complaints)")
    }

    @Test("a disk that is full at any write leaves the old report and nothing beside it", arguments: [0, 1, 2, 3, 4])
    func fullDisk(kilobytes: Int) throws {
        let yard = try Yard()
        try yard.write("report.json", "old\n")
        let before = try yard.contents()
        let names = (0..<8).map { _ in "good.cif circle.cif" }.joined(separator: " ")
        for isolate in ["", "--isolate"] {
            let limits = "ulimit -f \(kilobytes); trap '' XFSZ"
            let result = try yard.shell(
                "cp circle.cif c2.cif; cp circle.cif c3.cif; cp circle.cif c4.cif; "
                    + "(\(limits); $P check -q -f json \(isolate) \(names) c2.cif c3.cif c4.cif -o report.json 2> \(yard.folder.path)-err); "
                    + "r=$?; rm c2.cif c3.cif c4.cif; exit $r")
            #expect(result.code == 3)
            #expect(try yard.contents() == before)
        }
        try? FileManager.default.removeItem(atPath: yard.folder.path + "-err")
    }

    @Test("no HOME, no environment at all and ten descriptors are enough", arguments: verbs)
    func bare(words: String) throws {
        let yard = try Yard()
        let plain = try yard.shell("$P \(words)")
        let verb = words.split(separator: " ")[0]
        let takesRules = ["check", "rules list", "definitions", "doctor", "completions"].contains {
            words.hasPrefix($0)
        }
        let rules = takesRules && words != "definitions list" ? "--rules $IMPRIMATUR_RULES" : ""
        let bare = try yard.shell("env -i $P \(words) \(rules)")
        #expect(bare.code == plain.code, "\(bare.complaints)")
        #expect(bare.output == plain.output, "\(verb)")
        let few = try yard.shell("ulimit -n 10; $P \(words)")
        #expect(few.code == plain.code, "\(few.complaints)")
        #expect(few.output == plain.output)
    }

    @Test("devices stay devices: what is written to them fails or is gone, and none is read")
    func devices() throws {
        let yard = try Yard()
        guard try yard.shell("mknod full.txt c 1 7 && mknod null.txt c 1 3 && mknod zero.cif c 1 5").code == 0 else {
            return  // Only root makes devices.
        }
        let before = try yard.contents()
        let full = try yard.shell("$P check -q good.cif -o full.txt")
        #expect(full.code == 3)
        #expect(full.complaints.contains("cannot write 'full.txt': No space left on device"), "\(full.complaints)")
        #expect(try yard.shell("$P check -q good.cif -o null.txt").code == 0)
        for verb in ["check", "inspect", "describe", "compare good.cif"] {
            let read = try yard.shell("timeout 20 $P \(verb) zero.cif")
            #expect(read.code == 3, "\(verb): \(read.complaints)")
        }
        #expect(try yard.contents() == before)
    }

    @Test(
        "a file that an input reads from is never written, by whatever name",
        arguments: ["raw.txt", "link.txt", "hard.txt"], ["", "--isolate"])
    func linkedData(output: String, isolate: String) throws {
        let yard = try Yard()
        do {
            let writer = try Writer(creating: yard.folder.appendingPathComponent("m.nxs").path)
            try writer.group("/entry")
            try writer.attribute("NX_class", .string("NXentry"), on: "/entry")
            try writer.dataset(
                "/entry/x", .unwritten(.integer(bytes: 2, isSigned: false, bigEndian: false), shape: [4]),
                Storing(segments: [ExternalSegment(file: "raw.txt", offset: 0, size: 8)]))
            try writer.close()
        }
        try yard.write("raw.txt", "01234567\n")
        _ = try yard.shell("ln raw.txt hard.txt; ln -s raw.txt link.txt")
        let before = try yard.contents()
        let result = try yard.shell("$P check \(isolate) m.nxs -o \(output)")
        #expect([2, 3].contains(result.code))
        let words = "cannot write '\(output)': an input of this run is read from it; nothing was changed there"
        #expect(result.complaints.contains(words), "\(result.complaints)")
        #expect(try yard.contents() == before)
    }

    @Test("inputs are opened for reading only, and nothing but what the run needs is opened")
    func opened() throws {
        let yard = try Yard()
        guard try yard.shell("command -v strace && strace -o /dev/null true").code == 0 else { return }
        for words in [
            "check good.cif", "check good.cif circle.cif", "check --isolate good.cif", "inspect good.cif",
            "compare good.cif circle.cif", "describe raw.cbf",
        ] {
            _ = try yard.shell(
                "strace -f -qq -e trace=open,openat,openat2,creat -o ../trace.$$ $P \(words) > /dev/null 2>&1; mv ../trace.$$ trace"
            )
            let trace = try String(contentsOf: yard.folder.appendingPathComponent("trace"), encoding: .utf8)
            let lines = trace.split(separator: "\n").filter { !$0.contains(" = -1 ") }
            let written = lines.filter { $0.contains("O_WRONLY") || $0.contains("O_RDWR") || $0.contains("O_CREAT") }
                .filter { !$0.contains("/dev/null") && !$0.contains("memfd") }
            #expect(written.isEmpty, "\(words): \(written)")
            let inputs = lines.filter { $0.contains("\"good.cif\"") }
            #expect(inputs.count == (words.contains("good.cif") ? 1 : 0), "\(words): \(inputs)")
            let allowed = [
                "good.cif", "circle.cif", "raw.cbf", "/rules", "\"/lib", "\"/usr/lib", "\"/etc/ld.so.cache",
                "\"/usr/local/lib\"", "/proc/",
                "/sys/", "\"/dev/null", "\".\"", ".build", "swift", "\"/etc/localtime", "/usr/share/zoneinfo",
            ]
            let other = lines.filter { line in !allowed.contains { line.contains($0) } }
            #expect(other.isEmpty, "\(words): \(other)")
        }
    }
}
