import { Command } from 'commander';
import { reportCommand } from '../../../apps/hub/src/commands/report';
import { recordPasts } from '../../support/recorded-history';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

describe('hub report kpi', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    process.env['DATABASE_URL'] = database.url;
    await recordPasts(database.owner, [
      { receivedAt: '2024-05-02T10:15:00+01:00', dueAt: '2024-05-03T17:00:00+01:00', authority: 'derby', recordedAt: '2026-01-05T12:00:00Z', events: [{ kind: 'milestone', milestone: 'approved', on: '2024-11-02' }] },
    ]);
  });
  afterAll(() => database.drop());

  const printed = async (...options: string[]): Promise<string> => {
    const written: string[] = [];
    const standardOutput = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const program = new Command('hub').exitOverride().configureOutput({ writeErr: () => undefined });
    reportCommand(program);
    program.commands.forEach((command) => command.commands.forEach((inner) => inner.exitOverride().configureOutput({ writeErr: () => undefined })));
    try {
      await program.parseAsync(['report', 'kpi', ...options], { from: 'user' });
    } finally {
      standardOutput.mockRestore();
    }
    return written.join('');
  };
  const year = ['--from', '2024-04-01', '--to', '2025-03-31'];

  it('prints the report as JSON in the shape that others rely on', async () => {
    const report = JSON.parse(await printed(...year, '--as-at', '2025-09-30')) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(['definitions', 'period', 'asAt', 'knownAt', 'generatedAt', 'total', 'byAuthority']);
    expect(report).toMatchObject({
      definitions: '1.1', period: { from: '2024-04-01', to: '2025-03-31' }, asAt: '2025-09-30', knownAt: null,
      total: { contacts: 1, enquiries: 1, turnaround: { approvals: 1, medianDays: 184, withinSixMonths: 1 } },
    });
    expect(Object.keys(report['byAuthority'] as object)).toEqual(['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'unrouted']);
    expect(Object.keys(report['total'] as object)).toEqual(['contacts', 'excluded', 'enquiries', 'firstResponse', 'funnel', 'conversion', 'dropOut', 'turnaround', 'processing', 'openNow']);
    expect(report['generatedAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('prints one authority when one is asked for, and what was known at a moment', async () => {
    const derby = JSON.parse(await printed(...year, '--authority', 'derby')) as { byAuthority: object; total: { enquiries: number } };
    expect([Object.keys(derby.byAuthority), derby.total.enquiries]).toEqual([['derby'], 1]);
    const before = JSON.parse(await printed(...year, '--known-at', '2026-01-05T11:59')) as { knownAt: string; total: { contacts: number; enquiries: number } };
    expect([before.knownAt, before.total.contacts, before.total.enquiries]).toEqual(['2026-01-05T11:59:00Z', 0, 0]);
  });

  it('prints a table', async () => {
    expect((await printed(...year, '--format', 'csv')).split('\r\n').slice(0, 2)).toEqual(['figure,total,derby,derbyshire,nottingham,nottinghamshire,unrouted', 'definitions,1.1,,,,,']);
  });

  it.each([
    ['a date that is none', ['--from', '2024-02-30', '--to', '2024-03-31'], /--from: “2024-02-30” is not a date/],
    ['a period that ends before it starts', ['--from', '2025-03-31', '--to', '2024-04-01'], /ends before it starts/],
    ['an as-at date in the future', [...year, '--as-at', '2099-01-01'], /as-at date lies in the future/],
    ['an unknown authority', [...year, '--authority', 'leicester'], /no such authority/],
    ['a moment that is none', [...year, '--known-at', 'yesterday'], /--known-at: “yesterday” is not a moment/],
  ])('refuses %s, with the reason', async (_, options, reason) => {
    await expect(printed(...options)).rejects.toThrow(reason);
  });

  it('shows how it is used when the period is missing', async () => {
    await expect(printed('--from', '2024-04-01')).rejects.toMatchObject({ code: 'commander.missingMandatoryOptionValue' });
  });
});
