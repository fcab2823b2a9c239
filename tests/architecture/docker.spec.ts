import { parseSettings, SETTING_NAMES } from '@app/settings';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { composeVariables, exampleVariables, readCompose, readDockerfile, type Service } from '../support/container';

const ROOT = resolve(__dirname, '../..');
const FILLED = { ...exampleVariables(), DATABASE_OWNER_PASSWORD: 'owner0secret', DATABASE_PASSWORD: 'login0secret', SESSION_SECRET: 's'.repeat(40) };
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the image', () => {
  const stages = readDockerfile();
  const image = stages.at(-1)!;
  const build = stages[0]!;

  it('is made of files that are there', () => {
    const sources = stages.flatMap(({ copies }) => copies).filter(({ stage }) => stage === null).flatMap(({ sources }) => sources);
    expect(sources).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'apps', 'libs', 'tools', '.swcrc', 'samples']));
    for (const source of sources) expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
  });

  it('gets every one of them past .dockerignore, and nothing that a developer may have lying about', () => {
    const allowed = read('docker/Dockerfile.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const sources = stages.flatMap(({ copies }) => copies).filter(({ stage }) => stage === null).flatMap(({ sources }) => sources);
    expect([...new Set(sources)].sort()).toEqual(allowed.sort());
    expect(read('docker/Dockerfile.dockerignore').split('\n')).toContain('*');
  });

  it('takes from the building what the building leaves', () => {
    for (const { stage, sources } of image.copies.filter(({ stage }) => stage !== null)) {
      expect(stage).toBe(build.name);
      for (const source of sources) {
        const path = source.replace(`${build.workdir}/`, '');
        if (!['dist', 'node_modules'].includes(path)) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
      }
    }
  });

  it('leaves out what only building and the embedded database need, and no more', () => {
    const left = /npm pkg delete ([^&]+)/.exec(build.runs.join('\n'))?.[1]?.trim().split(/\s+/).map((path) => path.replace('dependencies.', '')) ?? [];
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    expect(left.filter((name) => dependencies[name] === undefined)).toEqual([]);
    const sources = ['apps', 'libs'].flatMap((top) => readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' }).map((path) => `${top}/${path}`)).filter((path) => path.endsWith('.ts'));
    const importing = new RegExp(`(from|require\\()\\s*'(${left.join('|')})['/]`);
    expect(sources.filter((path) => importing.test(read(path)))).toEqual([]);
  });

  it('runs without root, on a Node.js that is still looked after, and answers for its health', () => {
    expect(image.user).toBe('node');
    expect(Number(/^node:(\d+)-/.exec(image.base)?.[1])).toBeGreaterThanOrEqual(24);
    expect(image.base).toBe(build.base);
    expect(image.healthCheck.join(' ')).toContain('/health/ready');
    expect(image.command).toEqual(['node', '--enable-source-maps', 'dist/apps/web/src/main.js']);
  });

  it('sets settings that exist', () => {
    expect(Object.keys(image.environment).filter((name) => !['NODE_ENV', 'NODE_OPTIONS'].includes(name) && !SETTING_NAMES.includes(name))).toEqual([]);
  });

  it('limits the memory of a process as npm start does', () => {
    expect(read('tools/supervised.mjs')).toContain(`'${image.environment['NODE_OPTIONS'] ?? 'no limit'}'`);
  });
});

describe('the compose file', () => {
  const { services, volumes } = readCompose(FILLED);
  const all = Object.entries(services);
  const ours = all.filter(([, { image }]) => image === 'recruitment-hub');
  const image = readDockerfile().at(-1)!;

  it('starts two web and two worker processes, PostgreSQL, Redis, a proxy and a mail catcher, and migrates before', () => {
    expect(all.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name).sort()).toEqual(['mail', 'migrate', 'postgres', 'proxy', 'redis', 'web-1', 'web-2', 'worker-1', 'worker-2']);
    for (const name of ['web-1', 'web-2', 'worker-1', 'worker-2']) expect(services[name]!.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' }, redis: { condition: 'service_healthy' } });
    expect(services['migrate']!.depends_on).toMatchObject({ postgres: { condition: 'service_healthy' } });
    expect(services['web-1']).toEqual(services['web-2']);
    expect(services['worker-1']).toEqual(services['worker-2']);
  });

  it('sets only settings that exist, and all that the system asks for', () => {
    for (const [name, { environment = {} }] of ours) {
      expect([name, Object.keys(environment).filter((setting) => !SETTING_NAMES.includes(setting))]).toEqual([name, []]);
      const settings = parseSettings({ ...image.environment, ...environment });
      expect([name, settings.ok ? [] : settings.refusal]).toEqual([name, []]);
      expect(settings).toMatchObject({ value: { embedded: false, host: '0.0.0.0', trustProxy: 1, redisUrl: 'redis://redis:6379' } });
    }
  });

  it('gives the owner’s password to the migration alone', () => {
    const holders = ours.filter(([, { environment }]) => JSON.stringify(environment).includes('owner0secret')).map(([name]) => name);
    expect(holders).toEqual(['migrate']);
  });

  it('refuses to start without its secrets', () => {
    for (const name of ['DATABASE_OWNER_PASSWORD', 'DATABASE_PASSWORD', 'SESSION_SECRET']) expect(() => readCompose({ ...FILLED, [name]: '' })).toThrow(name);
  });

  it('reads the variables that the example lists, and no others', () => {
    expect(Object.keys(exampleVariables()).sort()).toEqual(composeVariables());
  });

  it('says the same without the example’s values as with them', () => {
    const { DATABASE_OWNER_PASSWORD, DATABASE_PASSWORD, SESSION_SECRET } = FILLED;
    expect(readCompose({ DATABASE_OWNER_PASSWORD, DATABASE_PASSWORD, SESSION_SECRET }).services).toEqual(services);
  });

  it('starts programs that are there', () => {
    const programs = [image.command, ...ours.flatMap(([, { command, entrypoint }]: [string, Service]) => [entrypoint ?? command ?? []])].filter((words) => words.length > 0);
    for (const words of programs) {
      expect(words.slice(0, 2)).toEqual(['node', '--enable-source-maps']);
      expect(existsSync(join(ROOT, words[2]!.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
    }
  });

  it('runs our processes with as little right as they need', () => {
    for (const [name, service] of ours) expect([name, service.read_only, service.cap_drop]).toEqual([name, true, ['ALL']]);
  });

  it('mounts files and volumes that are there', () => {
    for (const mount of all.flatMap(([, { volumes: mounts = [] }]) => mounts)) {
      const [source = ''] = mount.split(':');
      expect([mount, source.startsWith('./') ? existsSync(join(ROOT, 'docker', source)) : source in volumes]).toEqual([mount, true]);
    }
    expect(ours.every(([, { volumes: mounts }]) => mounts?.includes(`documents:${image.environment['DATA_DIR']!}`))).toBe(true);
  });

  it('lets in from outside only by the proxy, which knows both web processes and their port', () => {
    const open = all.filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith('127.0.0.1:'))).map(([name]) => name);
    expect(open).toEqual(['proxy']);
    const upstreams = /reverse_proxy (.+) \{/.exec(read('docker/Caddyfile'))?.[1]?.split(' ');
    expect(upstreams).toEqual(['web-1', 'web-2'].map((name) => `${name}:${image.environment['PORT']!}`));
  });
});
