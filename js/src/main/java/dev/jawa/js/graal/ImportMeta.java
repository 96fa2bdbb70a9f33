package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.ImportMetaInitializer;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSModuleRecord;
import java.nio.file.Path;

/**
 * Fills {@code import.meta} with {@code url}, and for files {@code filename} and {@code dirname}, as Node.js does.
 */
final class ImportMeta implements ImportMetaInitializer {
    @Override
    public void initializeImportMeta(JSDynamicObject meta, JSModuleRecord module) {
        String path = module.getSource().getPath();
        if (path == null) {
            define(meta, "url", module.getSource().getURI().toString());
            return;
        }
        Path file = Path.of(path);
        define(meta, "dirname", String.valueOf(file.getParent()));
        define(meta, "filename", file.toString());
        define(meta, "url", FileUrls.of(file).toString());
    }

    private static void define(JSDynamicObject meta, String name, String value) {
        JSRuntime.createDataProperty(meta, Values.string(name), Values.string(value));
    }
}
