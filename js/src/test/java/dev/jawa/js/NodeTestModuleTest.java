package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code node:test}. */
@Timeout(60)
class NodeTestModuleTest {
    @TempDir
    private Path folder;

    private static List<String> withoutTimes(Run run) {
        return run.output().lines().map(line -> line.replaceAll(" \\([0-9.]+ms\\)", ""))
                .filter(line -> !line.startsWith("ℹ duration_ms")).toList();
    }

    @Test
    void testsSuitesAndHooks() {
        Run run = Run.module(folder, """
                import test, { describe, it, beforeEach } from 'node:test';
                import assert from 'node:assert';
                let count = 0;
                test('first', () => {});
                test('second', async (t) => {
                  await t.test('inner', () => {});
                  t.diagnostic('a note');
                });
                describe('suite', () => {
                  beforeEach(() => { count++; });
                  it('works', () => assert.strictEqual(count, 1));
                  it.skip('is left out', () => {});
                  it('waits', (t, done) => setTimeout(done, 1));
                });
                """);
        assertEquals(List.of("✔ first", "▶ second", "  ✔ inner", "✔ second", "ℹ a note", "▶ suite", "  ✔ works",
                "  ﹣ is left out # SKIP", "  ✔ waits", "✔ suite", "ℹ tests 6", "ℹ suites 1", "ℹ pass 5", "ℹ fail 0",
                "ℹ cancelled 0", "ℹ skipped 1", "ℹ todo 0"), withoutTimes(run));
        assertEquals(0, run.exitCode());
    }

    @Test
    void failuresAndMocks() {
        Run run = Run.module(folder, """
                import test, { mock } from 'node:test';
                import assert from 'node:assert';
                test('fails', () => { throw new RangeError('too far'); });
                test('late', { timeout: 10 }, () => new Promise(() => {}));
                test('mocks', (t) => {
                  const doubled = t.mock.fn((number) => number * 2);
                  assert.deepStrictEqual([doubled(1), doubled(2), doubled.mock.callCount(), doubled.mock.calls[1].result], [2, 4, 2, 4]);
                  const object = { method: () => 1 };
                  t.mock.method(object, 'method', () => 5);
                  assert.strictEqual(object.method(), 5);
                  t.mock.restoreAll();
                  assert.strictEqual(object.method(), 1);
                  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 100 });
                  let fired = 0;
                  setTimeout(() => { fired = Date.now(); }, 50);
                  t.mock.timers.tick(60);
                  assert.strictEqual(fired, 150);
                });
                """);
        assertEquals(1, run.exitCode());
        List<String> lines = withoutTimes(run);
        assertEquals(List.of("✖ fails", "✖ late", "✔ mocks", "ℹ tests 3", "ℹ suites 0", "ℹ pass 1", "ℹ fail 2"),
                lines.subList(0, 7));
        assertTrue(run.output().contains("RangeError: too far"));
        assertTrue(run.output().contains("test timed out after 10ms"));
    }
}
