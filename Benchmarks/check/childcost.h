// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// What a process and all that it started cost: processor time, user and system, added up; the peak of memory of the
// largest of them. Processes that it left behind come to us and are waited for as well.

#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    double milliseconds;
    double mebibytes;
} Cost;

// To be called before the process is started.
static void adopt_orphans(void) { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

static void add_cost(Cost *cost, const struct rusage *usage) {
    cost->milliseconds += usage->ru_utime.tv_sec * 1e3 + usage->ru_utime.tv_usec / 1e3 +
                          usage->ru_stime.tv_sec * 1e3 + usage->ru_stime.tv_usec / 1e3;
    if (usage->ru_maxrss / 1024.0 > cost->mebibytes) cost->mebibytes = usage->ru_maxrss / 1024.0;
}

// Waits for the process and for its orphans; -1 where there is none.
static int wait_for(pid_t child, int *status, Cost *cost) {
    struct rusage usage;
    int orphan;
    *cost = (Cost){0, 0};
    if (child < 0 || wait4(child, status, 0, &usage) < 0) return -1;
    add_cost(cost, &usage);
    while (wait4(-1, &orphan, 0, &usage) > 0) add_cost(cost, &usage);
    return 0;
}
