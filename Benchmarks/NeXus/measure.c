// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Runs one command and prints how it ended (exit code, or the signal below 0), its processor time in milliseconds and
// its peak memory in MiB (childcost.h). Small, because the peak of a child begins with the size of its parent.
// usage: measure SECONDS OUTPUT COMMAND [ARGUMENT...]; OUTPUT takes what the command prints on both streams.

#include "../check/childcost.h"

#include <fcntl.h>
#include <stdio.h>

int main(int count, char **words) {
    if (count < 4) return 2;
    adopt_orphans();
    pid_t child = fork();
    if (child == 0) {
        int output = open(words[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
        int nothing = open("/dev/null", O_RDONLY);
        if (output < 0 || nothing < 0) _exit(126);
        dup2(nothing, 0);
        dup2(output, 1);
        dup2(output, 2);
        alarm((unsigned)atoi(words[1]));
        execvp(words[3], words + 3);
        _exit(127);
    }
    int status;
    Cost cost;
    if (wait_for(child, &status, &cost) < 0) return 1;
    printf("%d %.2f %.2f\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), cost.milliseconds,
           cost.mebibytes);
    return 0;
}
