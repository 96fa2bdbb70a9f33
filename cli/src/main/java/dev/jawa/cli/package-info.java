/** The command line: one class for each command, and {@link dev.jawa.cli.Jawa} around them. */
package dev.jawa.cli;
