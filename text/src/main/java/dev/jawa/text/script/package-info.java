/**
 * The scripts of the official test suite, {@code .wast}: modules, calls of their functions, and what should come out.
 *
 * <p>{@link dev.jawa.text.script.Script} reads one, {@link dev.jawa.text.script.ScriptRunner} runs it against the
 * engine and gives an {@link dev.jawa.text.script.Outcome} for each command. Neither needs a test framework: a test of
 * JUnit, for instance, is
 *
 * {@snippet :
 * @Test
 * void script() {
 *     List<Outcome.Result> results = ScriptRunner.run(Script.parse(Path.of("src/test/resources/math.wast")));
 *     assertEquals(List.of(), results.stream().filter(result -> !result.passed()).map(Outcome.Result::toString).toList());
 * }
 * }
 *
 * @see <a href="https://github.com/WebAssembly/spec/tree/main/interpreter#scripts">The script language</a>
 */
package dev.jawa.text.script;
