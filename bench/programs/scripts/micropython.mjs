// MicroPython runs a program: lists, dictionaries, classes, generators and big numbers.
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript";

const program = `
def queens(n):
    def place(row, columns, up, down):
        if row == n:
            return 1
        count = 0
        for column in range(n):
            if not (columns >> column & 1 or up >> (row + column) & 1 or down >> (row - column + n) & 1):
                count += place(row + 1, columns | 1 << column, up | 1 << (row + column), down | 1 << (row - column + n))
        return count
    return place(0, 0, 0, 0)

class Matrix:
    def __init__(self, rows):
        self.rows = rows
    def __mul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, column)) % 9973 for column in columns] for row in self.rows])

matrix = Matrix([[(i * j + 1) % 97 for j in range(16)] for i in range(16)])
for _ in range(4):
    matrix = matrix * matrix
words = {}
for i in range(4000):
    word = "w%d" % (i * i % 211)
    words[word] = words.get(word, 0) + len(word)
factorial = 1
for i in range(1, 150):
    factorial *= i
print(queens(6), matrix.rows[3][5], sum(words.values()), sorted(words)[7], factorial % 1000003)
`;

export default async function load() {
  let output = "";
  const python = await loadMicroPython({ stdout: (line) => { output += line; }, heapsize: 8 << 20 });
  return () => {
    output = "";
    python.runPython(program);
    return output;
  };
}
