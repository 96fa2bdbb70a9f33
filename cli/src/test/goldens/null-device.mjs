// jawa run %
import fs from 'node:fs';
fs.writeFileSync('/dev/null', 'nothing');
try {
  fs.writeFileSync('/dev/full', 'nothing');
} catch ({ code }) {
  console.log(code);
}
