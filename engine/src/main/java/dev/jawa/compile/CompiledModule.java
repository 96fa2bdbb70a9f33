package dev.jawa.compile;

import dev.jawa.CompileOptions;
import dev.jawa.CompilePlan;
import dev.jawa.ExportDescriptor;
import dev.jawa.Extern;
import dev.jawa.ImportDescriptor;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.RuntimeError;
import dev.jawa.binary.BranchHints;
import dev.jawa.binary.NameSection;
import dev.jawa.binary.dwarf.LineTable;
import dev.jawa.compile.type.FunctionTypeClasses;
import dev.jawa.compile.type.ReferenceClasses;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExactType;
import dev.jawa.model.Export;
import dev.jawa.model.ExternType;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ExternalType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.HeapType;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.TypeRewriter;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.GlobalReader;
import dev.jawa.runtime.InstanceState;
import dev.jawa.runtime.Instantiation;
import dev.jawa.runtime.ModuleCode;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.limits.Checks;
import dev.jawa.runtime.limits.Interruption;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A validated module with the classes that its functions become, as they are needed. */
public final class CompiledModule implements ModuleCode {
    private final ModuleModel model;
    private final DefinedType[] types;
    private final NameSection names;
    private final LineTable lines;
    private final BranchHints hints;
    private final KnownImports known;
    private final Checks checks;
    private final Interruption interruption = new Interruption();
    // The same module with other checks, made when they are first needed; shared by all of them.
    private final Map<Checks, CompiledModule> versions;
    private final ModuleClasses classes;

    /** @throws dev.jawa.CompileError if an import is not what the options say that it is */
    public CompiledModule(ModuleModel model, CompileOptions options) {
        this.model = model;
        types = definedTypes(model);
        names = NameSection.of(model);
        lines = LineTable.of(model);
        known = new KnownImports(model, this::definedType, options);
        checks = Checks.NONE;
        hints = BranchHints.of(model);
        versions = new ConcurrentHashMap<>(Map.of(checks, this));
        classes = new ModuleClasses(this);
    }

    private CompiledModule(CompiledModule other, Checks checks) {
        hints = other.hints;
        model = other.model;
        types = other.types;
        names = other.names;
        lines = other.lines;
        known = other.known;
        versions = other.versions;
        this.checks = checks;
        classes = new ModuleClasses(this);
    }

    private CompiledModule version(Checks wanted) {
        CompiledModule version = versions.get(wanted);
        return version != null ? version
                : versions.computeIfAbsent(wanted, _ -> new CompiledModule(this, wanted));
    }

    private static DefinedType[] definedTypes(ModuleModel model) {
        DefinedType[] types = new DefinedType[model.spaces().types().size()];
        int index = 0;
        for (RecursiveType group : model.types()) {
            DefinedType[] defined = DefinedType.of(group, index, earlier -> types[earlier]);
            System.arraycopy(defined, 0, types, index, defined.length);
            index += defined.length;
        }
        return types;
    }

    @Override
    public ModuleModel model() {
        return model;
    }

    /** The name section. */
    public NameSection names() {
        return names;
    }

    @Override
    public DefinedType definedType(int typeIndex) {
        return types[typeIndex];
    }

    /** The internal name of the class of a function's type. */
    public String functionClass(int functionIndex) {
        return functionTypeClass(model.spaces().functionTypeIndex(functionIndex));
    }

    /** What the module says about its branches. */
    public BranchHints hints() {
        return hints;
    }

    /** The internal name of the class of a function type. */
    public String functionTypeClass(int typeIndex) {
        return FunctionTypeClasses.name(types[typeIndex]);
    }

    /** The internal name of the class that variables for references of a type have. */
    public String referenceClass(HeapType type) {
        return ReferenceClasses.of(closed(type));
    }

    private HeapType closed(HeapType type) {
        return switch (type) {
            case TypeIndex(int index) -> types[index];
            case ExactType(HeapType exact) -> new ExactType(closed(exact));
            default -> type;
        };
    }

    @Override
    public TableType closed(TableType type) {
        return new TableType(type.addressType(), type.limits(),
                new ReferenceType(type.element().nullable(), closed(type.element().heapType())));
    }

    @Override
    public GlobalType closed(GlobalType type) {
        return new GlobalType(TypeRewriter.rewrite(type.type(), this::closed), type.mutable());
    }

    private ExternType closed(ExternalType type) {
        return switch (type) {
            case ExternalFunctionType(int index, _) -> (FunctionType) types[index].type();
            case TagType(int index) -> (FunctionType) types[index].type();
            case TableType table -> closed(table);
            case MemoryType memory -> memory;
            case GlobalType global -> closed(global);
        };
    }

    /** What it has to be given, in order. */
    public List<Import> wantedImports() {
        List<Import> all = model.imports();
        return IntStream.range(0, all.size()).filter(i -> !known.contains(i)).mapToObj(all::get).toList();
    }

    /** What it has to be given, in order. */
    public List<ImportDescriptor> imports() {
        return wantedImports().stream().map(wanted -> new ImportDescriptor(wanted.module(), wanted.name(),
                wanted.type().kind(), closed(wanted.type()))).toList();
    }

    /** What it exports, in order. */
    public List<ExportDescriptor> exports() {
        return model.exports().stream().map(export -> new ExportDescriptor(export.name(), export.kind(),
                closed(model.spaces().type(export.kind(), export.index())))).toList();
    }

    @Override
    public Checks checks() {
        return checks;
    }

    @Override
    public Interruption interruption() {
        return interruption;
    }

    @Override
    public Optional<MethodHandle> builtin(int functionIndex) {
        return known.function(functionIndex);
    }

    /** A new instance, whose start function has not run yet. */
    public ModuleInstance instantiate(Instance owner, List<Extern> imports, Limits limits) {
        return Instantiation.instantiate(version(limits.checks()), owner, known.complete(imports), limits);
    }

    /** A new instance with the state of another one. */
    public ModuleInstance instantiate(Instance owner, List<Extern> imports, Limits limits, InstanceState state) {
        return Instantiation.instantiate(version(limits.checks()), owner, known.complete(imports), limits, state);
    }

    @Override
    public GlobalReader globalReader() {
        return classes.globalReader();
    }

    @Override
    public ModuleInstance newInstance() {
        return classes.newInstance();
    }

    @Override
    public FunctionInstance newFunction(ModuleInstance instance, int index) {
        return classes.newFunction(instance, index);
    }

    @Override
    public boolean isPrivateGlobal(int index) {
        return classes.instanceClass().isPrivateGlobal(index);
    }

    @Override
    public Optional<RuntimeError.Source> source(int offset) {
        return lines.source(offset);
    }

    @Override
    public Optional<String> name() {
        return names.module();
    }

    @Override
    public Optional<String> functionName(int index) {
        return names.function(index).or(() -> model.exports().stream()
                .filter(export -> export.kind() == ExternalKind.FUNCTION && export.index() == index)
                .map(Export::name).findFirst());
    }

    /** What becomes of each function. */
    public CompilePlan plan() {
        // Classes of their own, since those of the module want what is generated for a function once.
        return new CompilePlan(new ModuleClasses(this).plan());
    }
}
