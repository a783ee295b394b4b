// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CFiles.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { slots = 256, longest = 4096 };

// 0 free, 1 being filled, 2 guarded.
static atomic_int state[slots];
static char paths[slots][longest];
static atomic_int is_set;

// Only calls that a handler may make: unlink(2), sigaction(2), raise(3).
static void ended(int number) {
    for (int slot = 0; slot < slots; slot++)
        if (atomic_load(&state[slot]) == 2) unlink(paths[slot]);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    sigaction(number, &action, NULL);
    raise(number);
}

static void set_handlers(void) {
    const int numbers[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action, before;
        if (sigaction(numbers[i], NULL, &before) != 0 || before.sa_handler != SIG_DFL) continue;
        memset(&action, 0, sizeof action);
        action.sa_handler = ended;
        sigaction(numbers[i], &action, NULL);
    }
}

int cfiles_guard(const char *path) {
    if (strlen(path) >= longest) return -1;
    if (!atomic_exchange(&is_set, 1)) set_handlers();
    for (int slot = 0; slot < slots; slot++) {
        int expected = 0;
        if (!atomic_compare_exchange_strong(&state[slot], &expected, 1)) continue;
        strcpy(paths[slot], path);
        atomic_store(&state[slot], 2);
        return slot;
    }
    return -1;
}

void cfiles_release(int slot) {
    if (slot >= 0 && slot < slots) atomic_store(&state[slot], 0);
}
