// Executes SQL from standard input, a statement a line, on a database file.
#include <stdio.h>
#include "sqlite3.h"

static int print(void *unused, int count, char **values, char **names) {
    (void) unused;
    (void) names;
    for (int i = 0; i < count; i++) {
        printf("%s%s", i ? "|" : "", values[i] ? values[i] : "");
    }
    printf("\n");
    return 0;
}

int main(int argc, char **argv) {
    sqlite3 *database;
    if (sqlite3_open(argc > 1 ? argv[1] : ":memory:", &database) != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(database));
        return 2;
    }
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        char *message = NULL;
        if (sqlite3_exec(database, line, print, NULL, &message) != SQLITE_OK) {
            fprintf(stderr, "Error: %s\n", message);
            return 1;
        }
    }
    return sqlite3_close(database);
}
