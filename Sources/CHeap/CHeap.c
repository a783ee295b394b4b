// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#define _DEFAULT_SOURCE
#include "CHeap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STEP = 8 << 20, LARGE_PAGE = 2 << 20, PROBE = 1 << 18 };

void cheap_take(void) {
    mallopt(M_TOP_PAD, STEP);
    // Above the probe, so that it comes from the heap, which then grows by the step; its bytes go back to the heap, not
    // to the kernel.
    mallopt(M_MMAP_THRESHOLD, 2 * PROBE);
    mallopt(M_TRIM_THRESHOLD, 2 * STEP);
    uintptr_t begin = (uintptr_t)sbrk(0);
    // Volatile, since a compiler leaves out what is taken and given back.
    void *volatile probe = malloc(PROBE);
    uintptr_t end = (uintptr_t)sbrk(0);
    free(probe);
    uintptr_t aligned = (begin + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1);
    if (end > aligned) madvise((void *)aligned, end - aligned, MADV_HUGEPAGE);
}
