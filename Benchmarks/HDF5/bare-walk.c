// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// The yardstick for Snapshot.read: the walk of walk.h over files in turn. Prints the number of objects, attributes and
// bytes read.

#include "walk.h"

int main(int count, char **arguments) {
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    for (int i = 1; i < count; i++)
        if (walk_file(arguments[i]) < 0) return 3;
    printf("%zu objects, %zu attributes, %zu bytes\n", objects, attributes, bytes_read);
    return 0;
}
