// Ruff, a linter and formatter for Python in Rust, checks and formats a file.
import { createRequire } from "node:module";

const { Workspace, PositionEncoding } = createRequire(import.meta.url)("@astral-sh/ruff-wasm-nodejs");

const source = Array.from({ length: 120 }, (_, i) => `
import os, sys
class Thing${i}( object ):
    """A thing."""
    def method_${i}(self, first,second = {'a':${i}}, *rest, **named):
        result=[ x**2 for x in range(${i}) if x%2==0 and not x in rest ]
        if first == None: return lambda value: value+${i}
        try:
            with open( 'file${i}' ) as file, open("other") as other:
                return f"{result!r} {first:>{second}} { 'text' }" + "a long text that has to be wrapped somewhere" + str(first)
        except (ValueError,TypeError) as error:
            print( error,file = sys.stderr )
            raise
        while True :
            match first:
                case [1, *others] if others: break
                case {"key": value}: yield value
                case _: pass
`).join("\n");

export default function load() {
  const workspace = new Workspace(Workspace.defaultSettings(), PositionEncoding.Utf16);
  return () => {
    const diagnostics = workspace.check(source);
    const formatted = workspace.format(source);
    return `${diagnostics.length} ${formatted.length} ${formatted.charCodeAt(formatted.length >> 1)}`;
  };
}
