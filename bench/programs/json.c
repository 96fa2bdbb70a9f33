// Writes a JSON document and parses it again: branches, recursion, strings.
#include "bench.h"

static u8 text[2000000];
static i32 length;
static const u8 *at;
static u32 checksum;

static void put(const char *s) { while (*s) text[length++] = (u8)*s++; }

static void put_number(u32 value) {
    u8 digits[10];
    i32 count = 0;
    do digits[count++] = '0' + value % 10; while (value /= 10);
    while (count) text[length++] = digits[--count];
}

static void generate(i32 records) {
    length = 0;
    random_state = 3;
    put("[");
    for (i32 i = 0; i < records; i++) {
        if (i) put(",");
        put("{\"id\": ");
        put_number((u32)i);
        put(", \"name\": \"record \\\"");
        put_number(next_random());
        put("\\\"\", \"tags\": [true, false, null], \"price\": -");
        put_number(next_random() % 1000);
        put(".");
        put_number(next_random() % 1000);
        put("e2}\n");
    }
    put("]");
    text[length] = 0;
}

static void space(void) { while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') at++; }

static i32 parse_string(void) {
    at++;
    for (; *at != '"'; at++) {
        if (!*at) return 0;
        if (*at == '\\') at++;
        checksum = checksum * 31 + *at;
    }
    at++;
    return 1;
}

static i32 parse_number(void) {
    double value = 0, scale = 1;
    i32 negative = *at == '-', exponent = 0;
    at += negative;
    while (*at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
    if (*at == '.') {
        at++;
        while (*at >= '0' && *at <= '9') value += (*at++ - '0') * (scale /= 10);
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        while (*at >= '0' && *at <= '9') exponent = exponent * 10 + (*at++ - '0');
        while (exponent--) value *= 10;
    }
    checksum += (u32)(i64)(negative ? -value : value);
    return 1;
}

static i32 word(const char *expected) {
    while (*expected) if (*at++ != (u8)*expected++) return 0;
    checksum++;
    return 1;
}

static i32 value(void);

static i32 list(u8 close, i32 named) {
    at++;
    space();
    while (*at != close) {
        if (named) {
            if (!parse_string()) return 0;
            space();
            if (*at++ != ':') return 0;
        }
        if (!value()) return 0;
        space();
        if (*at == ',') {
            at++;
            space();
        } else if (*at != close) {
            return 0;
        }
    }
    at++;
    return 1;
}

static i32 value(void) {
    space();
    switch (*at) {
        case '{': return list('}', 1);
        case '[': return list(']', 0);
        case '"': return parse_string();
        case 't': return word("true");
        case 'f': return word("false");
        case 'n': return word("null");
        default: return parse_number();
    }
}

EXPORT(json) {
    generate(n);
    checksum = 0;
    at = text;
    return value() ? (i32)checksum : -1;
}
