// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHeap
import CommandLine
import Glibc

@main
struct Main {
    static func main() {
        cheap_take()
        exit(Program.run(Swift.CommandLine.arguments).rawValue)
    }
}
