package dev.jawa.runtime;

/**
 * A tail call that has been prepared: which function, and its arguments. Each instance has one of these.
 *
 * <p>A function that calls others at its end is compiled to a method that prepares the call here and returns, and to an
 * entry that everybody else calls. The entry makes the calls that are prepared, one after the other, until one returns
 * with nothing prepared: so any number of tail calls takes no more stack than one. Nothing runs between preparing and
 * returning, so one place is enough.
 */
public final class TailCall {
    /** How many arguments of either kind have fields; if there are more arguments in all, they come in a tuple. */
    public static final int MOST_FIELDS = 8;
    /** Where a host function would prepare tail calls: always empty. */
    static final TailCall NONE = new TailCall(null);

    /** The instance whose functions prepare calls here. */
    public final ModuleInstance instance;

    /** The function, or {@code null} if no call is prepared. */
    public FunctionInstance callee;

    /** Arguments that are numbers, as bits, by their place among all arguments. */
    public long number0;
    public long number1;
    public long number2;
    public long number3;
    public long number4;
    public long number5;
    public long number6;
    public long number7;

    /** Arguments that are references, by their place among all arguments. */
    public Object reference0;
    public Object reference1;
    public Object reference2;
    public Object reference3;
    public Object reference4;
    public Object reference5;
    public Object reference6;
    public Object reference7;

    TailCall(ModuleInstance instance) {
        this.instance = instance;
    }
}
