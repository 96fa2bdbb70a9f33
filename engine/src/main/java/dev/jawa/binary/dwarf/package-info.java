/** What compilers say about where code comes from (DWARF, versions 2 to 5): lines of source files. */
package dev.jawa.binary.dwarf;
