// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CProcess.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NOBODY = 65534, MOST_OPEN = 512 };

static int limit(__rlimit_resource_t resource, rlim_t most) {
    struct rlimit now;
    if (getrlimit(resource, &now) != 0) return -1;
    if (now.rlim_max < most) most = now.rlim_max;
    struct rlimit wanted = {.rlim_cur = most, .rlim_max = most};
    return setrlimit(resource, &wanted);
}

static int restrict_resources(uint64_t memory) {
    int failed = limit(RLIMIT_CORE, 0) | limit(RLIMIT_FSIZE, 0) | limit(RLIMIT_NOFILE, MOST_OPEN);
    return failed | limit(RLIMIT_DATA, memory);
}

enum { MOST_ENTRIES = 20000, MOST_DEPTH = 16, MOST_GROUPS = 256, PATH_ROOM = 4096 };

// What is done with a file or folder; other than 0 ends the walk.
typedef int (*step)(const char *path, int is_link, int is_folder, int context);

// Goes through all that lies below a path, links followed; `left` bounds it.
static int visit(const char *path, int depth, int *left, step step, int context) {
    struct stat facts;
    if (depth > MOST_DEPTH || --*left < 0) return -1;
    if (lstat(path, &facts) != 0) return errno == ENOENT ? 0 : -1;
    int is_link = S_ISLNK(facts.st_mode);
    // A link that leads nowhere is nothing to read.
    if (is_link && stat(path, &facts) != 0) return errno == ENOENT ? 0 : -1;
    int is_folder = S_ISDIR(facts.st_mode);
    int failed = step(path, is_link, is_folder, context);
    if (failed != 0 || !is_folder) return failed;
    DIR *folder = opendir(path);
    if (folder == NULL) return -1;
    char inner[PATH_ROOM];
    struct dirent *entry;
    while (failed == 0 && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        int length = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        failed = length < 0 || (size_t)length >= sizeof inner ? -1 : visit(inner, depth + 1, left, step, context);
    }
    closedir(folder);
    return failed;
}

static int visit_all(const char *const *paths, step step, int context) {
    int left = MOST_ENTRIES;
    for (; paths != NULL && *paths != NULL; paths++)
        if (visit(*paths, 0, &left, step, context) != 0) return -1;
    return 0;
}

// With the eyes of the present effective user.
static int look(const char *path, int is_link, int is_folder, int context) {
    (void)is_link;
    (void)context;
    return faccessat(AT_FDCWD, path, is_folder ? R_OK | X_OK : R_OK, AT_EACCESS);
}

static int become_nobody(const char *const *readable) {
    if (geteuid() != 0) return -1;
    gid_t groups[MOST_GROUPS];
    gid_t group = getegid();
    int count = getgroups(MOST_GROUPS, groups);
    if (count < 0 || setgroups(0, NULL) != 0) return -1;
    if (setegid(NOBODY) == 0 && seteuid(NOBODY) == 0 && visit_all(readable, look, 0) == 0) {
        // Rights are given away by one who has them.
        if (seteuid(0) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0) return 0;
        _exit(70);
    }
    if (seteuid(0) != 0 || setegid(group) != 0 || setgroups((size_t)count, groups) != 0) _exit(70);
    return -1;
}

// Rights over files by the version of Landlock that brought them; a kernel refuses those that it does not know.
static uint64_t known_file_rights(long version) {
    uint64_t rights = (1ULL << 13) - 1;
    if (version >= 2) rights |= 1ULL << 13;
    if (version >= 3) rights |= 1ULL << 14;
    return rights;
}

// The first two members of the kernel's structure: older kernels know no more than they are given.
typedef struct {
    uint64_t files;
    uint64_t network;
} ruleset;

static int allow_reading(int rules, const char *path) {
    struct stat facts;
    int opened = open(path, O_PATH | O_CLOEXEC);
    if (opened < 0) return errno == ENOENT ? 0 : -1;
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = opened};
    if (fstat(opened, &facts) == 0 && S_ISDIR(facts.st_mode)) rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    long status = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(opened);
    return status == 0 ? 0 : -1;
}

// A link that stands in a folder leads out of what the folder allows.
static int allow_link(const char *path, int is_link, int is_folder, int rules) {
    (void)is_folder;
    return is_link ? allow_reading(rules, path) : 0;
}

static int allow_all(int rules, const char *const *paths) {
    for (; paths != NULL && *paths != NULL; paths++)
        if (allow_reading(rules, *paths) != 0) return -1;
    return 0;
}

static int restrict_files(const char *const *readable, const char *const *libraries) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return -1;
    ruleset wanted = {.files = known_file_rights(version), .network = version >= 4 ? 3 : 0};
    size_t size = version >= 4 ? sizeof wanted : sizeof wanted.files;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
    if (rules < 0) return -1;
    int failed = allow_all(rules, readable) | allow_all(rules, libraries) | visit_all(readable, allow_link, rules);
    if (!failed) failed = syscall(SYS_landlock_restrict_self, rules, 0) != 0;
    close(rules);
    return failed ? -1 : 0;
}

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE
#define LOAD(place) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, place)
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, action)
#define CALL_AGAIN LOAD(offsetof(struct seccomp_data, nr))
#define REFUSE(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), ANSWER(SECCOMP_RET_ERRNO | EPERM)

static int restrict_calls(void) {
    struct sock_filter program[] = {
        LOAD(offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
        ANSWER(SECCOMP_RET_KILL_PROCESS),
        LOAD(offsetof(struct seccomp_data, nr)),
#ifdef __x86_64__
        // Calls of the x32 kind carry this bit and would pass by the numbers below.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        ANSWER(SECCOMP_RET_KILL_PROCESS),
        REFUSE(SYS_fork),
        REFUSE(SYS_vfork),
#endif
        // Threads, but no processes; clone3 keeps its flags where no filter sees them, and the C library goes without it.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
        ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4),
        LOAD(offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
        CALL_AGAIN,
        REFUSE(SYS_socket),
        REFUSE(SYS_socketpair),
        REFUSE(SYS_connect),
        REFUSE(SYS_bind),
        REFUSE(SYS_listen),
        REFUSE(SYS_execve),
        REFUSE(SYS_execveat),
        REFUSE(SYS_ptrace),
        REFUSE(SYS_process_vm_readv),
        REFUSE(SYS_process_vm_writev),
        REFUSE(SYS_kill),
        REFUSE(SYS_tkill),
        REFUSE(SYS_pidfd_open),
        REFUSE(SYS_pidfd_send_signal),
        REFUSE(SYS_io_uring_setup),
        REFUSE(SYS_bpf),
        REFUSE(SYS_perf_event_open),
        REFUSE(SYS_userfaultfd),
        REFUSE(SYS_keyctl),
        REFUSE(SYS_add_key),
        REFUSE(SYS_unshare),
        REFUSE(SYS_setns),
        REFUSE(SYS_mount),
        REFUSE(SYS_chroot),
        REFUSE(SYS_memfd_create),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog all = {.len = sizeof program / sizeof program[0], .filter = program};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &all);
}
#else
static int restrict_calls(void) { return -1; }
#endif

unsigned cprocess_restrict(const cprocess_rights *rights) {
    unsigned layers = 0;
    if (restrict_resources(rights->memory) == 0) layers |= CPROCESS_LIMITS;
    if (become_nobody(rights->readable) == 0) layers |= CPROCESS_USER;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
        layers |= CPROCESS_NO_NEW_RIGHTS;
    if (restrict_files(rights->readable, rights->libraries) == 0) layers |= CPROCESS_LANDLOCK;
    if (restrict_calls() == 0) layers |= CPROCESS_SYSTEM_CALLS;
    return layers;
}
