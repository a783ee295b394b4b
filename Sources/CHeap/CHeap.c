// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#define _DEFAULT_SOURCE
#include "CHeap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STEP = 8 << 20, LARGE_PAGE = 2 << 20 };

void cheap_take(void) {
    mallopt(M_TOP_PAD, STEP);
    // Asked for once so that the heap grows by the step; the bytes go back to the heap, not to the kernel.
    uintptr_t begin = (uintptr_t)sbrk(0);
    void *probe = malloc(LARGE_PAGE / 16);
    uintptr_t end = (uintptr_t)sbrk(0);
    free(probe);
    uintptr_t aligned = (begin + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1);
    if (end > aligned) madvise((void *)aligned, end - aligned, MADV_HUGEPAGE);
}
