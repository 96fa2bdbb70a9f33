package dev.jawa.compile.bytecode;

/**
 * The JVM's instructions that have no operand besides a jump's target (JVM specification 6.5), with what each takes
 * from the stack and puts on it.
 */
public final class Bytecode {
    public static final int NOP = 0;
    public static final int ACONST_NULL = 1;
    public static final int ICONST_0 = 3;
    public static final int LCONST_0 = 9;
    public static final int LCONST_1 = 10;
    public static final int FCONST_0 = 11;
    public static final int FCONST_1 = 12;
    public static final int FCONST_2 = 13;
    public static final int DCONST_0 = 14;
    public static final int DCONST_1 = 15;
    public static final int IALOAD = 46;
    public static final int LALOAD = 47;
    public static final int FALOAD = 48;
    public static final int DALOAD = 49;
    public static final int BALOAD = 51;
    public static final int SALOAD = 53;
    public static final int IASTORE = 79;
    public static final int LASTORE = 80;
    public static final int FASTORE = 81;
    public static final int DASTORE = 82;
    public static final int AASTORE = 83;
    public static final int BASTORE = 84;
    public static final int SASTORE = 86;
    public static final int POP = 87;
    public static final int POP2 = 88;
    public static final int IADD = 96;
    public static final int LADD = 97;
    public static final int FADD = 98;
    public static final int DADD = 99;
    public static final int ISUB = 100;
    public static final int LSUB = 101;
    public static final int FSUB = 102;
    public static final int DSUB = 103;
    public static final int IMUL = 104;
    public static final int LMUL = 105;
    public static final int FMUL = 106;
    public static final int DMUL = 107;
    public static final int IDIV = 108;
    public static final int LDIV = 109;
    public static final int FDIV = 110;
    public static final int DDIV = 111;
    public static final int IREM = 112;
    public static final int LREM = 113;
    public static final int INEG = 116;
    public static final int LNEG = 117;
    public static final int FNEG = 118;
    public static final int DNEG = 119;
    public static final int ISHL = 120;
    public static final int LSHL = 121;
    public static final int ISHR = 122;
    public static final int LSHR = 123;
    public static final int IUSHR = 124;
    public static final int LUSHR = 125;
    public static final int IAND = 126;
    public static final int LAND = 127;
    public static final int IOR = 128;
    public static final int LOR = 129;
    public static final int IXOR = 130;
    public static final int LXOR = 131;
    public static final int I2L = 133;
    public static final int I2F = 134;
    public static final int I2D = 135;
    public static final int L2I = 136;
    public static final int L2F = 137;
    public static final int L2D = 138;
    public static final int F2I = 139;
    public static final int F2L = 140;
    public static final int F2D = 141;
    public static final int D2I = 142;
    public static final int D2L = 143;
    public static final int D2F = 144;
    public static final int I2B = 145;
    public static final int I2S = 147;
    public static final int LCMP = 148;
    public static final int FCMPL = 149;
    public static final int FCMPG = 150;
    public static final int DCMPL = 151;
    public static final int DCMPG = 152;
    public static final int IFEQ = 153;
    public static final int IFNE = 154;
    public static final int IFLT = 155;
    public static final int IFGE = 156;
    public static final int IFGT = 157;
    public static final int IFLE = 158;
    public static final int IF_ICMPEQ = 159;
    public static final int IF_ICMPNE = 160;
    public static final int IF_ICMPLT = 161;
    public static final int IF_ICMPGE = 162;
    public static final int IF_ICMPGT = 163;
    public static final int IF_ICMPLE = 164;
    public static final int IF_ACMPEQ = 165;
    public static final int IF_ACMPNE = 166;
    public static final int GOTO = 167;
    public static final int IRETURN = 172;
    public static final int LRETURN = 173;
    public static final int FRETURN = 174;
    public static final int DRETURN = 175;
    public static final int ARETURN = 176;
    public static final int RETURN = 177;
    public static final int ARRAYLENGTH = 190;
    public static final int ATHROW = 191;
    public static final int IFNULL = 198;
    public static final int IFNONNULL = 199;

    // Operands and results of each: I, J, F, D as in descriptors, A a reference, N null, x any of one slot, w of two.
    private static final String[] EFFECTS = new String[200];

    static {
        EFFECTS[NOP] = ">";
        EFFECTS[ACONST_NULL] = ">N";
        EFFECTS[ICONST_0] = ">I";
        EFFECTS[LCONST_0] = ">J";
        EFFECTS[LCONST_1] = ">J";
        EFFECTS[FCONST_0] = ">F";
        EFFECTS[FCONST_1] = ">F";
        EFFECTS[FCONST_2] = ">F";
        EFFECTS[DCONST_0] = ">D";
        EFFECTS[DCONST_1] = ">D";
        EFFECTS[IALOAD] = "AI>I";
        EFFECTS[LALOAD] = "AI>J";
        EFFECTS[FALOAD] = "AI>F";
        EFFECTS[DALOAD] = "AI>D";
        EFFECTS[BALOAD] = "AI>I";
        EFFECTS[SALOAD] = "AI>I";
        EFFECTS[IASTORE] = "AII>";
        EFFECTS[LASTORE] = "AIJ>";
        EFFECTS[FASTORE] = "AIF>";
        EFFECTS[DASTORE] = "AID>";
        EFFECTS[AASTORE] = "AIA>";
        EFFECTS[BASTORE] = "AII>";
        EFFECTS[SASTORE] = "AII>";
        EFFECTS[POP] = "x>";
        EFFECTS[POP2] = "w>";
        EFFECTS[IADD] = "II>I";
        EFFECTS[LADD] = "JJ>J";
        EFFECTS[FADD] = "FF>F";
        EFFECTS[DADD] = "DD>D";
        EFFECTS[ISUB] = "II>I";
        EFFECTS[LSUB] = "JJ>J";
        EFFECTS[FSUB] = "FF>F";
        EFFECTS[DSUB] = "DD>D";
        EFFECTS[IMUL] = "II>I";
        EFFECTS[LMUL] = "JJ>J";
        EFFECTS[FMUL] = "FF>F";
        EFFECTS[DMUL] = "DD>D";
        EFFECTS[IDIV] = "II>I";
        EFFECTS[LDIV] = "JJ>J";
        EFFECTS[FDIV] = "FF>F";
        EFFECTS[DDIV] = "DD>D";
        EFFECTS[IREM] = "II>I";
        EFFECTS[LREM] = "JJ>J";
        EFFECTS[INEG] = "I>I";
        EFFECTS[LNEG] = "J>J";
        EFFECTS[FNEG] = "F>F";
        EFFECTS[DNEG] = "D>D";
        EFFECTS[ISHL] = "II>I";
        EFFECTS[LSHL] = "JI>J";
        EFFECTS[ISHR] = "II>I";
        EFFECTS[LSHR] = "JI>J";
        EFFECTS[IUSHR] = "II>I";
        EFFECTS[LUSHR] = "JI>J";
        EFFECTS[IAND] = "II>I";
        EFFECTS[LAND] = "JJ>J";
        EFFECTS[IOR] = "II>I";
        EFFECTS[LOR] = "JJ>J";
        EFFECTS[IXOR] = "II>I";
        EFFECTS[LXOR] = "JJ>J";
        EFFECTS[I2L] = "I>J";
        EFFECTS[I2F] = "I>F";
        EFFECTS[I2D] = "I>D";
        EFFECTS[L2I] = "J>I";
        EFFECTS[L2F] = "J>F";
        EFFECTS[L2D] = "J>D";
        EFFECTS[F2I] = "F>I";
        EFFECTS[F2L] = "F>J";
        EFFECTS[F2D] = "F>D";
        EFFECTS[D2I] = "D>I";
        EFFECTS[D2L] = "D>J";
        EFFECTS[D2F] = "D>F";
        EFFECTS[I2B] = "I>I";
        EFFECTS[I2S] = "I>I";
        EFFECTS[LCMP] = "JJ>I";
        EFFECTS[FCMPL] = "FF>I";
        EFFECTS[FCMPG] = "FF>I";
        EFFECTS[DCMPL] = "DD>I";
        EFFECTS[DCMPG] = "DD>I";
        EFFECTS[IFEQ] = "I>";
        EFFECTS[IFNE] = "I>";
        EFFECTS[IFLT] = "I>";
        EFFECTS[IFGE] = "I>";
        EFFECTS[IFGT] = "I>";
        EFFECTS[IFLE] = "I>";
        EFFECTS[IF_ICMPEQ] = "II>";
        EFFECTS[IF_ICMPNE] = "II>";
        EFFECTS[IF_ICMPLT] = "II>";
        EFFECTS[IF_ICMPGE] = "II>";
        EFFECTS[IF_ICMPGT] = "II>";
        EFFECTS[IF_ICMPLE] = "II>";
        EFFECTS[IF_ACMPEQ] = "AA>";
        EFFECTS[IF_ACMPNE] = "AA>";
        EFFECTS[GOTO] = ">";
        EFFECTS[IRETURN] = "I>";
        EFFECTS[LRETURN] = "J>";
        EFFECTS[FRETURN] = "F>";
        EFFECTS[DRETURN] = "D>";
        EFFECTS[ARETURN] = "A>";
        EFFECTS[RETURN] = ">";
        EFFECTS[ARRAYLENGTH] = "A>I";
        EFFECTS[ATHROW] = "A>";
        EFFECTS[IFNULL] = "A>";
        EFFECTS[IFNONNULL] = "A>";
    }

    private Bytecode() {
    }

    static String effect(int opcode) {
        return EFFECTS[opcode];
    }

    /** Whether control never goes on to the next instruction. */
    static boolean endsFlow(int opcode) {
        return opcode == GOTO || opcode == ATHROW || opcode >= IRETURN && opcode <= RETURN;
    }

    /** The conditional jump that jumps just when this one does not. */
    public static int negate(int jump) {
        return jump >= IFNULL ? (jump ^ 1) : ((jump + 1) ^ 1) - 1;
    }
}
