import { createTestApp, type TestApp } from '../../support/test-app';

describe('around every page', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ env: { METRICS_TOKEN: 'a-token-for-the-scraper' } });
  });
  afterAll(() => app.close());

  it('a strict policy: everything from here, nothing inline, no frames', async () => {
    const { headers, text } = await app.visitor().get('/staff/sign-in');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(text).not.toMatch(/<style|style="|<script(?![^>]*src=)|\son\w+="/);
  });

  it('a cookie that scripts cannot read and that another site cannot send', async () => {
    const { headers } = await app.visitor().get('/staff/sign-in');
    expect((headers['set-cookie'] as unknown as string[])[0]).toMatch(/^hub=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('no cookie at all for somebody who only reads', async () => {
    for (const path of ['/', '/privacy', '/nowhere']) expect((await app.visitor().get(path)).headers['set-cookie']).toBeUndefined();
  });

  it('an id of the request, which the log has too, without a word of what was asked for', async () => {
    const before = app.logLines.length;
    const answer = await app.visitor().get('/staff/search?text=Robin+Example&token=secret');
    const id = answer.headers['x-request-id'] as string;
    const line = app.logLines.slice(before).find((each) => (each['req'] as { id?: string } | undefined)?.id === id);
    expect(line).toMatchObject({ status: answer.status, req: { method: 'GET' } });
    expect(JSON.stringify(app.logLines)).not.toMatch(/Robin|secret|127\.0\.0\.1/);
  });

  it('a page for what is not here, that helps on', async () => {
    const answer = await app.visitor().get('/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('This page is not here');
    expect(answer.text).toContain('tel:+44');
    const officer = await app.signedInAs('recruitment_officer');
    expect((await officer.get('/staff/nowhere')).text).toContain('Go to your start page');
  });

  it('JSON for machines, whatever goes wrong', async () => {
    const answer = await app.visitor().get('/api/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 404, title: 'Not Found', requestId: answer.headers['x-request-id'] });
    const health = await app.visitor().get('/health/nowhere');
    expect(health.status).toBe(404);
    expect(health.body).toEqual({ status: 'failed', requestId: health.headers['x-request-id'] });
  });

  it('an answer to a form that is too large or broken', async () => {
    const visitor = app.visitor();
    const large = await visitor.post('/staff/sign-in', { email: 'x'.repeat(400_000) });
    expect(large.status).toBe(413);
    expect(large.text).toContain('That was too much at once');
    expect((await visitor.get('/staff/set-password/%E0%A4%A')).status).toBe(400);
  });

  it('health for those who ask whether it lives and can work', async () => {
    expect((await app.visitor().get('/health/live')).body).toEqual({ status: 'ok' });
    const ready = await app.visitor().get('/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({ status: 'ok', checks: { database: 'ok', queue: 'ok' } });
  });

  it('figures for Prometheus, to this machine or with the token only', async () => {
    await app.visitor().get('/staff/help');
    const own = await app.visitor().get('/metrics');
    expect(own.text).toMatch(/hub_http_request_seconds_count\{method="GET",route="\/staff\/help",status="303"\} \d+/);
    const { express } = app.web;
    const request = (await import('supertest')).default;
    expect((await request(express).get('/metrics').set('x-forwarded-for', '203.0.113.9')).status).toBe(404);
    expect((await request(express).get('/metrics').set('x-forwarded-for', '203.0.113.9').set('authorization', 'Bearer a-token-for-the-scraper')).status).toBe(200);
  });

  it('secure cookies and HSTS where people come by https', async () => {
    const https = await createTestApp({ database: app.database, env: { PUBLIC_URL: 'https://hub.example.org' } });
    try {
      const request = (await import('supertest')).default;
      const answer = await request(https.web.express).get('/staff/sign-in').set('x-forwarded-proto', 'https').set('x-forwarded-for', '203.0.113.9');
      expect((answer.headers['set-cookie'] as unknown as string[])[0]).toMatch(/^__Host-hub=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
      expect(answer.headers['content-security-policy']).toContain('upgrade-insecure-requests');
    } finally {
      await https.close();
    }
  });
});
