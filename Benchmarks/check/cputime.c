// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Runs several commands alternately and prints the least processor time of each, in milliseconds, one a line; with -m
// also the least of its peaks of memory, in MiB (childcost.h: processes that a command starts count).
// usage: cputime [-m] ROUNDS COMMAND [ARGUMENT...] [, COMMAND [ARGUMENT...]]...

#include "childcost.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static double least_of(double a, double b) { return a < b ? a : b; }

static Cost once(char **words) {
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execvp(words[0], words);
        _exit(127);
    }
    int status;
    Cost cost;
    if (wait_for(child, &status, &cost) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 127) {
        fprintf(stderr, "'%s' does not run to its end\n", words[0]);
        exit(1);
    }
    return cost;
}

int main(int count, char **words) {
    char **commands[16];
    Cost least[16];
    int n = 0, is_memory = count > 1 && strcmp(words[1], "-m") == 0;
    if (is_memory) words++, count--;
    if (count < 3) return 2;
    adopt_orphans();
    int rounds = atoi(words[1]);
    for (int i = 2; i < count && n < 16; i++) {
        commands[n] = &words[i];
        least[n++] = (Cost){1e12, 1e12};
        while (i < count && strcmp(words[i], ",") != 0) i++;
        if (i < count) words[i] = NULL;
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < n; i++) {
            Cost cost = once(commands[i]);
            least[i].milliseconds = least_of(least[i].milliseconds, cost.milliseconds);
            least[i].mebibytes = least_of(least[i].mebibytes, cost.mebibytes);
        }
    for (int i = 0; i < n; i++) {
        printf("%.2f", least[i].milliseconds);
        if (is_memory) printf(" %.1f", least[i].mebibytes);
        printf("\n");
    }
    return 0;
}
