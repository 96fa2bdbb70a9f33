/**
 * Small programs that use Jawa from Java. Each prints something; the tests run each and compare.
 *
 * <p>They take the modules from the folder {@code examples}, or from the folder that is given as argument.
 */
package dev.jawa.examples;
