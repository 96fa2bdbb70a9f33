// The worker for Node's V8: see Worker.java and CommandRun.java.
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [kind, file, ...rest] = process.argv.slice(2);
const seconds = +rest.pop();
const wasm = fs.readFileSync(file);
const nanoseconds = () => Number(process.hrtime.bigint());
const usage = process.threadCpuUsage?.bind(process) ?? process.cpuUsage.bind(process);
const cpuTime = () => {
  const { user, system } = usage();
  return (user + system) * 1000;
};

function kernel(name, argument) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {});
  const call = exports[name];
  return () => {
    const before = cpuTime();
    const result = call(+argument) | 0;
    return { time: cpuTime() - before, answer: String(result) };
  };
}

function command(WASI) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true }));
  const output = path.join(folder, "out");
  const error = path.join(folder, "err");
  const module = new WebAssembly.Module(wasm);
  return () => {
    let started, total, marked = false;
    const bench = {
      start() { marked = true; total ??= 0; started = cpuTime(); },
      end() { total += cpuTime() - started; },
    };
    const stdout = fs.openSync(output, "w"), stderr = fs.openSync(error, "w");
    const wasi = new WASI({
      version: "preview1", args: [path.basename(file)], preopens: { ".": path.dirname(file) }, stdout, stderr,
    });
    const before = cpuTime();
    const code = wasi.start(new WebAssembly.Instance(module, { ...wasi.getImportObject(), bench }));
    const after = cpuTime();
    fs.closeSync(stdout);
    fs.closeSync(stderr);
    if (code !== 0) {
      const last = fs.readFileSync(error, "utf8").trim().split("\n").at(-1);
      throw new Error(`exit code ${code}${last && ": " + last}`);
    }
    const bytes = fs.readFileSync(output);
    const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
    return { time: marked ? total : after - before, answer: `${bytes.length} bytes, SHA-256 ${digest}` };
  };
}

try {
  const wasi = kind === "command" ? (await import("node:wasi")).WASI : undefined;
  const start = nanoseconds();
  const run = kind === "command" ? command(wasi) : kernel(...rest);
  const loaded = nanoseconds();
  const answers = new Set([run().answer]);
  const first = nanoseconds();

  const times = [];
  for (const end = first + seconds * 1e9; nanoseconds() < end || times.length < 2; ) {
    const { time, answer } = run();
    times.push(time);
    answers.add(answer);
  }
  const peak = process.resourceUsage().maxRSS;
  console.log(JSON.stringify({ load: loaded - start, first: first - loaded, answers: [...answers], peak, times }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error.message) }));
}
