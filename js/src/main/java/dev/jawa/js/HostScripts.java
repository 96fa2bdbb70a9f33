package dev.jawa.js;

import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Sources;
import dev.jawa.js.graal.Values;
import java.util.HashMap;
import java.util.Map;

/** The scripts of the host: each is a function of the host object and of what loads others, and runs when first needed. */
final class HostScripts {
    private final Realm realm;
    private final Object host;
    private final Object load;
    private final Map<String, Object> loaded = new HashMap<>();

    HostScripts(Realm realm) {
        this.realm = realm;
        this.host = realm.newObject();
        this.load = realm.helper("load", arguments -> load(Values.toString(arguments.get(0))));
    }

    /** What Java offers to the scripts. */
    Object host() {
        return host;
    }

    /**
     * What a script gives.
     *
     * @param name its path without the extension: {@code node/fs}
     */
    Object load(String name) {
        Object known = loaded.get(name);
        if (known != null) {
            return known;
        }
        Object script = Sources.runResource(realm, HostScripts.class, name + ".js");
        Object result = realm.call(script, Values.UNDEFINED, host, load);
        loaded.put(name, result);
        return result;
    }

    /** Whether a script has run. */
    boolean isLoaded(String name) {
        return loaded.containsKey(name);
    }
}
