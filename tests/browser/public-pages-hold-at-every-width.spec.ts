import { type BrowserHub, expectPage, openHub } from '../support/browser';

let hub: BrowserHub;
beforeAll(async () => {
  hub = await openHub({ env: { DEMO: '1' } });
});
afterAll(() => hub.close());

const PAGES = [
  ['/', 'Could you give a child a home nearby?'],
  ['/what-is-fostering', 'What fostering is'],
  ['/worried-about-a-child', 'Worried about a child?'],
  ['/privacy', 'Privacy notice'],
  ['/cookies', 'Cookies'],
  ['/accessibility', 'Accessibility statement'],
] as const;

it.each(PAGES)('%s pleases axe and does not scroll sideways', async (path, heading) => {
  const page = await hub.open();
  await page.goto(path);
  await expectPage(page, heading);
});

it('loads nothing from anywhere else, and nothing that the policy blocks', async () => {
  const page = await hub.open();
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(hub.address)) elsewhere.push(request.url());
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  for (const [path] of PAGES) await page.goto(path, { waitUntil: 'networkidle' });
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] });
});
