// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Scripts for Slurm: an array of jobs, one a shard, and a job that merges when all have ended.
public struct SlurmScript: Sendable {
    /// As the shell has to read it.
    public let program: String
    public let roots: [String]
    public let folder: String
    public let shards: Int
    /// Words of `audit run` beside the folders.
    public let options: [String]
    /// Words of sbatch.
    public let sbatch: [String]

    public init(program: String, roots: [String], folder: String, shards: Int, options: [String], sbatch: [String]) {
        self.program = program
        self.roots = roots
        self.folder = folder
        self.shards = shards
        self.options = options
        self.sbatch = sbatch
    }

    /// The array: element i looks at shard i + 1.
    public var array: String {
        """
        #!/bin/bash
        # Written by 'imprimatur audit submit --slurm'. Each element audits one of \(shards) shards into a store of its own.
        # The number of shards stands here, and in each store: Slurm says 1 when one element is submitted again alone, with
        #   sbatch --array=ELEMENT \(Self.quoted(folder + "/audit.sbatch"))
        #SBATCH --job-name=imprimatur-audit
        #SBATCH --array=0-\(shards - 1)
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --signal=B:TERM@60
        #SBATCH --output=\(Self.directive(folder))/audit-%a.log
        \(sbatch.map { "#SBATCH \($0)\n" }.joined())
        SHARDS=\(shards)
        shard=$((SLURM_ARRAY_TASK_ID + 1))
        store=\(Self.quoted(folder))/shard-$shard.sqlite

        \(Self.quoted(program)) audit run \(words) \\
            --shard "$shard/$SHARDS" --db "$store" --workers "${SLURM_CPUS_PER_TASK:-1}" --quiet &
        audit=$!
        # Slurm tells this shell that the time is nearly up; the audit finishes what it has in hand.
        trap 'kill -TERM "$audit"' TERM
        wait "$audit"
        code=$?
        if [ "$code" -gt 128 ] && kill -0 "$audit" 2>/dev/null; then wait "$audit"; code=$?; fi
        # Time is up: 75 asks for another turn where slurm.conf has RequeueExit=75; elsewhere the element asks for itself.
        if [ "$code" = 143 ]; then
            if ! scontrol show config 2>/dev/null | grep -q '^RequeueExit *=.*75'; then
                scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
            fi
            exit 75
        fi
        # Findings, and files that could not be read, are results of the audit and no failure of the job.
        case "$code" in 0|1|3|4) exit 0 ;; esac
        exit "$code"

        """
    }

    /// The job that comes after all elements, however they ended.
    public var merge: String {
        """
        #!/bin/bash
        # Written by 'imprimatur audit submit --slurm': joins the stores of the shards, or names those that are missing.
        #SBATCH --job-name=imprimatur-merge
        #SBATCH --output=\(Self.directive(folder))/merge.log
        \(sbatch.map { "#SBATCH \($0)\n" }.joined())
        \(Self.quoted(program)) audit merge --db \(Self.quoted(folder + "/audit.sqlite")) \\
            \(Self.quoted(folder))/shard-*.sqlite

        """
    }

    private var words: String { (roots + options).map(Self.quoted).joined(separator: " ") }

    /// A word as a shell reads it back.
    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x40, 0x5F: true
            default: false
            }
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// A path in a line of Slurm, where a blank ends a word.
    private static func directive(_ path: String) -> String {
        path.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "\\ ")
    }
}
