/** Validation (core spec, chapter 3): what a module must satisfy before anything of it may run. */
package dev.jawa.validate;
