// jawa run %
import { double } from './stdin.wat';
console.log(double(21));
