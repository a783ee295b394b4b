// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Runs several commands alternately and prints the least processor time of each, in milliseconds, one a line.
// usage: cputime ROUNDS COMMAND [ARGUMENT...] [, COMMAND [ARGUMENT...]]...

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double once(char **words) {
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execvp(words[0], words);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
        fprintf(stderr, "cannot run '%s'\n", words[0]);
        exit(1);
    }
    return usage.ru_utime.tv_sec * 1e3 + usage.ru_utime.tv_usec / 1e3 + usage.ru_stime.tv_sec * 1e3 +
           usage.ru_stime.tv_usec / 1e3;
}

int main(int count, char **words) {
    char **commands[16];
    double least[16];
    int n = 0;
    if (count < 3) return 2;
    int rounds = atoi(words[1]);
    for (int i = 2; i < count && n < 16; i++) {
        commands[n] = &words[i];
        least[n++] = 1e12;
        while (i < count && strcmp(words[i], ",") != 0) i++;
        if (i < count) words[i] = NULL;
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < n; i++) {
            double time = once(commands[i]);
            if (time < least[i]) least[i] = time;
        }
    for (int i = 0; i < n; i++) printf("%.2f\n", least[i]);
    return 0;
}
