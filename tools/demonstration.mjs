/** The demonstration: loading it in the background, and saying who can sign in to it. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HUB } from './database.mjs';
import { endProcess } from './supervised.mjs';

const SAY_AT_MOST_EVERY_MS = 15_000;
const LOOK_EVERY_MS = 300;

/** Loads the demonstration and says from time to time how far it is. Answers `{ stop(limitMs) }`. */
export function loadDemonstration({ root, env, say }) {
  say('Loading the demonstration: the pages fill while you look');
  const child = spawn(process.execPath, ['--enable-source-maps', HUB, 'demo', 'load'], { cwd: root, env, detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'] });
  let latest = '';
  let saidAt = Date.now();
  const hear = (text) => {
    latest = text.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== '').at(-1) ?? latest;
    if (Date.now() - saidAt < SAY_AT_MOST_EVERY_MS) return;
    saidAt = Date.now();
    say(`Demonstration: ${latest}`);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  let stopping = false;
  child.once('error', (error) => say(`The demonstration cannot be loaded: ${error.message}`));
  child.once('close', (code) => {
    if (stopping) return;
    say(code === 0 ? 'The demonstration is loaded' : `The demonstration could not be loaded (exit ${code}): ${latest}`);
  });
  return {
    stop: async (limitMs) => {
      stopping = true;
      await endProcess(child, limitMs);
    },
  };
}

/** Prints who can sign in, as soon as the demonstration has made them. Answers `{ stop() }`. */
export function announceSignIns(dataDir) {
  const file = join(dataDir, 'demo-users.json');
  const look = () => {
    const people = read(file);
    if (people === null) return;
    clearInterval(looking);
    process.stdout.write(signInTable(people, file));
  };
  const looking = setInterval(look, LOOK_EVERY_MS);
  look();
  return { stop: () => clearInterval(looking) };
}

/** A table of the people of the demonstration, as printed. */
export function signInTable(people, file) {
  const words = (code) => (code === null || code === undefined ? 'the hub' : code.replaceAll('_', ' '));
  const rows = [['Role', 'For', 'Email', 'Password'], ...people.map(({ role, authority, email, password }) => [words(role), words(authority), email, password])];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}`);
  return `\n  Who can sign in to the demonstration (made-up people; kept in ${file}):\n\n${lines.join('\n')}\n\n`;
}

/** Null while the file is missing or half-written. */
function read(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
