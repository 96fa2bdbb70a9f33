// Lua in C runs a program: tables, closures, strings and patterns.
import { LuaFactory } from "wasmoon";

const program = `
  local function sieve(n)
    local composite, count = {}, 0
    for i = 2, n do
      if not composite[i] then
        count = count + 1
        for j = i * i, n, i do composite[j] = true end
      end
    end
    return count
  end
  local Point = {}
  Point.__index = Point
  Point.__add = function(a, b) return setmetatable({ x = a.x + b.x, y = a.y + b.y }, Point) end
  local sum = setmetatable({ x = 0, y = 0 }, Point)
  for i = 1, 50000 do sum = sum + setmetatable({ x = i, y = i % 7 }, Point) end
  local parts = {}
  for i = 1, 5000 do parts[#parts + 1] = string.format("%d=%x", i, i * 7919) end
  local text, found = table.concat(parts, ";"), 0
  for key, value in text:gmatch("(%d+)=(%x+)") do found = found + #value * (tonumber(key) % 5) end
  local counter = (function() local n = 0; return function(step) n = n + step; return n end end)()
  for i = 1, 200000 do counter(i & 3) end
  table.sort(parts)
  return table.concat({ sieve(100000), sum.x, sum.y, found, counter(0), parts[2500] }, " ")`;

export default async function load() {
  const lua = await new LuaFactory().createEngine();
  return () => lua.doStringSync(program);
}
