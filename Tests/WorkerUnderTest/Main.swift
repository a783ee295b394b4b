// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Workers

/// A worker that does what a test tells it: echoes, dies, hangs, talks nonsense, tries what it may not.
@main
struct Main {
    static func main() {
        guard Serving.isCalled else { return }
        var limits = WorkerLimits()
        limits.processorSeconds = 1
        Serving.run(limits: limits) { task, program in
            task.isEmpty
                ? nil
                : Serving.Duty(readable: ["/proc"]) { request, descriptors in
                    var words = String(decoding: request, as: UTF8.self).split(separator: " ", maxSplits: 1).map(
                        String.init)
                    let deed = words.isEmpty ? "" : words.removeFirst()
                    return answer(deed, words.first ?? "", descriptors, program)
                }
        }
    }

    private static func answer(
        _ deed: String, _ rest: String, _ descriptors: [Int32], _ program: Serving.Asking
    ) -> [UInt8] {
        switch deed {
        case "echo": return Array(rest.utf8)
        case "long": return [UInt8](repeating: 0x61, count: Int(rest) ?? 0)
        case "signal": raise(Int32(rest) ?? SIGKILL)
        case "exit": _exit(Int32(rest) ?? 0)
        case "spin": while true { if getppid() == 0 { break } }
        case "sleep": sleep(UInt32(rest) ?? 1)
        case "nonsense": _ = write(3, "who are you? who are you? who are you?", 38)
        case "open":
            let opened = open(rest, O_RDONLY)
            return Array((opened < 0 ? "refused" : "opened").utf8)
        case "write":
            let opened = open(rest, O_WRONLY | O_CREAT, 0o600)
            return Array((opened < 0 ? "refused" : "opened").utf8)
        case "socket":
            return Array((socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) < 0 ? "refused" : "opened").utf8)
        case "descriptors": return Array(names(in: "/proc/self/fd").joined(separator: " ").utf8)
        case "environment": return environment()
        case "content":
            var bytes = [UInt8](repeating: 0, count: 100)
            let counts = descriptors.map { pread($0, &bytes, bytes.count, 0) }
            return Array("\(counts) ".utf8) + bytes.prefix { $0 != 0 }
        case "ask": return program.ask(Array(rest.utf8)).body
        default: break
        }
        return []
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        let own = "\(dirfd(stream))"
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix("."), name != own { names.append(name) }
        }
        closedir(stream)
        return names.sorted()
    }

    private static func environment() -> [UInt8] {
        var words: [String] = []
        var next = environ
        while let entry = next.pointee {
            words.append(String(cString: entry))
            next += 1
        }
        return Array(words.joined(separator: "\n").utf8)
    }
}
