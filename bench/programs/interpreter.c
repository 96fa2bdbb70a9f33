// An interpreter with three hundred cases in one switch, each with work of its own: what large dispatch loops are like.
#include "bench.h"

#define SIZE 4096

static i32 memory[SIZE];
static i32 code[SIZE];

// Ten kinds of work, each in thirty cases that differ by their number.
#define ADD(k) case k: a += b ^ k; break;
#define MULTIPLY(k) case k: b = b * (2 * k + 1) + a; break;
#define LOAD(k) case k: a ^= memory[(b + k) & (SIZE - 1)]; break;
#define STORE(k) case k: memory[(a ^ k) & (SIZE - 1)] = b + c; break;
#define ROTATE(k) case k: c = (i32)((u32)c << (k % 31 + 1) | (u32)c >> (31 - k % 31)) + a; break;
#define BRANCH(k) case k: if (a < b) pc += k % 3; else c += k; break;
#define SWAP(k) case k: { i32 t = a; a = b - k; b = c; c = t; break; }
#define LOOP(k) case k: for (i32 i = 0; i < k % 5; i++) c += memory[(a + i * k) & (SIZE - 1)]; break;
#define DIVIDE(k) case k: a = a / (k + 1) + b % (k + 3); break;
#define FLOAT(k) case k: d = d * 0.5 + a * (1.0 / (k + 1)); b ^= (i32)d; break;

#define TEN(n) ADD(n) MULTIPLY(n + 1) LOAD(n + 2) STORE(n + 3) ROTATE(n + 4) BRANCH(n + 5) SWAP(n + 6) LOOP(n + 7) \
    DIVIDE(n + 8) FLOAT(n + 9)
#define HUNDRED(n) TEN(n) TEN(n + 10) TEN(n + 20) TEN(n + 30) TEN(n + 40) TEN(n + 50) TEN(n + 60) TEN(n + 70) TEN(n + 80) \
    TEN(n + 90)

EXPORT(interpreter) {
    random_state = 29;
    for (i32 i = 0; i < SIZE; i++) {
        memory[i] = (i32)next_random();
        code[i] = (i32)(next_random() % 300);
    }
    i32 a = 1, b = 2, c = 3, pc = 0;
    double d = 1;
    for (i32 step = 0; step < n; step++) {
        switch (code[pc++ & (SIZE - 1)]) {
            HUNDRED(0) HUNDRED(100) HUNDRED(200)
        }
    }
    return a ^ b ^ c ^ (i32)d;
}
