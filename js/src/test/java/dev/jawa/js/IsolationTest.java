package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that nobody has told to allow anything allows nothing. */
@Timeout(60)
class IsolationTest {
    @TempDir
    private Path folder;

    private static String evaluate(String script) {
        try (JsSession session = JsHost.builder().build().open()) {
            return session.evaluate(script).toString();
        }
    }

    @Test
    void thereIsNoWayToJava() {
        assertEquals("undefined,undefined,undefined,undefined,undefined,undefined,undefined", evaluate(
                "[typeof Java, typeof Packages, typeof Polyglot, typeof Graal, typeof java, typeof load, typeof quit].join()"));
        assertEquals("undefined", evaluate("typeof (0, eval)('this').constructor.constructor('return this')().Java"));
    }

    @Test
    void filesNetworkAndEnvironmentAreClosed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        String path = "'" + secret.toString().replace("\\", "/") + "'";
        try (JsSession session = JsHost.builder().build().open()) {
            session.evaluate("const require = process.getBuiltinModule('module').createRequire(" + path + ");");
            for (String action : new String[] {"require('fs').readFileSync(" + path + ")",
                "require('fs').writeFileSync(" + path + ", 'changed')", "require('fs').unlinkSync(" + path + ")",
                "require('fs').readdirSync('/')", "require('fs').symlinkSync(" + path + ", " + path + " + '2')",
                "require('fs').cpSync(" + path + ", " + path + " + '3')", "require('fs').linkSync(" + path + ", 'x')",
                "require('fs').opendirSync('/')", "require('fs').watch('/')", "require('fs').statfsSync('/')",
                "require('fs').chownSync(" + path + ", 0, 0)", "process.loadEnvFile(" + path + ")",
                "require('child_process').execSync('true')", "require('child_process').spawn('true')"}) {
                JsException thrown = assertThrows(JsException.class, () -> session.evaluate(action), action);
                assertTrue(thrown.getMessage().contains("ermission") || thrown.getMessage().contains("not available")
                        || thrown.getMessage().contains("denied"), thrown.getMessage());
            }
            assertEquals("0", session.evaluate("String(Object.keys(process.env).length)").toString());
            JsException refused = assertThrows(JsException.class, () ->
                    session.await(session.evaluate("fetch('http://localhost:1/')")));
            assertTrue(refused.getMessage().contains("localhost"), refused.getMessage());
            assertEquals("connections to localhost:1 are not allowed", session.await(session.evaluate("""
                    new Promise((resolve) => { new WebSocket('ws://localhost:1/').onerror = (event) => resolve(event.message); })
                    """)).asString());
        }
        assertEquals("secret", Files.readString(secret));
    }
}
