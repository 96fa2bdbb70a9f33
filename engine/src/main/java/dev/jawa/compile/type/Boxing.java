package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;

/** Emits the ways between values on the JVM's stack and boxes. */
public final class Boxing {
    private Boxing() {
    }

    private static String box(Carrier carrier) {
        return switch (carrier) {
            case INT -> "java/lang/Integer";
            case LONG, HIGH -> "java/lang/Long";
            case FLOAT -> "java/lang/Float";
            case DOUBLE -> "java/lang/Double";
            case REFERENCE, VECTOR, VOID -> Names.OBJECT;
        };
    }

    /** Turns the value on top of the stack into an object; nothing into null. */
    public static void box(CodeBuilder code, Carrier carrier) {
        switch (carrier) {
            case VOID -> code.op(Bytecode.ACONST_NULL);
            case REFERENCE, VECTOR -> {
            }
            default -> code.invokeStatic(box(carrier), "valueOf",
                    "(" + carrier.descriptor() + ")" + Names.descriptor(box(carrier)));
        }
    }

    /** Turns the object on top of the stack into a value. */
    public static void unbox(CodeBuilder code, Carrier carrier) {
        if (carrier != Carrier.REFERENCE) {
            String method = switch (carrier) {
                case INT -> "intValue";
                case LONG, HIGH -> "longValue";
                case FLOAT -> "floatValue";
                default -> "doubleValue";
            };
            code.checkCast(box(carrier)).invokeVirtual(box(carrier), method, "()" + carrier.descriptor());
        }
    }

    /** Returns the value on top of the stack. */
    public static void giveBack(CodeBuilder code, Carrier carrier) {
        code.op(switch (carrier) {
            case INT -> Bytecode.IRETURN;
            case LONG, HIGH -> Bytecode.LRETURN;
            case FLOAT -> Bytecode.FRETURN;
            case DOUBLE -> Bytecode.DRETURN;
            case REFERENCE, VECTOR -> Bytecode.ARETURN;
            case VOID -> Bytecode.RETURN;
        });
    }
}
