// The synchronous way: the constructors WebAssembly.Module and WebAssembly.Instance on bytes that are there.
const importObject = {
  imports: {
    imported_func(arg) {
      console.log(arg);
    },
  },
};

fetch("simple.wasm")
  .then((response) => response.arrayBuffer())
  .then((bytes) => {
    const module = new WebAssembly.Module(bytes);
    const instance = new WebAssembly.Instance(module, importObject);
    instance.exports.exported_func();
  });
