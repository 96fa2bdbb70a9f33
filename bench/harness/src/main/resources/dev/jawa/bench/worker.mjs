// The worker for Node's V8: see Worker.java and CommandRun.java. For programs in JavaScript it is Jawa's, too.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [kind, file, ...rest] = process.argv.slice(2);
const seconds = +rest.pop();
const nanoseconds = () => Number(process.hrtime.bigint());
const usage = process.threadCpuUsage?.bind(process) ?? process.cpuUsage.bind(process);

const cell = new Int32Array(new SharedArrayBuffer(4));

// In Jawa, Java tells what the thread has had of the processor, and how much memory there was. Linux adds up what a thread
// has had when it waits, or else some hundred times in a second: so it waits.
const cpuTime = globalThis.threadCpuNanoseconds ?? (() => {
  Atomics.wait(cell, 0, 0, 0.001);
  const { user, system } = usage();
  return (user + system) * 1000;
});
const peak = globalThis.peakKilobytes ?? (() => process.resourceUsage().maxRSS);

function kernel(name, argument) {
  const module = new WebAssembly.Module(fs.readFileSync(file));
  const call = new WebAssembly.Instance(module, {}).exports[name];
  const run = () => {
    const before = cpuTime();
    const result = call(+argument) | 0;
    return { time: cpuTime() - before, answer: String(result) };
  };
  const instantiate = () => {
    const times = [];
    for (const end = nanoseconds() + seconds * 1e8; nanoseconds() < end; ) {
      const before = nanoseconds();
      for (let i = 0; i < 20; i++) new WebAssembly.Instance(module, {});
      times.push((nanoseconds() - before) / 20);
    }
    return times;
  };
  return { run, instantiate };
}

function command(WASI, createHash) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true }));
  const output = path.join(folder, "out");
  const error = path.join(folder, "err");
  const module = new WebAssembly.Module(fs.readFileSync(file));
  const instantiations = [];
  const run = () => {
    let started, total, marked = false;
    const bench = {
      start() { marked = true; total ??= 0; started = cpuTime(); },
      end() { total += cpuTime() - started; },
    };
    const stdout = fs.openSync(output, "w"), stderr = fs.openSync(error, "w");
    const start = nanoseconds();
    const wasi = new WASI({
      version: "preview1", args: [path.basename(file)], preopens: { ".": path.dirname(file) }, stdout, stderr,
    });
    const instance = new WebAssembly.Instance(module, { ...wasi.getImportObject(), bench });
    instantiations.push(nanoseconds() - start);
    const before = cpuTime();
    const code = wasi.start(instance);
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
  return { run, instantiate: () => instantiations };
}

async function script() {
  const { default: load } = await import(pathToFileURL(file).href);
  const work = await load();
  const run = async () => {
    const before = cpuTime();
    const answer = await work();
    return { time: cpuTime() - before, answer: String(answer) };
  };
  return { run, instantiate: () => [] };
}

async function load() {
  switch (kind) {
    case "kernel": return kernel(...rest);
    case "command": return command((await import("node:wasi")).WASI, (await import("node:crypto")).createHash);
    default: return script();
  }
}

try {
  const start = nanoseconds();
  const { run, instantiate } = await load();
  const loaded = nanoseconds();
  const answers = new Set([(await run()).answer]);
  console.log("first");

  const times = [];
  for (const end = cpuTime() + seconds * 1e9; cpuTime() < end || times.length < 2; ) {
    const { time, answer } = await run();
    times.push(time);
    answers.add(answer);
  }
  const figures = { load: loaded - start, answers: [...answers], peak: peak(), times };
  console.log(JSON.stringify({ ...figures, instantiations: instantiate() }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error?.message ?? error) }));
}
// What a pipe does not take at once, 64 KB as a rule, is written later, unless the process has ended.
process.stdout.write("", () => process.exit());
