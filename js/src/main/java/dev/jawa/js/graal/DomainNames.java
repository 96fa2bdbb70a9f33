package dev.jawa.js.graal;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.graalvm.shadowed.com.ibm.icu.text.IDNA;

/** Domain names with characters beyond ASCII (Unicode Technical Standard 46), by the ICU that GraalJS brings. */
public final class DomainNames {
    private static final IDNA IDNA_PROCESSING = IDNA.getUTS46Instance(IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ
            | IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);
    /** What the URL standard's "domain to ASCII" passes over: it asks for no CheckHyphens and no VerifyDnsLength. */
    private static final Set<IDNA.Error> ALLOWED = EnumSet.of(IDNA.Error.EMPTY_LABEL, IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG, IDNA.Error.LEADING_HYPHEN, IDNA.Error.TRAILING_HYPHEN,
            IDNA.Error.HYPHEN_3_4);

    private DomainNames() {
    }

    /** The name in ASCII, in lower case; empty if it is none. */
    public static Optional<String> toAscii(String domain) {
        var info = new IDNA.Info();
        String result = IDNA_PROCESSING.nameToASCII(domain, new StringBuilder(), info).toString();
        boolean isValid = ALLOWED.containsAll(info.getErrors());
        return isValid && !result.isEmpty() ? Optional.of(result) : Optional.empty();
    }

    /** The name as people write it. */
    public static String toUnicode(String domain) {
        return IDNA_PROCESSING.nameToUnicode(domain, new StringBuilder(), new IDNA.Info()).toString();
    }
}
