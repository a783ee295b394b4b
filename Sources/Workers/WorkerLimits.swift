// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CProcess
import Glibc

/// Bounds of a process that reads files.
///
/// - Source: audit.md section 4.
public struct WorkerLimits: Sendable, Hashable {
    /// Seconds on the clock for one request.
    public var seconds = 120
    /// Seconds of a processor for one request.
    public var processorSeconds = 10
    /// Bytes of memory that the process may write to.
    public var memoryBytes = 2 << 30

    public init() {
        #if DEBUG
            // Without the optimiser the same work takes many times as long.
            processorSeconds = 100
        #endif
    }

    /// Bounds the memory of this process.
    ///
    /// - Source: setrlimit(2), RLIMIT_DATA: heap and private mappings.
    func boundMemory() {
        Self.bound(RLIMIT_DATA, to: rlim_t(memoryBytes))
        Self.bound(RLIMIT_CORE, to: 0)
    }

    /// Lets a process that is bounded go on for so many seconds of a processor more, and as long on the clock.
    ///
    /// For what costs more than metadata, such as decoding frames.
    public static func grant(processorSeconds: Int) {
        var factor = 1
        #if DEBUG
            factor = 10
        #endif
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max else {
            return
        }
        boundProcessorTime(processorSeconds * factor)
        let left = alarm(0)
        if left > 0 { alarm(left + UInt32(clamping: processorSeconds * factor)) }
    }

    /// Ends this process by SIGXCPU once it has used so much more processor time; nil lifts that limit.
    static func boundProcessorTime(_ seconds: Int?) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit) == 0 else { return }
        guard let seconds else {
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
            return
        }
        var used = rusage()
        getrusage(RUSAGE_SELF.rawValue, &used)
        // The second that has begun does not count.
        limit.rlim_cur = min(limit.rlim_max, rlim_t(used.ru_utime.tv_sec + used.ru_stime.tv_sec + seconds + 1))
        setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
    }

    private static func bound(_ resource: __rlimit_resource, to most: rlim_t) {
        var limit = rlimit(rlim_cur: most, rlim_max: most)
        setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
}
