// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CommandLine
import Glibc

@main
struct Main {
    static func main() {
        exit(Program.run(Swift.CommandLine.arguments).rawValue)
    }
}
