package dev.jawa.conformance.random;

import java.util.List;

/**
 * What the functions of a {@link NumberProgram} have in common.
 *
 * @param address the letter of the type of addresses
 * @param parameters the types of the parameters of each function
 * @param results the types of its results
 * @param exceptions whether code may throw and catch them
 */
record NumberModule(char address, List<String> parameters, List<String> results, boolean exceptions) {
    int functions() {
        return parameters.size();
    }
}
