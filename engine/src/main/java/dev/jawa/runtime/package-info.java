/**
 * What compiled code runs on: memories, tables, globals and functions as they are at run time (the instances of core
 * spec 4.2), traps, and the way in and out of WebAssembly.
 *
 * <p>Not for users: its classes are public because generated code calls them.
 */
package dev.jawa.runtime;
