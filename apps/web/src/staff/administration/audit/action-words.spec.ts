import { ACTIONS } from '@app/access';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionInWords, hasWords } from './action-words';
import { detailInWords } from './detail-in-words';

const LIBS = join(__dirname, '../../../../../../libs');
const WRITTEN = /'((?:applicant|applicants|assessment|carer|carers|constellation|decision|document|documents|enquiry|household|journey|journeys|letter|letters|member|panel|report|staff|website)\.[a-z_]+)'/g;

const sources = readdirSync(LIBS, { recursive: true, encoding: 'utf8' }).filter((file) => /\/use-cases\/.*\.ts$/.test(file) && !file.endsWith('.spec.ts'));
const written = new Set(sources.flatMap((file) => [...readFileSync(join(LIBS, file), 'utf8').matchAll(WRITTEN)].map(([, action]) => action ?? '')));

describe('the trail in words', () => {
  it('has words for every action that a use case writes', () => {
    const permissions: readonly string[] = ACTIONS;
    expect(written.size).toBeGreaterThan(50);
    expect([...written].filter((action) => !permissions.includes(action) && !hasWords(action)).sort()).toEqual([]);
  });

  it('names milestones, and spells out what it does not know', () => {
    expect(actionInWords('journey.home_visit')).toBe('Recorded: initial home visit');
    expect(actionInWords('report.press_copy')).toBe('Report: press copy');
  });

  it('says details with the names of staff, roles and councils', () => {
    const names = new Map([['some-id', 'Robin Example']]);
    expect(detailInWords({ staffId: 'some-id', role: 'hub_manager', from: 'derby', rows: 3, asked_for: null, scopes: ['reports:read'] }, names)).toEqual(['staff: Robin Example', 'role: Hub manager', 'from: Derby', 'rows: 3', 'scopes: reports:read']);
    expect(detailInWords({ found: [{ what: 'with another council', journeys: 12, references: ['FEM-1', 'FEM-2'] }] }, names)).toEqual(['with another council: FEM-1, FEM-2 and 10 more']);
  });
});
