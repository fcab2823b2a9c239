import { runHub } from './hub';

void runHub(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
