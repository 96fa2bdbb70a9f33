/** The parts of the web platform that are Java code: reading what {@code fetch} asks for. */
package dev.jawa.js.web;
