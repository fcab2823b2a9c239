import { resolve } from 'node:path';
import { templateEnvironment } from '../platform/templates';

const environment = templateEnvironment({ projectRoot: resolve(__dirname, '../../../..'), manifest: { 'main.css': '/assets/main-1.css' } });
const rendered = (template: string, context: object = {}): string => environment.renderString(template, context);

const NASTY = '<img src=x onerror=alert(1)>"\'';
const macro = (file: string, name: string, call: string): string => `{% from "components/macros/${file}.njk" import ${name} %}${call}`;

describe('the macros', () => {
  it.each([
    ['page-heading', 'pageHeading', '{{ pageHeading({ text: nasty, caption: nasty, lead: nasty }) }}'],
    ['errors', 'errorSummary', '{{ errorSummary([{ field: nasty, text: nasty }]) }}'],
    ['tags', 'dueTag', '{{ dueTag({ text: nasty, state: "overdue", moment: nasty }) }}'],
    ['tags', 'statusTag', '{{ statusTag({ text: nasty, tone: "good" }) }}'],
    ['summary', 'summary', '{{ summary([{ key: nasty, value: nasty, changeHref: nasty, changeWhat: nasty }], nasty) }}'],
    ['milestones', 'milestoneLine', '{{ milestoneLine([{ name: nasty, state: "current", when: nasty }], nasty) }}'],
    ['timeline', 'timeline', '{{ timeline([{ title: nasty, when: nasty, byWhom: nasty, body: nasty, href: nasty, linkText: nasty, id: nasty }]) }}'],
    ['tables', 'dataTable', '{{ dataTable({ caption: nasty, id: nasty, head: [{ text: nasty, href: nasty }], rows: [[{ text: nasty, href: nasty }]], total: [{ text: nasty }], firstCellIsHeader: true }) }}'],
    ['charts', 'chartFigure', '{% call chartFigure({ id: nasty, title: nasty, description: nasty, downloadHref: nasty, table: { caption: nasty, head: [], rows: [] } }) %}{% endcall %}'],
    ['charts', 'keyFigures', '{{ keyFigures([{ label: nasty, value: nasty, target: nasty, progress: 0.5, direction: nasty, sentence: nasty, href: nasty }]) }}'],
    ['lists', 'keysetPagination', '{{ keysetPagination({ previousHref: nasty, nextHref: nasty, showing: nasty, what: nasty }) }}'],
    ['lists', 'filters', '{% call filters({ action: nasty, label: nasty, clearHref: nasty, active: [{ text: nasty, removeHref: nasty }] }) %}{% endcall %}'],
    ['lists', 'emptyState', '{{ emptyState({ title: nasty, text: nasty, href: nasty, linkText: nasty }) }}'],
    ['notices', 'notice', '{{ notice({ text: nasty, success: true, linkHref: nasty, linkText: nasty }) }}'],
    ['back-link', 'backLink', '{{ backLink({ href: nasty, text: nasty }) }}'],
  ])('%s: %s escapes whatever people typed', (file, name, call) => {
    const html = rendered(macro(file, name, call), { nasty: NASTY });
    expect(html).not.toContain('<img');
    expect(html).not.toContain(`"'`);
    expect(html).toContain('&lt;img src=x');
  });

  it('say the state of a milestone in words, not only in colour', () => {
    const html = rendered(macro('milestones', 'milestoneLine', '{{ milestoneLine(line) }}'), { line: [{ name: 'Enquiry', state: 'done' }, { name: 'Home visit', state: 'current' }, { name: 'Panel', state: 'ahead' }] });
    for (const words of ['Done: </span>Enquiry', 'Now: </span>Home visit', 'Still to come: </span>Panel', 'aria-current="step"']) expect(html).toContain(words);
  });

  it('tell an answer that was not given apart from an empty one', () => {
    const html = rendered(macro('summary', 'summary', '{{ summary([{ key: "Spare rooms", value: 0 }, { key: "Email", value: null }]) }}'));
    expect(html.match(/Not given/g)).toHaveLength(1);
    expect(html).toMatch(/>\s*0\s*</);
  });

  it('show no error summary when nothing was wrong', () => {
    expect(rendered(macro('errors', 'errorSummary', '{{ errorSummary(errors) }}')).trim()).toBe('');
    expect(rendered(macro('errors', 'errorSummary', '{{ errorSummary([]) }}')).trim()).toBe('');
  });

  it('draw a bar as wide as its share', () => {
    expect(rendered(macro('tables', 'bar', '{{ bar(0.25, 80) }}'))).toContain('<rect class="hub-bar__fill" width="20"');
  });
});

test('a page that asks for an asset which was not built fails loudly', () => {
  expect(rendered('{{ asset("main.css") }}')).toBe('/assets/main-1.css');
  expect(() => rendered('{{ asset("other.css") }}')).toThrow('other.css');
});
