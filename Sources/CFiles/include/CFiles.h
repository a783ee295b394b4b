// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdint.h>

/// Opens a regular file for reading by a name that stays below a folder, whatever symbolic links say.
///
/// Returns a descriptor, or a negative error number: -EXDEV when the name leads out of the folder, -ENOSYS when the
/// kernel does not know the call. Wraps openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS.
int cfiles_open_beneath(int folder, const char *name);

/// The kernel opens files below a folder (openat2(2), Linux 5.6).
int cfiles_opens_beneath(void);

/// A file that counts no blocks holds nothing on this machine: 1, else 0. Nothing is read.
///
/// File systems behind FUSE and 9p may count no blocks at all; there the file itself is asked where its first bytes lie.
/// Wraps fstatfs(2), lseek(2) with SEEK_DATA.
int cfiles_is_hollow(int descriptor);

/// A file of memory alone, empty and open for reading and writing; gone with its last descriptor. A descriptor, or -1 with
/// errno. Wraps memfd_create(2).
int cfiles_memory(void);

/// A folder lies on another machine, by the kind of its file system: 1, else 0. Wraps statfs(2).
int cfiles_is_on_network(const char *name);

/// Bytes of a file go to the disk from now on; nobody waits, and where it cannot be told so nothing is done. Wraps
/// sync_file_range(2) with SYNC_FILE_RANGE_WRITE.
void cfiles_begin_writing(int descriptor, int64_t offset, int64_t count);

/// The file that the kernel was told to run, or NULL. Wraps getauxval(3).
const char *cfiles_executable(void);

/// The words of the command line as the kernel gave them, bytes and no text; they are there without /proc.
int cfiles_argument_count(void);
const char *cfiles_argument(int index);

/// Remembers a file that is taken away when a signal ends the program (SIGHUP, SIGINT, SIGTERM, SIGXCPU, where nobody has
/// said otherwise). Returns a number for `cfiles_release`, or -1 when there are too many or the path is too long.
int cfiles_guard(const char *path);

/// Forgets it.
void cfiles_release(int slot);
