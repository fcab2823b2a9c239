import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../..');

/** One COPY of the Dockerfile: from the project (`stage` is null) or from another stage. */
export interface Copied {
  readonly stage: string | null;
  readonly sources: readonly string[];
  readonly target: string;
}

/** A stage of the Dockerfile. */
export interface Stage {
  readonly base: string;
  readonly name: string | null;
  readonly copies: readonly Copied[];
  readonly runs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string | null;
  readonly workdir: string;
  readonly command: readonly string[];
  /** What the health check runs. */
  readonly healthCheck: readonly string[];
}

/** The stages of docker/Dockerfile, in their order; the image is the last. */
export function readDockerfile(): Stage[] {
  const text = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8').replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const stages: Stage[] = [];
  let stage: { -readonly [Key in keyof Stage]: Stage[Key] } | undefined;
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [base = '', , name = null] = rest.split(/\s+/);
      stages.push((stage = { base, name, copies: [], runs: [], environment: {}, user: null, workdir: '/', command: [], healthCheck: [] }));
    }
    if (stage === undefined) throw new Error(`Before the first FROM: ${line}`);
    if (word === 'COPY') stage.copies = [...stage.copies, copied(rest)];
    if (word === 'RUN') stage.runs = [...stage.runs, rest];
    if (word === 'ENV') stage.environment = { ...stage.environment, ...Object.fromEntries(rest.split(/\s+/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)) };
    if (word === 'USER') stage.user = rest;
    if (word === 'WORKDIR') stage.workdir = rest;
    if (word === 'CMD') stage.command = JSON.parse(rest) as string[];
    if (word === 'HEALTHCHECK') stage.healthCheck = JSON.parse(rest.slice(rest.indexOf('CMD') + 3)) as string[];
  }
  return stages;
}

function copied(rest: string): Copied {
  const words = rest.split(/\s+/);
  const stage = words.find((word) => word.startsWith('--from='))?.slice('--from='.length) ?? null;
  const paths = words.filter((word) => !word.startsWith('--'));
  return { stage, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
}

/** A service of the compose file, as Docker would read it. */
export interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] };
  readonly profiles?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const VARIABLE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

/** docker/compose.yaml with its variables filled in, as Docker does it. Throws for one that has to be set and is not. */
export function readCompose(variables: Readonly<Record<string, string>>): Compose {
  const fill = (text: string): string =>
    text.replace(VARIABLE, (_all, name: string, kind: string | undefined, rest: string | undefined) => {
      const value = variables[name] ?? '';
      if (value === '' && kind === '?') throw new Error(`${name} has to be set: ${rest ?? ''}`);
      return value === '' ? (rest ?? '') : value;
    });
  return filled(parse(composeText(), { merge: true }), fill) as Compose;
}

function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((each) => filled(each, fill));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, fill)])) : value;
}

/** The variables that the compose file reads. */
export const composeVariables = (): string[] => [...new Set([...composeText().matchAll(VARIABLE)].map(([, name = '']) => name))].sort();

/** The names and values of docker/.env.example. */
export function exampleVariables(): Record<string, string> {
  const lines = readFileSync(join(ROOT, 'docker/.env.example'), 'utf8').split('\n').filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

const composeText = (): string => readFileSync(join(ROOT, 'docker/compose.yaml'), 'utf8').replace(/^\s*#.*\n/gm, '');
