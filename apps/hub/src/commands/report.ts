import { system } from '@app/database';
import { type Clock, SystemClock } from '@app/kernel';
import { ComputeKpiReport, kpiCsv, readKpiQuestion, REPORT_REFUSALS } from '@app/reports';
import { type Command, Option } from 'commander';
import { withDatabase } from '../with-database';
import { reportRetentionCommand } from './report-retention';

interface KpiOptions {
  readonly from: string;
  readonly to: string;
  readonly asAt?: string;
  readonly knownAt?: string;
  readonly authority?: string;
  readonly format: 'json' | 'csv';
}

/** `hub report kpi`: the KPI report on standard output, total and by authority. */
export function reportCommand(program: Command): void {
  const report = program.command('report').description('Reports from the history of the journeys and the register');
  reportRetentionCommand(report);
  report
    .command('kpi')
    .description('The KPI report of a period: conversion, drop-out, first response, turnaround')
    .requiredOption('--from <date>', 'first day of the period, such as 2024-04-01')
    .requiredOption('--to <date>', 'last day of the period')
    .option('--as-at <date>', 'what happened after this day does not count (default: today)')
    .option('--known-at <moment>', 'what was recorded after this moment does not count: 2024-05-02T10:15 in local time, with an offset, or a day for its end')
    .option('--authority <code>', 'derby, derbyshire, nottingham, nottinghamshire or unrouted (default: all of them)')
    .addOption(new Option('--format <format>', 'how to write it').choices(['json', 'csv']).default('json'))
    .action((options: KpiOptions) => reportKpi(options, new SystemClock()));
}

async function reportKpi({ format, ...written }: KpiOptions, clock: Clock): Promise<void> {
  const question = readKpiQuestion(written, clock.now());
  if (!question.ok) throw new Error(question.refusal.map(({ part, text }) => `${OPTION_OF[part]}: ${text}`).join('\n'));
  const computed = await withDatabase((transactions) => new ComputeKpiReport(transactions, clock).run(system('command'), question.value));
  if (!computed.ok) throw new Error(`Refused: ${REPORT_REFUSALS[computed.refusal]}.`);
  const { report } = computed.value;
  process.stdout.write(format === 'csv' ? kpiCsv(report) : `${JSON.stringify(report, null, 2)}\n`);
}

const OPTION_OF = { from: '--from', to: '--to', asAt: '--as-at', knownAt: '--known-at', authority: '--authority' } as const;
