package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From bytes to instances, threads, and what remains afterwards. */
class LifeCycleTest {
    private static ModuleWriter counter() {
        var module = new ModuleWriter();
        module.global('i', true, code -> code.i32(0));
        module.export("next", ":i", code -> code.op(Opcode.GLOBAL_GET, 0).i32(1).op(Opcode.I32_ADD)
                .op(Opcode.GLOBAL_SET, 0).op(Opcode.GLOBAL_GET, 0));
        module.export("pair", "l:lf", code -> code.get(0).f32(1));
        return module;
    }

    @Test
    void manyInstancesOfOneModule() {
        Module module = counter().compile();
        var instances = new ArrayList<Exports>();
        for (int i = 0; i < 2000; i++) {
            instances.add(module.instantiate().exports());
        }
        instances.forEach(exports -> assertEquals(1, exports.function("next").callInt()));
        assertEquals(2, instances.get(77).function("next").callInt());
    }

    /** Gives a byte at a time. */
    private static InputStream slow(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };
    }

    @Test
    void modulesFromStreams() {
        byte[] bytes = counter().toArray();
        assertEquals(2, Module.compile(slow(bytes)).exports().size());
        assertEquals(1, WebAssembly.compileStreaming(slow(bytes)).join().instantiate().exports()
                .function("next").callInt());
        var source = WebAssembly.instantiateStreaming(slow(bytes), Imports.none()).join();
        assertEquals(1, source.instance().exports().function("next").callInt());
        assertEquals(source.module(), source.instance().module());
        assertTrue(WebAssembly.validate(bytes));
        assertFalse(WebAssembly.validate(new byte[] {0, 97, 115, 109}));
    }

    @Test
    void changesToTheBytesComeTooLate() {
        byte[] bytes = counter().toArray();
        var future = WebAssembly.compile(bytes);
        java.util.Arrays.fill(bytes, (byte) 0);
        assertEquals(1, future.join().instantiate().exports().function("next").callInt());
    }

    private static Throwable failure(Future<?> future) {
        return assertThrows(java.util.concurrent.ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    void futuresFailWithTheErrorItself() {
        byte[] broken = {0, 97, 115, 109, 2, 0, 0, 0};
        assertInstanceOf(CompileError.class, failure(WebAssembly.compile(broken)));
        assertInstanceOf(CompileError.class, failure(WebAssembly.compileStreaming(slow(broken))));
        assertInstanceOf(CompileError.class, failure(WebAssembly.instantiate(broken, Imports.none())));
        assertInstanceOf(CompileError.class, failure(WebAssembly.compileStreaming(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        })));
        var importing = new ModuleWriter();
        importing.importFunction("env", "f", ":");
        assertInstanceOf(LinkError.class, failure(WebAssembly.instantiate(importing.compile(), Imports.none())));
        var trapping = new ModuleWriter();
        trapping.start(trapping.function(":", "", code -> code.op(Opcode.UNREACHABLE)));
        assertInstanceOf(RuntimeError.class,
                failure(WebAssembly.instantiate(trapping.toArray(), Imports.none())));
        assertInstanceOf(CompileError.class, assertThrows(CompletionException.class,
                () -> WebAssembly.compile(broken).join()).getCause());
    }

    @Test
    void oneThreadAtATime() throws Exception {
        var module = new ModuleWriter();
        int host = module.importFunction("env", "wait", ":");
        module.export("wait", ":", code -> code.call(host));
        module.export("one", ":i", code -> code.i32(1));
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        Exports exports = module.compile().instantiate(Imports.builder()
                .function("env", "wait", (HostFunction) _ -> {
                    inside.countDown();
                    assertTrue(leave.await(30, TimeUnit.SECONDS));
                    // The thread that is inside may come in again.
                    return null;
                }).build()).exports();
        var other = new FutureTask<>(() -> exports.function("wait").call());
        Thread.ofPlatform().start(other);
        assertTrue(inside.await(30, TimeUnit.SECONDS));
        RuntimeError error = assertThrows(RuntimeError.class, () -> exports.function("one").callInt());
        assertEquals(Kind.CONCURRENT_ENTRY, error.kind());
        leave.countDown();
        assertEquals(List.of(), other.get(30, TimeUnit.SECONDS));
        assertEquals(1, exports.function("one").callInt());
    }

    @Test
    void aModuleNobodyNeedsIsCollectedWithItsClasses() throws Exception {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        var modules = new ArrayList<WeakReference<Module>>();
        Exports kept = counter().compile().instantiate().exports();
        for (int i = 0; i < 3; i++) {
            Module module = counter().compile();
            Exports exports = module.instantiate().exports();
            exports.function("next").callInt();
            exports.function("pair").call(1);
            modules.add(new WeakReference<>(module));
            loaders.add(new WeakReference<>(exports.function("pair").getClass().getClassLoader()));
        }
        assertTrue(areCollected(modules) && areCollected(loaders), "modules or their classes are still there");
        assertEquals(1, kept.function("next").callInt());
        Reference.reachabilityFence(kept);
    }

    @Test
    void aFunctionTypeNobodyNeedsIsCollectedWithItsClass() throws Exception {
        String rare = "lfdlfdlfd:fdl";
        var types = new ArrayList<WeakReference<ClassLoader>>();
        Function function = Function.of(new dev.jawa.model.FunctionType(
                java.util.Collections.nCopies(77, dev.jawa.model.NumberType.I64), List.of()), _ -> null);
        types.add(new WeakReference<>(function.getClass().getClassLoader()));
        function = null;
        var module = new ModuleWriter();
        module.export("f", rare, code -> code.f32(1).f64(2).i64(3));
        Function compiled = module.compile().instantiate().exports().function("f");
        compiled.call(1, 2, 3, 4, 5, 6, 7, 8, 9);
        types.add(new WeakReference<>(compiled.getClass().getSuperclass().getClassLoader()));
        compiled = null;
        assertTrue(areCollected(types), "classes of function types are still there");
    }

    private static boolean areCollected(List<? extends WeakReference<?>> references) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            System.gc();
            if (references.stream().allMatch(reference -> reference.refersTo(null))) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }
}
