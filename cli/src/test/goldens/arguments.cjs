// jawa run % -- -x @file --help run
// jawa run --deny=net % -- -x @file --help run
// jawa run %.missing
// jawa run --deny=net %.missing
// jawa run @file
// jawa run
console.log(process.argv.slice(2));
