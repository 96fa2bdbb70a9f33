/** Structs and arrays (core spec 4.2.14): the superclasses of what is generated for their types. */
package dev.jawa.runtime.aggregate;
