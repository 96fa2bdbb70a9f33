package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.Exports;
import dev.jawa.Instance;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.Snapshot;
import dev.jawa.text.Wat;
import org.junit.jupiter.api.Test;

/** Snapshots of instances that hold objects. */
class SnapshotTest {
    private static final String LIST = """
            (module
              (rec (type $node (struct (field $value (mut i32)) (field $small (mut i8)) (field $next (mut (ref null $node)))
                (field $step (mut (ref null $step)))))
                (type $step (func (result i32))))
              (type $words (array (mut i16)))
              (type $nodes (array (mut (ref null $node))))
              (global $first (mut (ref null $node)) (ref.null $node))
              (global $words (export "words") (mut (ref null $words)) (ref.null $words))
              (global $vector (mut v128) (v128.const i64x2 1 2))
              (global $count (mut i32) (i32.const 0))
              (table $known 2 (ref null $node))
              (elem $segment (ref null $node) (item (struct.new $node (i32.const 9) (i32.const -1) (ref.null $node) (ref.null $step))))
              (elem declare func $count)
              (func $count (export "count") (type $step)
                (global.set $count (i32.add (global.get $count) (i32.const 1))) (global.get $count))
              (func (export "add") (param i32)
                (global.set $first (struct.new $node (local.get 0) (i32.const -3) (global.get $first) (ref.func $count)))
                (table.set $known (i32.const 0) (global.get $first)))
              (func (export "close") (local $node (ref null $node))
                (local.set $node (global.get $first))
                (loop $more
                  (if (i32.eqz (ref.is_null (struct.get $node $next (local.get $node)))) (then
                    (local.set $node (struct.get $node $next (local.get $node)))
                    (br $more))))
                (struct.set $node $next (local.get $node) (global.get $first)))
              (func (export "sum") (param $nodes i32) (result i32) (local $node (ref null $node)) (local $sum i32)
                (local.set $node (global.get $first))
                (loop $more
                  (local.set $sum (i32.add (local.get $sum) (struct.get $node $value (local.get $node))))
                  (local.set $node (struct.get $node $next (local.get $node)))
                  (br_if $more (local.tee $nodes (i32.sub (local.get $nodes) (i32.const 1)))))
                (local.get $sum))
              (func (export "set") (param i32) (struct.set $node $value (global.get $first) (local.get 0)))
              (func (export "step") (result i32) (call_ref $step (struct.get $node $step (global.get $first))))
              (func (export "same") (result i32) (ref.eq (global.get $first) (table.get $known (i32.const 0))))
              (func (export "small") (result i32) (struct.get_s $node $small (global.get $first)))
              (func (export "vector") (result i64) (i64x2.extract_lane 1 (global.get $vector)))
              (func (export "init") (table.init $known $segment (i32.const 1) (i32.const 0) (i32.const 1)))
              (func (export "drop") (elem.drop $segment))
              (func (export "known") (result i32) (struct.get $node $value (table.get $known (i32.const 1))))
              (func (export "spell") (param i32)
                (global.set $words (array.new $words (local.get 0) (i32.const 3))))
              (func (export "word") (result i32) (array.get_u $words (global.get $words) (i32.const 2)))
              (func (export "write") (param i32) (array.set $words (global.get $words) (i32.const 2) (local.get 0))))
            """;

    private static int call(Instance instance, String name, Object... arguments) {
        return instance.exports().function(name).callInt(arguments);
    }

    private static Instance list() {
        Instance instance = Module.compile(Wat.encode(LIST)).instantiate();
        Exports exports = instance.exports();
        exports.function("add").call(1);
        exports.function("add").call(2);
        exports.function("add").call(3);
        exports.function("spell").call(7);
        return instance;
    }

    @Test
    void objectsAreCopiedAndKeepTheirIdentity() {
        Instance original = list();
        original.exports().function("close").call();
        Snapshot snapshot = original.snapshot();
        Instance copy = snapshot.instantiate();
        for (Instance instance : new Instance[] {original, copy}) {
            assertEquals(1, call(instance, "same"));
            // Around the circle twice.
            assertEquals(12, call(instance, "sum", 6));
            assertEquals(-3, call(instance, "small"));
            assertEquals(2, instance.exports().function("vector").callLong());
        }
        copy.exports().function("set").call(100);
        copy.exports().function("write").call(60000);
        assertEquals(103, call(copy, "sum", 3));
        assertEquals(6, call(original, "sum", 3));
        assertEquals(60000, call(copy, "word"));
        assertEquals(7, call(original, "word"));
        copy.restore(snapshot);
        assertEquals(6, call(copy, "sum", 3));
        assertEquals(7, call(copy, "word"));
        assertEquals(1, call(copy, "same"));
        original.exports().function("set").call(50);
        assertEquals(6, call(snapshot.instantiate(), "sum", 3));
    }

    @Test
    void functionsInObjectsBecomeTheCopys() {
        Instance original = list();
        assertEquals(1, call(original, "step"));
        Instance copy = original.snapshot().instantiate();
        assertEquals(2, call(copy, "step"));
        assertEquals(3, call(copy, "count"));
        assertEquals(2, call(original, "step"));
    }

    @Test
    void segmentsAreThereUnlessTheyWereDropped() {
        Instance original = list();
        Snapshot before = original.snapshot();
        original.exports().function("drop").call();
        Instance after = original.snapshot().instantiate();
        assertThrows(RuntimeError.class, () -> after.exports().function("init").call());
        Instance copy = before.instantiate();
        copy.exports().function("init").call();
        assertEquals(9, call(copy, "known"));
        original.restore(before);
        original.exports().function("init").call();
        assertEquals(9, call(original, "known"));
    }

    @Test
    void longListsAreCopied() {
        Instance original = list();
        for (int i = 0; i < 100_000; i++) {
            original.exports().function("add").call(1);
        }
        assertEquals(100_006, call(original.snapshot().instantiate(), "sum", 100_003));
    }
}
