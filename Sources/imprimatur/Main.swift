// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHeap
import CommandLine
import Glibc
import Transport

@main
struct Main {
    static func main() {
        cheap_take()
        // Nothing of ours waits for the end of the process, and what libraries would do then could go wrong.
        _exit(Program.run(Executable.words).rawValue)
    }
}
