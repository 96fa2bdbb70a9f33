package dev.jawa.text.script;

import java.util.List;
import java.util.Optional;

/** A command of a script. */
public sealed interface Command {
    /** The line on which it begins, from 1. */
    int line();

    /** Compiles and instantiates a module, which becomes the current one. */
    record Module(int line, Optional<String> name, ScriptModule module) implements Command {
    }

    /** Compiles a module only. */
    record Definition(int line, Optional<String> name, ScriptModule module) implements Command {
    }

    /** Instantiates a definition, the last one if none is named. */
    record Instantiate(int line, Optional<String> name, Optional<String> definition) implements Command {
    }

    /** Makes the exports of an instance, the current one if none is named, importable under a module name. */
    record Register(int line, String as, Optional<String> name) implements Command {
    }

    /** Performs an action; its results do not matter. */
    record Perform(int line, Action action) implements Command {
    }

    /** The action gives these results. */
    record AssertReturn(int line, Action action, List<Expectation> expected) implements Command {
    }

    /** The action traps. */
    record AssertTrap(int line, Action action, String message) implements Command {
    }

    /** The action uses up the stack or the memory. */
    record AssertExhaustion(int line, Action action, String message) implements Command {
    }

    /** The action throws a WebAssembly exception. */
    record AssertException(int line, Action action) implements Command {
    }

    /** The action suspends without a handler. */
    record AssertSuspension(int line, Action action, String message) implements Command {
    }

    /** The module is rejected. */
    record AssertRejected(int line, Rejection rejection, ScriptModule module, String message) implements Command {
    }

    /** The module compiles, but its imports do not fit. */
    record AssertUnlinkable(int line, ScriptModule module, String message) implements Command {
    }

    /** The module links, but traps when it is instantiated. */
    record AssertUninstantiable(int line, ScriptModule module, String message) implements Command {
    }

    /** Starts a thread that runs commands of its own; it sees nothing of this script but the shared module. */
    record StartThread(int line, String name, Optional<String> shared, List<Command> commands) implements Command {
        public StartThread {
            commands = List.copyOf(commands);
        }
    }

    /** Waits for the end of a thread. */
    record AwaitThread(int line, String name) implements Command {
    }

    /** Why a module is rejected. */
    enum Rejection {
        /** It cannot be parsed or decoded. */
        MALFORMED,
        /** It can be parsed or decoded, but not validated. */
        INVALID,
        /** A custom section or an annotation in it is malformed. */
        MALFORMED_CUSTOM,
        /** A custom section or an annotation in it makes no sense. */
        INVALID_CUSTOM
    }

    /** Something done with an instance, the current one if none is named. */
    sealed interface Action {
        /** Calls an exported function. */
        record Invoke(Optional<String> module, String name, List<ScriptValue> arguments) implements Action {
            public Invoke {
                arguments = List.copyOf(arguments);
            }
        }

        /** Reads an exported global. */
        record Get(Optional<String> module, String name) implements Action {
        }
    }

    /** What the script language calls it, such as {@code assert_return}. */
    default String keyword() {
        return switch (this) {
            case Module _ -> "module";
            case Definition _ -> "module definition";
            case Instantiate _ -> "module instance";
            case Register _ -> "register";
            case Perform(_, Action.Invoke _) -> "invoke";
            case Perform(_, Action.Get _) -> "get";
            case AssertReturn _ -> "assert_return";
            case AssertTrap _, AssertUninstantiable _ -> "assert_trap";
            case AssertExhaustion _ -> "assert_exhaustion";
            case AssertException _ -> "assert_exception";
            case AssertSuspension _ -> "assert_suspension";
            case AssertRejected rejected -> "assert_" + rejected.rejection().name().toLowerCase(java.util.Locale.ROOT);
            case AssertUnlinkable _ -> "assert_unlinkable";
            case StartThread _ -> "thread";
            case AwaitThread _ -> "wait";
        };
    }
}
