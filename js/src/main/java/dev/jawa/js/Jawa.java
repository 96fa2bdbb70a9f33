package dev.jawa.js;

import dev.jawa.Limits;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.webassembly.ErrorMapping;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import java.util.Optional;
import org.graalvm.polyglot.Context;

/** Jawa for programs that have GraalJS contexts of their own. */
public final class Jawa {
    private Jawa() {
    }

    /**
     * Defines the global {@code WebAssembly} in a GraalJS context, in place of any other:
     *
     * {@snippet class="dev.jawa.js.InstallTest" region="install"}
     *
     * <p>It is complete but for {@code compileStreaming} and {@code instantiateStreaming}, which need {@code fetch}. The
     * context has no event loop, so {@code compile} and {@code instantiate} work before they return; what waits for their
     * promises runs, as always in such a context, before the host's call into it returns.
     *
     * <p>Computations that {@code WebAssembly.promising} starts run on threads of their own, one at a time with the context's.
     *
     * <p>The versions of GraalJS that this was built with and that the context has must be the same.
     *
     * @param context in which JavaScript is permitted, used by no other thread now
     * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface">MDN: WebAssembly</a>
     */
    public static void installWebAssembly(Context context) {
        Realm.within(context, ErrorMapping::map, realm ->
                WebAssemblyNamespace.install(realm, new JobQueue(realm), Optional.empty(), Limits.none()));
    }
}
