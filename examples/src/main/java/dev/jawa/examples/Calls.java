package dev.jawa.examples;

import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.Instance;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The other ways to call a function: by name, with boxed results, and through a method handle of its exact type. */
public final class Calls {
    private Calls() {
    }

    /** Prints some results. */
    public static void main(String... args) throws Throwable {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Exports math = Instance.of(folder.resolve("math.wasm")).exports();

        Function add = math.function("add");
        System.out.println(add.type());
        System.out.println(add.callInt(1, 2));
        System.out.println(math.function("divmod").call(17, 5));
        System.out.println(math.function("divmod").call(TypedView.DivMod.class, 17, 5));

        MethodHandle handle = add.methodHandle();
        int sum = (int) handle.invokeExact(3, 4);
        System.out.println(sum);
    }
}
