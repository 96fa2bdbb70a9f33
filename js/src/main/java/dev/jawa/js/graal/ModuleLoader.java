package dev.jawa.js.graal;

import com.oracle.js.parser.ir.Module.ImportPhase;
import com.oracle.js.parser.ir.Module.ModuleRequest;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.objects.AbstractModuleRecord;
import com.oracle.truffle.js.runtime.objects.DefaultESModuleLoader;
import com.oracle.truffle.js.runtime.objects.JSModuleData;
import com.oracle.truffle.js.runtime.objects.JSModuleLoader;
import com.oracle.truffle.js.runtime.objects.JSModuleRecord;
import com.oracle.truffle.js.runtime.objects.ScriptOrModule;
import com.oracle.truffle.js.runtime.objects.SyntheticModuleRecord;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads what {@link Modules} finds; {@code data:} URLs are left to GraalJS. */
final class ModuleLoader extends DefaultESModuleLoader {
    private static final String MODULE = "application/javascript+module";

    private final Modules modules;
    private final Map<String, AbstractModuleRecord> records = new HashMap<>();

    private ModuleLoader(JSRealm realm, Modules modules) {
        super(realm);
        this.modules = modules;
    }

    /** Takes the place of GraalJS's loader, for which there is no setter. */
    static void install(JSRealm realm, Modules modules) {
        try {
            MethodHandles.privateLookupIn(JSRealm.class, MethodHandles.lookup())
                    .findVarHandle(JSRealm.class, "moduleLoader", JSModuleLoader.class)
                    .set(realm, new ModuleLoader(realm, modules));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("another version of GraalJS", e);
        }
    }

    @Override
    public AbstractModuleRecord resolveImportedModule(ScriptOrModule referrer, ModuleRequest request) {
        String specifier = Strings.toJavaString(request.specifier());
        if (specifier.startsWith("data:")) {
            return super.resolveImportedModule(referrer, request);
        }
        Optional<String> from = Optional.ofNullable(referrer).map(module -> module.getSource().getPath());
        Modules.Resolved resolved = modules.resolve(specifier, from, request.phase() == ImportPhase.Source);
        AbstractModuleRecord known = records.get(resolved.key());
        if (known != null) {
            return known;
        }
        try {
            AbstractModuleRecord record = load(resolved);
            records.put(resolved.key(), record);
            return record;
        } catch (NoSuchFileException e) {
            throw Errors.createError("Cannot find module '" + e.getFile() + "'"
                    + from.map(path -> " imported from " + path).orElse(""));
        } catch (IOException e) {
            throw Errors.createError("Cannot read module '" + specifier + "': " + e.getMessage());
        }
    }

    private AbstractModuleRecord load(Modules.Resolved resolved) throws IOException {
        return switch (resolved) {
            case Modules.SourceFile(String _, Path file) ->
                    new JSModuleRecord(parse(file, Sources.readText(file)), this);
            case Modules.SourceText text -> new HostModule(parse(text.file(), text.text()), this, text);
            case Modules.NamedText(String url, String text) -> new JSModuleRecord(realm.getContext().getEvaluator()
                    .envParseModule(realm, Source.newBuilder("js", text, url).mimeType(MODULE).build()), this);
            case Modules.JsonFile(String _, Path file) -> realm.getContext().getEvaluator()
                    .parseJSONModule(realm, source(file, "application/json", Sources.readText(file)));
            case Modules.Synthetic synthetic -> synthetic(synthetic);
        };
    }

    private Source source(Path file, String mimeType, String text) {
        return Source.newBuilder("js", realm.getEnv().getPublicTruffleFile(file.toString()))
                .content(text).mimeType(mimeType).build();
    }

    private JSModuleData parse(Path file, String text) {
        return realm.getContext().getEvaluator().envParseModule(realm, source(file, MODULE, text));
    }

    /** A module whose text the host has made. */
    static final class HostModule extends JSModuleRecord {
        private final Modules.SourceText text;

        private HostModule(JSModuleData data, ModuleLoader loader, Modules.SourceText text) {
            super(data, loader);
            this.text = text;
        }

        @Override
        public Object getModuleSource() {
            return text.moduleSource();
        }

        Object instantiate() {
            return text.instantiate();
        }
    }

    private SyntheticModuleRecord synthetic(Modules.Synthetic module) {
        List<TruffleString> names = module.exportNames().stream().map(Strings::fromJavaString).toList();
        Source source = Source.newBuilder("js", "", module.key()).internal(true).build();
        return new SyntheticModuleRecord(realm.getContext(), source, null, names, record -> {
            List<Object> values = module.evaluation().get();
            for (int i = 0; i < names.size(); i++) {
                record.setSyntheticModuleExport(names.get(i), values.get(i));
            }
        });
    }
}
