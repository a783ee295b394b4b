// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "processor.h"

#include "CCodecs.h"

#include <stdatomic.h>

// 0 not asked yet, 1 without, 2 with.
static atomic_int answer;

int imprimatur_uses_avx2(void)
{
#if IMPRIMATUR_HAS_AVX2
    int known = atomic_load_explicit(&answer, memory_order_relaxed);
    if (known == 0) {
        __builtin_cpu_init();
        known = __builtin_cpu_supports("avx2") ? 2 : 1;
        atomic_store_explicit(&answer, known, memory_order_relaxed);
    }
    return known == 2;
#else
    return 0;
#endif
}

int imprimatur_use_avx2(int wanted)
{
    atomic_store_explicit(&answer, wanted ? 0 : 1, memory_order_relaxed);
    return imprimatur_uses_avx2();
}
