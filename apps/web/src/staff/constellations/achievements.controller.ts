import { may } from '@app/access';
import { constellationBlockerInWords, loadConstellation, type ConstellationRefusal, monthFigures, monthInWords, monthlyReport, monthsBetween, NOT_BY_CHANCE, parseMonth, retentionFacts, WriteMonthlyReport } from '@app/constellations';
import { Transactions } from '@app/database';
import { Clock, dateInWords, localDateOf, momentInWords, type Result } from '@app/kernel';
import { retention, type Retention } from '@app/reports';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access';
import { readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { count, type FormError, percent } from '../../platform/words';
import { date, optionalNote, requiredLine } from '../fields';
import { intervals } from '../reports/charts/intervals';
import { figureRows, money } from './constellation.presenter';
import { constellationPath, monthlyReportPath } from './paths';

const IS_ID = /^[0-9a-f-]{36}$/;
const DAY_NAMES: Readonly<Record<number, string>> = { 0: 'At the start', 182: 'Half a year', 365: 'One year', 730: 'Two years', 1095: 'Three years' };
/** Five years: more months than a project of two years has. */
const MOST_MONTHS = 60;
const wordsSchema = z.object({ went_well: optionalNote, was_hard: optionalNote, next_month: optionalNote });
const signSchema = z.object({ name: requiredLine(120, 'Enter the name as signed'), on: date('Enter the day') });

/** What a constellation achieves: its months, its reports, and who stays in fostering. */
@Controller('staff/constellations')
@Access('constellations.read')
export class AchievementsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly write: WriteMonthlyReport,
  ) {}

  @Get(':id/achievements')
  async show(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    if (!IS_ID.test(id)) throw new NotFoundException();
    const read = await this.transactions.read(actor, async (tx) => {
      const constellation = await loadConstellation(tx, id);
      if (!constellation) return null;
      const last = constellation.endedOn !== null && constellation.endedOn < today ? constellation.endedOn : today;
      const months: { month: string; figures: Awaited<ReturnType<typeof monthFigures>> }[] = [];
      for (const month of constellation.startedOn > today ? [] : monthsBetween(constellation.startedOn, last).slice(-MOST_MONTHS)) months.push({ month, figures: await monthFigures(tx, constellation, month, today) });
      return { constellation, months: months.reverse(), facts: await retentionFacts(tx, id, today) };
    });
    if (!read) throw new NotFoundException();
    const { constellation, months, facts } = read;
    const of = (side: 'member' | 'non_member'): Retention => retention(facts.filter((each) => each.side === side).map(({ days, ending, households }) => ({ time: days, ending, count: households })));
    const [members, others] = [of('member'), of('non_member')];
    await page(response, 'staff/constellations/achievements', {
      title: `What ${constellation.name} achieves`,
      back: { href: constellationPath(id), text: constellation.name },
      months: months.map(({ month, figures }) => ({
        name: monthInWords(parseMonth(month.slice(0, 7)) ?? today), href: monthlyReportPath(id, month), satellites: count(figures.satellites), coverage: percent(figures.households === 0 ? null : figures.covered / figures.households),
        activities: count(Object.values(figures.activities).reduce((sum, times) => sum + times, 0)), nights: count(figures.nights), contacts: count(figures.contacts), joined: count(figures.joined), left: count(figures.left), endings: `${count(figures.plannedEndings)} / ${count(figures.unplannedEndings)}`, spent: money(figures.pence),
      })),
      warning: NOT_BY_CHANCE,
      finding: `${count(members.leavers)} of ${count(members.households)} households that ever joined have left fostering; of the ${count(others.households)} that had not joined, ${count(others.leavers)} have.`,
      drawing: intervals({ label: 'Share of households that left fostering, for members and others, with 95% intervals', rows: [...lines('Members', members), ...lines('Others', others)] }),
      rows: [...tableRows('Members', members), ...tableRows('Others', others)],
    });
  }

  @Get(':id/reports/:month')
  async report(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('month') month: string): Promise<void> {
    await this.showReport(request, response, id, month, []);
  }

  @Post(':id/reports/:month/:what')
  @Access('constellations.work')
  async change(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('month') monthText: string, @Param('what') what: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const month = parseMonth(monthText);
    if (!month || !IS_ID.test(id)) throw new NotFoundException();
    const about = { constellationId: id, month };
    const done = async (work: Promise<Result<unknown, ConstellationRefusal>>, said: string): Promise<void> => {
      const outcome = await work;
      if (outcome.ok) return redirectTo(response, monthlyReportPath(id, month), said);
      if (outcome.refusal.blockers.some(({ kind }) => kind === 'not_found' || kind === 'not_permitted')) throw new NotFoundException();
      await this.showReport(request, response, id, monthText, outcome.refusal.blockers.map((blocker) => ({ field: what === 'hub-home' ? 'on' : 'went_well', text: constellationBlockerInWords(blocker) })), body);
    };
    if (what === 'words') {
      const read = readForm(wordsSchema, body);
      if (!read.ok) return this.showReport(request, response, id, monthText, read.errors, body);
      return done(this.write.save(actor, { ...about, wentWell: read.value.went_well, wasHard: read.value.was_hard, nextMonth: read.value.next_month }), 'The words are saved.');
    }
    if (what === 'hub-home') {
      const read = readForm(signSchema, body);
      if (!read.ok) return this.showReport(request, response, id, monthText, read.errors, body);
      return done(this.write.signForHubHome(actor, { ...about, ...read.value }), 'The signature of the hub home is recorded. The figures stay as they are now.');
    }
    if (what === 'sign') return done(this.write.sign(actor, about), 'You have signed the report.');
    throw new NotFoundException();
  }

  private async showReport(request: Request, response: Response, id: string, monthText: string, errors: readonly FormError[], typed?: unknown): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const month = parseMonth(monthText);
    if (!month || !IS_ID.test(id)) throw new NotFoundException();
    const read = await this.transactions.read(actor, async (tx) => {
      const constellation = await loadConstellation(tx, id);
      return constellation && month <= today ? { constellation, report: await monthlyReport(tx, constellation, month, today) } : null;
    });
    if (!read) throw new NotFoundException();
    const { constellation, report } = read;
    const signed = report.hubHomeSignedOn !== null && report.liaisonSignedAt !== null;
    await page(
      response,
      'staff/constellations/report',
      {
        title: `Report for ${monthInWords(month)}`,
        caption: constellation.name,
        back: { href: constellationPath(id), text: constellation.name },
        figures: figureRows(report.figures).map(([key, value]) => ({ key, value })),
        words: [{ key: 'What went well', value: report.wentWell }, { key: 'What was hard', value: report.wasHard }, { key: 'Plans for the next month', value: report.nextMonth }],
        values: { went_well: report.wentWell, was_hard: report.wasHard, next_month: report.nextMonth, on: today, ...(typed === undefined ? {} : valuesOf(typed)) },
        hubHome: report.hubHomeSignedOn === null ? null : `${report.hubHomeSignedAs ?? ''}, ${dateInWords(report.hubHomeSignedOn)}`,
        liaison: report.liaisonSignedAt === null ? null : `${report.liaisonSignedBy ?? ''}, ${momentInWords(report.liaisonSignedAt)}`,
        works: may(actor, 'constellations.work', constellation.authority) && !signed,
        address: monthlyReportPath(id, month),
        errors,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

const inWords = ({ left, low, high }: { readonly left: number; readonly low: number | null; readonly high: number | null }): string => `${percent(left)}${low === null || high === null ? '' : ` (${percent(low)} to ${percent(high)})`}`;
const lines = (name: string, { at }: Retention) => at.filter(({ day }) => day > 0).map((each) => ({ name: `${name}, ${(DAY_NAMES[each.day] ?? '').toLowerCase()}`, words: percent(each.left), share: each.left, low: each.low, high: each.high }));
const tableRows = (name: string, { at }: Retention) => at.map((each) => [{ text: name }, { text: DAY_NAMES[each.day] ?? `${String(each.day)} days` }, { text: count(each.atRisk), numeric: true }, { text: inWords(each), numeric: true }, { text: percent(each.byCause.resignation.share), numeric: true }, { text: percent(each.byCause.termination.share), numeric: true }]);
