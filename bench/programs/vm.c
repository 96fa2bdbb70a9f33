// A bytecode interpreter with a large switch: what language runtimes compiled to WebAssembly look like.
#include "bench.h"

enum {
    PUSH, LOAD, STORE, ADD, SUB, MUL, AND, OR, XOR, SHL, SHR, LESS, EQUAL, JUMP, JUMP_IF, DUP, SWAP, DROP, ADD_CONST,
    MUL_CONST, LOAD_ADD, INCREMENT, DECREMENT, PEEK, POKE, NEGATE, NOT, MIN, MAX, ROTATE, MIX, HALT
};

static i32 memory[256];

// Sums a mixing function over the numbers below n, with a loop, arithmetic and memory.
static const i32 program[] = {
    PUSH, 0, STORE, 1,                                        // i = 0
    PUSH, 0, STORE, 2,                                        // sum = 0
    LOAD, 1, LOAD, 0, LESS, NOT, JUMP_IF, 54,                 // 8: while (i < n)
    LOAD, 1, MUL_CONST, 13, ADD_CONST, 7, ROTATE, 5,          // 16
    LOAD, 2, XOR, MIX,                                        // 24
    LOAD, 1, PUSH, 15, AND, PEEK, ADD,                        // 28
    DUP, STORE, 2,                                            // 35
    LOAD, 1, PUSH, 15, AND, POKE,                             // 38
    INCREMENT, 1,                                             // 44
    LOAD, 2, PUSH, 3, SHR, DROP,                              // 46
    JUMP, 8,                                                  // 52
    LOAD, 2, HALT,                                            // 54
};

EXPORT(vm) {
    i32 stack[64], *top = stack;
    for (i32 i = 0; i < 256; i++) memory[i] = i * 17;
    memory[0] = n;
    i32 variables[8] = {n};
    const i32 *pc = program;
    for (;;) {
        switch (*pc++) {
            case PUSH: *top++ = *pc++; break;
            case LOAD: *top++ = variables[*pc++]; break;
            case STORE: variables[*pc++] = *--top; break;
            case ADD: top--; top[-1] += *top; break;
            case SUB: top--; top[-1] -= *top; break;
            case MUL: top--; top[-1] *= *top; break;
            case AND: top--; top[-1] &= *top; break;
            case OR: top--; top[-1] |= *top; break;
            case XOR: top--; top[-1] ^= *top; break;
            case SHL: top--; top[-1] <<= *top & 31; break;
            case SHR: top--; top[-1] >>= *top & 31; break;
            case LESS: top--; top[-1] = top[-1] < *top; break;
            case EQUAL: top--; top[-1] = top[-1] == *top; break;
            case JUMP: pc = program + *pc; break;
            case JUMP_IF: pc = *--top ? program + *pc : pc + 1; break;
            case DUP: *top = top[-1]; top++; break;
            case SWAP: { i32 t = top[-1]; top[-1] = top[-2]; top[-2] = t; break; }
            case DROP: top--; break;
            case ADD_CONST: top[-1] += *pc++; break;
            case MUL_CONST: top[-1] *= *pc++; break;
            case LOAD_ADD: top[-1] += variables[*pc++]; break;
            case INCREMENT: variables[*pc++]++; break;
            case DECREMENT: variables[*pc++]--; break;
            case PEEK: top[-1] = memory[top[-1] & 255]; break;
            case POKE: top -= 2; memory[top[1] & 255] = *top; break;
            case NEGATE: top[-1] = -top[-1]; break;
            case NOT: top[-1] = !top[-1]; break;
            case MIN: top--; if (*top < top[-1]) top[-1] = *top; break;
            case MAX: top--; if (*top > top[-1]) top[-1] = *top; break;
            case ROTATE: { i32 by = *pc++; top[-1] = (i32)((u32)top[-1] << by | (u32)top[-1] >> (32 - by)); break; }
            case MIX: { u32 x = (u32)top[-1]; x ^= x >> 16; x *= 0x7feb352d; x ^= x >> 15; top[-1] = (i32)x; break; }
            case HALT: return top[-1];
        }
    }
}
