#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Counts the words of all files in a folder, writes the counts into a file, and renames it. */
int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s FOLDER RESULT\n", argv[0]);
        return 2;
    }
    DIR *folder = opendir(argv[1]);
    if (!folder) {
        fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
        return 1;
    }
    FILE *out = fopen("/data/temporary", "w");
    int files = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        struct stat status;
        if (stat(path, &status) || !S_ISREG(status.st_mode) || !strcmp(entry->d_name, "temporary")) continue;
        FILE *in = fopen(path, "r");
        int words = 0, inside = 0;
        for (int c; (c = getc(in)) != EOF;) {
            int letter = c > ' ';
            words += letter && !inside;
            inside = letter;
        }
        fseek(in, 0, SEEK_END);
        fprintf(out, "%s %d %ld\n", entry->d_name, words, ftell(in));
        fclose(in);
        files++;
    }
    closedir(folder);
    fclose(out);
    if (rename("/data/temporary", argv[2])) {
        perror("rename");
        return 1;
    }
    const char *greeting = getenv("GREETING");
    printf("%s: %d files\n", greeting ? greeting : "none", files);
    return fopen("/etc/passwd", "r") ? 3 : files;
}
