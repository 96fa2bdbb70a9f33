// A backtracking matcher of regular expressions: recursion and bytes.
#include "bench.h"

static u8 text[200000];

static i32 match_here(const char *pattern, const u8 *at, const u8 *end);

static i32 one(const char *pattern, u8 c) {
    if (*pattern == '.') return 1;
    if (*pattern == '\\') return pattern[1] == 'd' ? c >= '0' && c <= '9' : c == (u8)pattern[1];
    return c == (u8)*pattern;
}

static i32 star(const char *pattern, i32 width, const u8 *at, const u8 *end, i32 least) {
    const u8 *last = at;
    while (last < end && one(pattern, *last)) last++;
    for (; last >= at + least; last--) {
        i32 rest = match_here(pattern + width + 1, last, end);
        if (rest >= 0) return (i32)(last - at) + rest;
    }
    return -1;
}

static i32 match_here(const char *pattern, const u8 *at, const u8 *end) {
    if (!*pattern) return 0;
    i32 width = *pattern == '\\' ? 2 : 1;
    if (pattern[width] == '*') return star(pattern, width, at, end, 0);
    if (pattern[width] == '+') return star(pattern, width, at, end, 1);
    if (at < end && one(pattern, *at)) {
        i32 rest = match_here(pattern + width, at + 1, end);
        return rest < 0 ? -1 : rest + 1;
    }
    return -1;
}

EXPORT(regex) {
    static const char *patterns[] = {"\\d+-\\d+", "ab*c", "x.*y\\d", "\\d\\d:\\d\\d"};
    random_state = 5;
    for (i32 i = 0; i < n; i++) text[i] = (u8)"abcxy0123456789-: \n"[next_random() % 19];
    i32 total = 0;
    for (i32 p = 0; p < 4; p++) {
        for (i32 line = 0; line < n;) {
            i32 end = line;
            while (end < n && text[end] != '\n') end++;
            for (i32 i = line; i < end; i++) {
                i32 length = match_here(patterns[p], text + i, text + end);
                if (length > 0) {
                    total += length * (p + 1);
                    i += length - 1;
                }
            }
            line = end + 1;
        }
    }
    return total;
}
