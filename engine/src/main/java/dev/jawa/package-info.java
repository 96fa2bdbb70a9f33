/**
 * WebAssembly for Java programs.
 *
 * <p>The names are those of the WebAssembly JavaScript API, so MDN's pages are a manual for this package too: a
 * {@link dev.jawa.Module} is compiled code, an {@link dev.jawa.Instance} is a module with state, and what it offers are
 * {@linkplain dev.jawa.Function functions}, {@linkplain dev.jawa.Memory memories}, {@linkplain dev.jawa.Table tables}
 * and {@linkplain dev.jawa.Global globals}.
 *
 * <h2>Calling WebAssembly</h2>
 * {@snippet class="dev.jawa.TutorialTest" region="call"}
 *
 * <p>An interface can stand for the exports; it is checked once, when it is bound, and then calls go straight to the
 * compiled code:
 * {@snippet class="dev.jawa.TutorialTest" region="interface"}
 * {@snippet class="dev.jawa.TutorialTest" region="view"}
 *
 * <h2>Giving WebAssembly something to call</h2>
 * {@snippet class="dev.jawa.TutorialTest" region="imports"}
 *
 * <h2>Memory</h2>
 * {@snippet class="dev.jawa.TutorialTest" region="memory"}
 *
 * <h2>What can go wrong</h2>
 * Every error is a {@link dev.jawa.WebAssemblyException}: a {@link dev.jawa.CompileError} says that a module is
 * malformed or invalid, a {@link dev.jawa.LinkError} that imports or exports do not fit, a
 * {@link dev.jawa.RuntimeError} that code trapped, and a {@link dev.jawa.WasmException} is one that the code threw.
 * What a host function throws arrives as it was thrown.
 * {@snippet class="dev.jawa.TutorialTest" region="errors"}
 *
 * <p>No method here takes or gives {@code null}, but for the null reference of WebAssembly.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly">MDN: WebAssembly</a>
 */
package dev.jawa;
