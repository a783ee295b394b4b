// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Starts a program with one end of a socket pair as descriptor 3, /dev/null as standard streams and nothing else open.
///
/// Works from a process with threads. Returns 0 or the number of an error.
/// Wraps posix_spawn, posix_spawn_file_actions_addclosefrom_np.
int cprocess_spawn(
    const char *path, char *const words[], char *const environment[], int socket, pid_t *process);

/// Descriptors that one message can carry.
enum { CPROCESS_MOST_DESCRIPTORS = 253 };

/// Sends bytes, and descriptors with the first of them, as far as there is room; never raises SIGPIPE.
///
/// Returns the number of bytes that went, or -1 with errno. Wraps sendmsg, SCM_RIGHTS.
ssize_t cprocess_send(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count);

/// Receives what is there without waiting; descriptors that came along are closed on exec, those without room are closed.
///
/// Returns the number of bytes, 0 at the end, or -1 with errno. Wraps recvmsg, SCM_RIGHTS.
ssize_t cprocess_receive(int socket, void *bytes, size_t room, int *descriptors, size_t *descriptor_count);

/// Layers that hold a process which reads the bytes of strangers.
enum {
    CPROCESS_LIMITS = 1,
    CPROCESS_NO_NEW_RIGHTS = 2,
    CPROCESS_USER = 4,
    CPROCESS_LANDLOCK = 8,
    CPROCESS_SYSTEM_CALLS = 16,
};

/// What a process may still do.
typedef struct {
    /// Bytes of memory that it may write to; RLIMIT_DATA.
    uint64_t memory;
    /// Files and folders that it may read, ended by NULL.
    const char *const *readable;
    /// Where libraries lie that may still be loaded, ended by NULL.
    const char *const *libraries;
} cprocess_rights;

/// Gives rights away for good, as far as this kernel lets us; returns the layers in force.
///
/// A process of root becomes nobody where nobody can read what is readable; the process has one thread.
/// Wraps setrlimit, prctl, setresuid, landlock_restrict_self, seccomp.
unsigned cprocess_restrict(const cprocess_rights *rights);
