import { AUTHORITY_CODES, type Council, councilOf } from '@app/authorities';
import { type FosteringTime, fosteringHomes, NOT_BY_CHANCE } from '@app/constellations';
import { system } from '@app/database';
import { type LocalDate, parseLocalDate } from '@app/kernel';
import { type Retention, retention, RETENTION_DAYS } from '@app/reports';
import { csvLine } from '@app/spreadsheets';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { timesOfFile, timesOfHomes } from '../followed-homes';
import { sizeOfFile } from '../given-file';
import { withDatabase } from '../with-database';

interface RetentionOptions {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly authority?: Council;
  readonly file?: string;
  readonly days: readonly number[];
  readonly format: 'json' | 'csv' | 'times';
}

const HELP = `
What is estimated: the cumulative incidence of leaving fostering, for households that joined a constellation (members) and those
that had not (non-members), of the same authorities over the same days. Authorities of which no household was a member by the
last day are left out, because there is nobody to compare with.

Time 0     a member: the day of joining its first constellation, or --from when it had joined before;
           a non-member: the day of approval, or --from when it was approved before
Entry      everybody is followed from time 0 on (no left truncation). A household that joins later is a non-member until that day,
           is censored there, and enters anew as a member with time 0: nobody is a member before joining
End        left_on, the day from which it fosters no longer, by resignation or termination: two competing events.
           Censored at --to when it still fosters then, or leaves later. There is no other event: a household on the register
           either fosters or has left; leaving the constellation but not fostering ends nothing
Who        foster and kinship homes approved by --to that had not left by --from. Times are in days
Estimate   Aalen and Johansen; "left" is 1 - Kaplan and Meier, both events together
Ties       at one time, events come before censorings
At risk    households whose time is at least that day
Intervals  95 %, from the infinitesimal jackknife (for "left" this is Greenwood's), on the log(-log) scale of the probability
           itself, as conf.type = "log-log"; "left" takes that of the event-free share. None where the share is 0 or 1

In R, with the rows that --format times writes (authority, side, days, ending):
  library(survival)
  x <- read.csv("times.csv"); x$ending <- factor(x$ending, c("censored", "resignation", "termination"))
  summary(survfit(Surv(days, ending) ~ side, x, id = seq_len(nrow(x)), conf.type = "log-log"), times = c(0, 182, 365, 730, 1095), extend = TRUE)

--file reads households from a CSV file in UTF-8 instead of the database; its first row names the columns: approved_on is needed,
authority, kind, joined_on, left_on and left_by (resignation, termination) are used, others are left alone: the file of
"import carers", with a column joined_on. Or it has the columns side, days and ending, as --format times writes them: they are
then taken as they are.`;

/** `hub report retention`: who left fostering, members of constellations and others, on standard output. */
export function reportRetentionCommand(report: Command): void {
  report
    .command('retention')
    .description('Who left fostering: members of constellations and others, with intervals and the number at risk')
    .requiredOption('--from <date>', 'first day on which anybody is followed, such as 2024-04-01: from when the constellations run', day)
    .requiredOption('--to <date>', 'last day: what happened later is not known', day)
    .option('--authority <code>', 'derby, derbyshire, nottingham or nottinghamshire (default: each that has members)', authority)
    .option('--file <file>', 'households from a CSV file instead of the database')
    .option('--days <days>', 'after how many days to tell, with commas', days, RETENTION_DAYS)
    .addOption(new Option('--format <format>', 'how to write it; "times" writes what the estimates are made from').choices(['json', 'csv', 'times']).default('json'))
    .addHelpText('after', HELP)
    .action(reportRetention);
}

async function reportRetention({ from, to, authority: asked, file, days: told, format }: RetentionOptions): Promise<void> {
  if (to < from) throw new Error(`--to: ${to} is before ${from}`);
  if (file !== undefined) await sizeOfFile(file);
  const times = file === undefined ? timesOfHomes(await withDatabase((transactions) => transactions.read(system('command'), (tx) => fosteringHomes(tx))), from, to) : await timesOfFile(file, from, to);
  const compared = [...AUTHORITY_CODES, '']
    .filter((code) => asked === undefined || code === asked)
    .map((code) => ({ code, times: times.filter((time) => time.authority === code) }))
    .filter((each) => each.times.some(({ side }) => side === 'member'));
  const total = compared.flatMap((each) => each.times);
  process.stderr.write(`${NOT_BY_CHANCE}\n`);
  if (format === 'times') process.stdout.write([csvLine(['authority', 'side', 'days', 'ending']), ...total.map(({ authority: code, side, days: followed, ending }) => csvLine([code, side, String(followed), ending]))].join(''));
  else if (format === 'csv') process.stdout.write([csvLine(HEADER), ...[{ code: 'total', times: total }, ...compared.filter(({ code }) => code !== '')].flatMap(({ code, times: own }) => SIDES.flatMap((side) => lines(code, side, estimate(own, side, told))))].join(''));
  else process.stdout.write(`${JSON.stringify({ from, to, warning: NOT_BY_CHANCE, total: sides(total, told), authorities: Object.fromEntries(compared.filter(({ code }) => code !== '').map(({ code, times: own }) => [code, sides(own, told)])) }, null, 2)}\n`);
}

const SIDES = ['member', 'non_member'] as const;
const HEADER = ['authority', 'side', 'day', 'at_risk', 'left', 'left_low', 'left_high', 'resignation', 'resignation_low', 'resignation_high', 'termination', 'termination_low', 'termination_high'];

const estimate = (times: readonly FosteringTime[], side: FosteringTime['side'], told: readonly number[]): Retention => retention(times.filter((each) => each.side === side).map(({ days: time, ending }) => ({ time, ending, count: 1 })), told);
const sides = (times: readonly FosteringTime[], told: readonly number[]) => ({ members: estimate(times, 'member', told), nonMembers: estimate(times, 'non_member', told) });
const lines = (code: string, side: string, { at }: Retention): string[] =>
  at.map(({ day: after, atRisk, left, low, high, byCause: { resignation, termination } }) =>
    csvLine([code, side, ...[after, atRisk, left, low, high, resignation.share, resignation.low, resignation.high, termination.share, termination.low, termination.high].map((value) => (value === null ? '' : String(value)))]),
  );

function day(text: string): LocalDate {
  const on = parseLocalDate(text);
  if (on === null) throw new InvalidArgumentError('Write a date as 2024-04-01.');
  return on;
}

function authority(text: string): Council {
  const code = councilOf(text);
  if (code === null) throw new InvalidArgumentError('Use derby, derbyshire, nottingham, nottinghamshire or the ONS code.');
  return code;
}

function days(text: string): readonly number[] {
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every((part) => /^\d{1,5}$/.test(part))) throw new InvalidArgumentError('Give whole numbers of days with commas, such as 182,365.');
  return [...new Set(parts.map(Number))].sort((one, other) => one - other);
}
