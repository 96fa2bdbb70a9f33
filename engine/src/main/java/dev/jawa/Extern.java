package dev.jawa;

/** Something a module imports or exports (core spec 4.2.14, external values). */
public sealed interface Extern permits Function, Memory, Table, Global, Tag {
}
