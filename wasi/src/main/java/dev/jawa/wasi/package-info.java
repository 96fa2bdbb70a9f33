/**
 * The WebAssembly System Interface, preview 1.
 *
 * <p>{@link dev.jawa.wasi.Wasi} is one process: its arguments, its environment, its open files.
 */
package dev.jawa.wasi;
