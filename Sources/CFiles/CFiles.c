// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

static int open_beneath(int folder, const char *name, uint64_t flags) {
    struct open_how how = {.flags = flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    for (;;) {
        long descriptor = syscall(SYS_openat2, folder, name, &how, sizeof how);
        if (descriptor >= 0) return (int)descriptor;
        // EAGAIN: a name was changed while it was looked up.
        if (errno != EINTR && errno != EAGAIN) return -errno;
    }
}

int cfiles_open_beneath(int folder, const char *name) {
    return open_beneath(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

int cfiles_opens_beneath(void) {
    int descriptor = open_beneath(AT_FDCWD, ".", O_PATH | O_CLOEXEC);
    if (descriptor < 0) return 0;
    close(descriptor);
    return 1;
}

int cfiles_memory(void) { return memfd_create("imprimatur", MFD_CLOEXEC); }

int cfiles_is_hollow(int descriptor) {
    struct statfs system;
    if (fstatfs(descriptor, &system) != 0) return 1;
    if (system.f_type != FUSE_SUPER_MAGIC && system.f_type != V9FS_MAGIC) return 1;
    return lseek(descriptor, 0, SEEK_DATA) < 0 && errno == ENXIO;
}

void cfiles_begin_writing(int descriptor, int64_t offset, int64_t count) {
    sync_file_range(descriptor, offset, count, SYNC_FILE_RANGE_WRITE);
}

const char *cfiles_executable(void) { return (const char *)getauxval(AT_EXECFN); }

static int count;
static char **words;

// glibc hands the words to every constructor, before anything else runs.
__attribute__((constructor)) static void take(int argc, char **argv, char **environment) {
    (void)environment;
    count = argc;
    words = argv;
}

int cfiles_argument_count(void) { return count; }

const char *cfiles_argument(int index) { return index >= 0 && index < count ? words[index] : NULL; }

int cfiles_is_on_network(const char *name) {
    struct statfs facts;
    if (statfs(name, &facts) != 0) return 0;
    switch ((unsigned)facts.f_type) {
    case 0x6969:     // NFS
    case 0x517B:     // SMB
    case 0xFF534D42: // CIFS
    case 0xFE534D42: // SMB 2
    case 0x5346414F: // AFS
    case 0x00C36400: // Ceph
    case 0x01021997: // 9P
    case 0x0BD00BD0: // Lustre
    case 0x47504653: // GPFS
    case 0x19830326: // BeeGFS
    case 0x65735546: // FUSE
        return 1;
    default: return 0;
    }
}
