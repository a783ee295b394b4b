// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#define _DEFAULT_SOURCE
#include "CCodecs.h"

#include <sys/mman.h>

enum { large_page = 2 << 20 };

void imprimatur_use_large_pages(void *memory, size_t size)
{
    const uintptr_t begin = (uintptr_t)memory, aligned = (begin + large_page - 1) & ~(uintptr_t)(large_page - 1);
    if (size < 2 * (size_t)large_page || aligned - begin >= size) return;
    const size_t whole = (size - (aligned - begin)) & ~(size_t)(large_page - 1);
    if (whole > 0) madvise((void *)aligned, whole, MADV_HUGEPAGE);
}
