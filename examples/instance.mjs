// An ES module: WebAssembly.instantiateStreaming, as on MDN's page about WebAssembly.Instance.
const importObject = {
  imports: {
    imported_func(arg) {
      console.log(arg);
    },
  },
};

const { instance } = await WebAssembly.instantiateStreaming(fetch("simple.wasm"), importObject);
instance.exports.exported_func();
