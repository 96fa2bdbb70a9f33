package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.ImportMetaInitializer;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSModuleRecord;
import java.nio.file.Path;

/**
 * Fills {@code import.meta} with {@code url}, and for files {@code filename}, {@code dirname} and {@code resolve}, as
 * Node.js does.
 */
final class ImportMeta implements ImportMetaInitializer {
    private final Realm realm;
    private final Modules modules;

    ImportMeta(Realm realm, Modules modules) {
        this.realm = realm;
        this.modules = modules;
    }

    @Override
    public void initializeImportMeta(JSDynamicObject meta, JSModuleRecord module) {
        String path = module.getSource().getPath();
        if (path == null) {
            String name = module.getSource().getName();
            define(meta, "url", name.startsWith("blob:") ? name : module.getSource().getURI().toString());
            return;
        }
        if (module instanceof ModuleLoader.HostModule hostModule && !Values.isUndefined(hostModule.instantiate())) {
            realm.define(meta, "instantiate", hostModule.instantiate());
            return;
        }
        Path file = Path.of(path);
        define(meta, "dirname", String.valueOf(file.getParent()));
        define(meta, "filename", file.toString());
        define(meta, "url", FileUrls.of(file).toString());
        realm.define(meta, "resolve", realm.function("resolve", 1, (_, arguments) ->
                Values.string(modules.url(Values.toString(arguments.get(0)), path))));
    }

    private static void define(JSDynamicObject meta, String name, String value) {
        JSRuntime.createDataProperty(meta, Values.string(name), Values.string(value));
    }
}
