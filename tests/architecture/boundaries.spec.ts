import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** A tiny project under the rules of this one. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'boundaries-'));
  for (const file of ['.dependency-cruiser.cjs', 'eslint.config.mjs', 'tsconfig.json', 'package.json']) copyFileSync(join(ROOT, file), join(project, file));
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const folder of ['apps', 'libs']) rmSync(join(project, folder), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
}

/** What a tool prints, whether it approves or not. */
function outputOf(script: string, args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, [join(ROOT, 'node_modules', script), ...args], { cwd: project, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

interface Cruise {
  readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[] };
}

/** Each broken rule with the file that breaks it. */
function brokenBoundaries(): string[] {
  const output = outputOf('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs']);
  const { summary } = JSON.parse(output) as Cruise;
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
}

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null }[];
}

function brokenLintRules(): string[] {
  const output = outputOf('eslint/bin/eslint.js', ['.', '--format', 'json']);
  return (JSON.parse(output) as LintedFile[]).flatMap(({ filePath, messages }) => messages.map(({ ruleId }) => `${String(ruleId)}: ${filePath.slice(filePath.lastIndexOf('/') + 1)}`)).sort();
}

const innocent = {
  'libs/kernel/src/index.ts': `export const one = 1;\n`,
  'libs/journeys/src/index.ts': `export { stages } from './rules/stages';\n`,
  'libs/journeys/src/rules/stages.ts': `import { one } from '@app/kernel';\n\nexport const stages = [one];\n`,
  'apps/web/src/main.ts': `import { stages } from '@app/journeys';\n\nexport const shown = stages.length;\n`,
  'apps/worker/src/main.ts': `export const worker = true;\n`,
};

describe('the boundaries', () => {
  it('let a project pass whose imports point downwards', () => {
    write(innocent);
    expect(brokenBoundaries()).toEqual([]);
  });

  it('report each import that points the wrong way', () => {
    write({
      ...innocent,
      'libs/kernel/src/upwards.ts': `import { stages } from '@app/journeys';\n\nexport const up = stages;\n`,
      'libs/journeys/src/deep.ts': `import { one } from '../../kernel/src/number';\n\nexport const deep = one;\n`,
      'libs/kernel/src/number.ts': `export const one = 1;\n`,
      'libs/journeys/src/use-cases/move.ts': `export const move = 1;\n`,
      'libs/journeys/src/rules/busy.ts': `import { move } from '../use-cases/move';\n\nexport const busy = move;\n`,
      'libs/journeys/src/rules/heavy.ts': `import { Injectable } from '@nestjs/common';\n\nexport const heavy = Injectable;\n`,
      'libs/journeys/src/round.ts': `import { trip } from './trip';\n\nexport const round = trip;\n`,
      'libs/journeys/src/trip.ts': `import { round } from './round';\n\nexport const trip: number = round;\n`,
      'libs/journeys/src/back.ts': `import { stages } from '.';\n\nexport const back = stages;\n`,
      'libs/journeys/src/page.ts': `import { worker } from '../../../apps/worker/src/main';\n\nexport const page = worker;\n`,
      'libs/newcomer/src/index.ts': `import { one } from '@app/kernel';\n\nexport const two = one;\n`,
      'apps/web/src/neighbour.ts': `import { worker } from '../../worker/src/main';\n\nexport const neighbour = worker;\n`,
      'apps/web/src/tested.ts': `import { parse } from 'yaml';\n\nexport const tested = parse;\n`,
    });
    expect(brokenBoundaries()).toEqual([
      'a-lib-has-a-floor: libs/newcomer/src/index.ts',
      'apps-do-not-know-each-other: apps/web/src/neighbour.ts',
      'inside-a-lib-not-through-its-door: libs/journeys/src/back.ts',
      'kernel-knows-only-what-is-below: libs/kernel/src/upwards.ts',
      'libs-do-not-know-apps: libs/journeys/src/page.ts',
      'no-cycles: libs/journeys/src/round.ts',
      'one-door-into-a-lib: libs/journeys/src/deep.ts',
      'rules-know-no-framework: libs/journeys/src/rules/heavy.ts',
      'rules-know-only-rules-of-their-lib: libs/journeys/src/rules/busy.ts',
      'shipped-code-uses-shipped-packages: apps/web/src/tested.ts',
    ]);
  });
});

describe('the lint rules', () => {
  it('let innocent code pass and report what the house forbids', () => {
    write({
      ...innocent,
      'libs/journeys/src/clock.ts': `export const now = new Date();\n`,
      'libs/journeys/src/clock-too.ts': `export const now = Date.now();\n`,
      'libs/journeys/src/dated.ts': `export const then = new Date('2026-04-01T00:00:00Z');\n`,
      'libs/journeys/src/forgotten.ts': `export function start(work: () => Promise<void>): void {\n  work();\n}\n`,
      'libs/journeys/src/loose.ts': `export function first(list: any): unknown {\n  return list;\n}\n`,
      'libs/journeys/src/sure.ts': `export function first(list: readonly number[]): number {\n  return list[0]!;\n}\n`,
      'apps/web/src/deep.ts': `import { one } from '../../../libs/kernel/src/index';\n\nexport const deep = one;\n`,
      'libs/journeys/src/kinds.ts': `import { stages } from './rules/stages';\n\nexport type Kinds = typeof stages;\n`,
    });
    expect(brokenLintRules()).toEqual([
      '@typescript-eslint/consistent-type-imports: kinds.ts',
      '@typescript-eslint/no-explicit-any: loose.ts',
      '@typescript-eslint/no-floating-promises: forgotten.ts',
      '@typescript-eslint/no-non-null-assertion: sure.ts',
      'no-restricted-imports: deep.ts',
      'no-restricted-syntax: clock-too.ts',
      'no-restricted-syntax: clock.ts',
    ]);
  });
});
