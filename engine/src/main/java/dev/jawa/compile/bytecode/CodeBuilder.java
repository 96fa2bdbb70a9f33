package dev.jawa.compile.bytecode;

/**
 * The code of a method under construction.
 *
 * <p>It follows the verifier's types of stack and locals from instruction to instruction. A forward label gets the
 * state that all jumps to it have in common; a loop's label gets the state at its place, which must hold for the
 * jumps back to it too. After an unconditional jump nothing may be emitted before the next label.
 */
public final class CodeBuilder {
    private static final int BIPUSH = 16;
    private static final int SIPUSH = 17;
    private static final int LDC = 18;
    private static final int LDC_W = 19;
    private static final int LDC2_W = 20;
    private static final int ILOAD = 21;
    private static final int ISTORE = 54;
    private static final int DUP = 89;
    private static final int SWAP = 95;
    private static final int TABLESWITCH = 170;
    private static final int LOOKUPSWITCH = 171;
    private static final int GETSTATIC = 178;
    private static final int PUTSTATIC = 179;
    private static final int GETFIELD = 180;
    private static final int PUTFIELD = 181;
    private static final int INVOKEVIRTUAL = 182;
    private static final int INVOKESPECIAL = 183;
    private static final int INVOKESTATIC = 184;
    private static final int INVOKEINTERFACE = 185;
    private static final int NEW = 187;
    private static final int ANEWARRAY = 189;
    private static final int CHECKCAST = 192;
    private static final int INSTANCEOF = 193;
    private static final int WIDE = 196;
    private static final int MAX_CODE = 0xFFFF;

    private final ConstantPool pool;
    private final ByteVector code = new ByteVector(256);
    private final FrameTable frames;
    private final ByteVector lines = new ByteVector(32);
    private final ByteVector handlers = new ByteVector(8);
    private int lineCount;
    private int handlerCount;

    private final VerificationState state = new VerificationState();
    private boolean reachable = true;

    CodeBuilder(ClassBuilder owner, boolean isStatic, String descriptor) {
        pool = owner.pool();
        if (!isStatic) {
            state.setLocal(0, VerificationType.object(pool.classInfo(owner.name())));
        }
        for (int i = 1; descriptor.charAt(i) != ')'; i = Descriptors.end(descriptor, i)) {
            state.setLocal(state.localCount(), verificationType(descriptor, i));
        }
        frames = state.frames();
    }

    /** How long the code is so far, in bytes. */
    public int size() {
        return code.size();
    }

    /** Whether the next instruction could ever run. */
    public boolean isReachable() {
        return reachable;
    }

    /** How many values are on the operand stack. */
    public int stackDepth() {
        return state.depth();
    }

    // ---- the state

    private void push(int type) {
        state.push(type);
    }

    private int pop() {
        return state.pop();
    }

    /** What kind of value a local holds now, as a number that is the same for the same kind. */
    public int localType(int slot) {
        return state.local(slot);
    }

    /** Says that a local's value will not be read again, so that frames need not mention it. */
    public void forget(int slot) {
        state.forget(slot);
    }

    private int verificationType(String descriptor, int index) {
        return switch (descriptor.charAt(index)) {
            case 'J' -> VerificationType.LONG;
            case 'F' -> VerificationType.FLOAT;
            case 'D' -> VerificationType.DOUBLE;
            case 'L' -> VerificationType.object(
                    pool.classInfo(descriptor.substring(index + 1, descriptor.indexOf(';', index))));
            case '[' -> VerificationType.object(
                    pool.classInfo(descriptor.substring(index, Descriptors.end(descriptor, index))));
            default -> VerificationType.INTEGER;
        };
    }

    private void applyEffect(String effect) {
        int arrow = effect.indexOf('>');
        state.pop(arrow);
        for (int i = arrow + 1; i < effect.length(); i++) {
            push(switch (effect.charAt(i)) {
                case 'J' -> VerificationType.LONG;
                case 'F' -> VerificationType.FLOAT;
                case 'D' -> VerificationType.DOUBLE;
                case 'N' -> VerificationType.NULL;
                default -> VerificationType.INTEGER;
            });
        }
    }

    // ---- instructions

    /** An instruction without operands. */
    public CodeBuilder op(int opcode) {
        code.u1(opcode);
        applyEffect(Bytecode.effect(opcode));
        if (Bytecode.endsFlow(opcode)) {
            reachable = false;
        }
        return this;
    }

    /** Takes the top of the stack off, whatever its size. */
    public CodeBuilder pop1() {
        return op(VerificationType.isWide(state.top()) ? Bytecode.POP2 : Bytecode.POP);
    }

    /** Copies the value of one slot on top of the stack. */
    public CodeBuilder dup() {
        code.u1(DUP);
        push(state.top());
        return this;
    }

    /** Exchanges the two values of one slot on top of the stack. */
    public CodeBuilder swap() {
        code.u1(SWAP);
        int top = pop();
        int below = pop();
        push(top);
        push(below);
        return this;
    }

    /**
     * Loads a local.
     *
     * @param kind I, J, F, D or A
     */
    public CodeBuilder load(char kind, int slot) {
        localInstruction(ILOAD + kindIndex(kind), 26 + kindIndex(kind) * 4, slot);
        push(kind == 'A' ? state.local(slot) : numberType(kind));
        return this;
    }

    /**
     * Stores to a local.
     *
     * @param kind I, J, F or D
     */
    public CodeBuilder store(char kind, int slot) {
        pop();
        localInstruction(ISTORE + kindIndex(kind), 59 + kindIndex(kind) * 4, slot);
        state.setLocal(slot, numberType(kind));
        return this;
    }

    /** Stores a reference to a local that is of a class, an internal name. */
    public CodeBuilder storeReference(int slot, String className) {
        pop();
        localInstruction(ISTORE + 4, 59 + 16, slot);
        state.setLocal(slot, VerificationType.object(pool.classInfo(className)));
        return this;
    }

    private void localInstruction(int opcode, int shortForm, int slot) {
        if (slot < 4) {
            code.u1(shortForm + slot);
        } else if (slot < 256) {
            code.u1(opcode).u1(slot);
        } else {
            code.u1(WIDE).u1(opcode).u2(slot);
        }
    }

    private static int kindIndex(char kind) {
        return switch (kind) {
            case 'I' -> 0;
            case 'J' -> 1;
            case 'F' -> 2;
            case 'D' -> 3;
            default -> 4;
        };
    }

    private static int numberType(char kind) {
        return switch (kind) {
            case 'J' -> VerificationType.LONG;
            case 'F' -> VerificationType.FLOAT;
            case 'D' -> VerificationType.DOUBLE;
            default -> VerificationType.INTEGER;
        };
    }

    /** Pushes an int by the shortest instruction. */
    public CodeBuilder constant(int value) {
        if (value >= -1 && value <= 5) {
            code.u1(Bytecode.ICONST_0 + value);
        } else if (value == (byte) value) {
            code.u1(BIPUSH).u1(value);
        } else if (value == (short) value) {
            code.u1(SIPUSH).u2(value);
        } else if (pool.hasRoomForNumbers()) {
            ldc(pool.integer(value));
        } else {
            short low = (short) value;
            return constant(value - low >> 16).constant(16).op(Bytecode.ISHL).constant(low).op(Bytecode.IADD);
        }
        push(VerificationType.INTEGER);
        return this;
    }

    /** Pushes a long by the shortest instructions. */
    public CodeBuilder constant(long value) {
        if (value == 0 || value == 1) {
            code.u1(Bytecode.LCONST_0 + (int) value);
            push(VerificationType.LONG);
        } else if (value == (short) value) {
            constant((int) value).op(Bytecode.I2L);
        } else if (pool.hasRoomForNumbers()) {
            code.u1(LDC2_W).u2(pool.longValue(value));
            push(VerificationType.LONG);
        } else {
            int low = (int) value;
            constant((int) (value - low >> 32)).op(Bytecode.I2L).constant(32).op(Bytecode.LSHL);
            constant(low).op(Bytecode.I2L).op(Bytecode.LADD);
        }
        return this;
    }

    /** Pushes a float by its bits. */
    public CodeBuilder floatConstant(int bits) {
        if (bits == 0) {
            code.u1(Bytecode.FCONST_0);
        } else if (bits == Float.floatToRawIntBits(1)) {
            code.u1(Bytecode.FCONST_1);
        } else if (pool.hasRoomForNumbers()) {
            ldc(pool.floatBits(bits));
        } else {
            return constant(bits).invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        }
        push(VerificationType.FLOAT);
        return this;
    }

    /** Pushes a double by its bits. */
    public CodeBuilder doubleConstant(long bits) {
        if (bits == 0) {
            code.u1(Bytecode.DCONST_0);
        } else if (bits == Double.doubleToRawLongBits(1)) {
            code.u1(Bytecode.DCONST_1);
        } else if (pool.hasRoomForNumbers()) {
            code.u1(LDC2_W).u2(pool.doubleBits(bits));
        } else {
            return constant(bits).invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        }
        push(VerificationType.DOUBLE);
        return this;
    }

    /** Pushes a string. */
    public CodeBuilder constant(String value) {
        ldc(pool.string(value));
        push(VerificationType.object(pool.classInfo("java/lang/String")));
        return this;
    }

    private void ldc(int index) {
        if (index < 256) {
            code.u1(LDC).u1(index);
        } else {
            code.u1(LDC_W).u2(index);
        }
    }

    public CodeBuilder getStatic(String owner, String name, String descriptor) {
        code.u1(GETSTATIC).u2(pool.field(owner, name, descriptor));
        push(verificationType(descriptor, 0));
        return this;
    }

    public CodeBuilder putStatic(String owner, String name, String descriptor) {
        pop();
        code.u1(PUTSTATIC).u2(pool.field(owner, name, descriptor));
        return this;
    }

    public CodeBuilder getField(String owner, String name, String descriptor) {
        pop();
        code.u1(GETFIELD).u2(pool.field(owner, name, descriptor));
        push(verificationType(descriptor, 0));
        return this;
    }

    public CodeBuilder putField(String owner, String name, String descriptor) {
        pop();
        pop();
        code.u1(PUTFIELD).u2(pool.field(owner, name, descriptor));
        return this;
    }

    public CodeBuilder invokeStatic(String owner, String name, String descriptor) {
        code.u1(INVOKESTATIC).u2(pool.method(owner, name, descriptor));
        invoked(descriptor, 0);
        return this;
    }

    public CodeBuilder invokeVirtual(String owner, String name, String descriptor) {
        code.u1(INVOKEVIRTUAL).u2(pool.method(owner, name, descriptor));
        invoked(descriptor, 1);
        return this;
    }

    public CodeBuilder invokeSpecial(String owner, String name, String descriptor) {
        code.u1(INVOKESPECIAL).u2(pool.method(owner, name, descriptor));
        invoked(descriptor, 1);
        return this;
    }

    public CodeBuilder invokeInterface(String owner, String name, String descriptor) {
        code.u1(INVOKEINTERFACE).u2(pool.interfaceMethod(owner, name, descriptor))
                .u1(1 + Descriptors.parameterSlots(descriptor)).u1(0);
        invoked(descriptor, 1);
        return this;
    }

    private void invoked(String descriptor, int receivers) {
        int i = 1;
        for (; descriptor.charAt(i) != ')'; i = Descriptors.end(descriptor, i)) {
            pop();
        }
        state.pop(receivers);
        if (descriptor.charAt(i + 1) != 'V') {
            push(verificationType(descriptor, i + 1));
        }
    }

    /** Creates an object by its constructor without parameters. */
    public CodeBuilder newInstance(String className) {
        return newInstance(className, "()V", () -> { });
    }

    /** Creates an object; {@code arguments} pushes the constructor's, without jumps. */
    public CodeBuilder newInstance(String className, String constructor, Runnable arguments) {
        int type = VerificationType.object(pool.classInfo(className));
        code.u1(NEW).u2(pool.classInfo(className)).u1(DUP);
        push(type);
        push(type);
        arguments.run();
        return invokeSpecial(className, "<init>", constructor);
    }

    /** Creates an array of references, its length on the stack. */
    public CodeBuilder newArray(String elementClass) {
        pop();
        code.u1(ANEWARRAY).u2(pool.classInfo(elementClass));
        push(verificationType("[L" + elementClass + ";", 0));
        return this;
    }

    /** Loads an element from an array of references of this class. */
    public CodeBuilder loadElement(String elementClass) {
        code.u1(50);
        state.pop(2);
        push(VerificationType.object(pool.classInfo(elementClass)));
        return this;
    }

    public CodeBuilder checkCast(String className) {
        code.u1(CHECKCAST).u2(pool.classInfo(className));
        pop();
        push(VerificationType.object(pool.classInfo(className)));
        return this;
    }

    /** Casts the reference on top of the stack to a class, unless it is known to be of it, or null. */
    public CodeBuilder castTo(String className) {
        if (className.equals("java/lang/Object")) {
            return this;
        }
        int top = state.top();
        return top == VerificationType.NULL || top == VerificationType.object(pool.classInfo(className))
                ? this : checkCast(className);
    }

    /** Whether the reference on top of the stack is known to be of a class. */
    public boolean isTop(String className) {
        return state.top() == VerificationType.object(pool.classInfo(className));
    }

    public CodeBuilder instanceOf(String className) {
        code.u1(INSTANCEOF).u2(pool.classInfo(className));
        pop();
        push(VerificationType.INTEGER);
        return this;
    }

    /** Says that the reference on top of the stack counts as one of this class, to which it is assignable. */
    public CodeBuilder widen(String className) {
        pop();
        push(VerificationType.object(pool.classInfo(className)));
        return this;
    }

    // ---- jumps

    /** A jump, conditional or not. */
    public CodeBuilder jump(int opcode, Label target) {
        int instruction = code.size();
        applyEffect(Bytecode.effect(opcode));
        code.u1(opcode).u2(0);
        arrive(target);
        if (target.isBound()) {
            patch(instruction, instruction + 1, target.position);
        } else {
            target.jump(instruction, instruction + 1);
        }
        if (opcode == Bytecode.GOTO) {
            reachable = false;
        }
        return this;
    }

    /** Jumps to {@code targets[value - low]}, or else to {@code otherwise}. */
    public CodeBuilder tableSwitch(int low, Label[] targets, Label otherwise) {
        int instruction = startSwitch(TABLESWITCH);
        switchTarget(instruction, otherwise);
        code.u4(low).u4(low + targets.length - 1);
        for (Label target : targets) {
            switchTarget(instruction, target);
        }
        reachable = false;
        return this;
    }

    /** Jumps to the target of the key that equals the value; the keys must be sorted. */
    public CodeBuilder lookupSwitch(int[] keys, Label[] targets, Label otherwise) {
        int instruction = startSwitch(LOOKUPSWITCH);
        switchTarget(instruction, otherwise);
        code.u4(keys.length);
        for (int i = 0; i < keys.length; i++) {
            code.u4(keys[i]);
            switchTarget(instruction, targets[i]);
        }
        reachable = false;
        return this;
    }

    private int startSwitch(int opcode) {
        pop();
        int instruction = code.size();
        code.u1(opcode);
        while ((code.size() & 3) != 0) {
            code.u1(0);
        }
        return instruction;
    }

    private void switchTarget(int instruction, Label target) {
        int place = code.size();
        code.u4(0);
        arrive(target);
        if (target.isBound()) {
            code.putU4(place, target.position - instruction);
        } else {
            target.jump(instruction, -place);
        }
    }

    private void arrive(Label target) {
        if (!target.isBound()) {
            state.arrive(target);
        }
    }

    /** Puts a label here that only jumps seen so far go to. If there are none and no flow comes here, nothing does. */
    public CodeBuilder bind(Label label) {
        if (!label.isTarget()) {
            label.position = code.size();
            return this;
        }
        if (reachable) {
            state.intersect(label);
        }
        state.restore(label);
        reachable = true;
        place(label);
        return this;
    }

    /** Puts a label here that later jumps go back to; the operand stack must be empty. */
    public CodeBuilder bindLoop(Label label) {
        if (state.depth() != 0) {
            throw new IllegalStateException("HotSpot cannot replace a loop on the stack while operands are on it");
        }
        label.stack = new int[0];
        label.locals = new int[0];
        place(label);
        return this;
    }

    /** Code from here on to {@link #endRegion} is protected. Regions may be inside each other. */
    public ProtectedRegion beginRegion() {
        return state.beginRegion(code.size());
    }

    /** Ends the region that began last. */
    public void endRegion() {
        state.endRegion().end = code.size();
    }

    /**
     * Puts the handler of a region here, with the exception on the stack.
     *
     * @param exceptionClass what is caught
     */
    public CodeBuilder bindHandler(ProtectedRegion region, String exceptionClass) {
        state.restore(region, VerificationType.object(pool.classInfo(exceptionClass)));
        reachable = true;
        state.addTo(frames, code.size());
        handlers.u2(region.start).u2(region.end).u2(code.size()).u2(pool.classInfo(exceptionClass));
        handlerCount++;
        return this;
    }

    private void place(Label label) {
        label.position = code.size();
        state.addTo(frames, label.position);
        for (int i = 0; i < label.jumpCount; i += 2) {
            patch(label.jumps[i], label.jumps[i + 1], label.position);
        }
    }

    private void patch(int instruction, int offset, int target) {
        int distance = target - instruction;
        if (offset < 0) {
            code.putU4(-offset, distance);
        } else if (distance == (short) distance) {
            code.putU2(offset, distance);
        } else {
            throw new ClassTooLargeException("jump");
        }
    }

    /** Gives the code from here on a line number, from 0 to 65,535. */
    public void line(int number) {
        lines.u2(code.size()).u2(number);
        lineCount++;
    }

    ByteVector attribute() {
        if (code.size() > MAX_CODE || lineCount > 0xFFFF) {
            throw new ClassTooLargeException("code");
        }
        if (reachable) {
            throw new IllegalStateException("the code runs off its end");
        }
        ByteVector stackMap = frames.attribute();
        int attributes = (frames.isEmpty() ? 0 : 1) + (lineCount == 0 ? 0 : 1);
        int length = 12 + code.size() + handlers.size()
                + (frames.isEmpty() ? 0 : 8 + stackMap.size()) + (lineCount == 0 ? 0 : 8 + lines.size());
        var out = new ByteVector(length + 6)
                .u2(pool.utf8("Code")).u4(length)
                .u2(state.maxStack()).u2(state.maxLocals()).u4(code.size()).append(code)
                .u2(handlerCount).append(handlers).u2(attributes);
        if (!frames.isEmpty()) {
            out.u2(pool.utf8("StackMapTable")).u4(stackMap.size() + 2).u2(frames.count()).append(stackMap);
        }
        if (lineCount != 0) {
            out.u2(pool.utf8("LineNumberTable")).u4(lines.size() + 2).u2(lineCount).append(lines);
        }
        return out;
    }
}
