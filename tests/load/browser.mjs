/** A browser that keeps its cookies and its connection, and measures how long whole answers take. */
import { Agent, request } from 'node:http';

export class MeasuringBrowser {
  #cookie = '';
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #csrf = '';

  constructor(address) {
    this.address = address;
  }

  get(path) {
    return this.#ask('GET', path);
  }

  /** Sends a form with the token of the page that was opened last. */
  post(path, fields) {
    return this.#ask('POST', path, new URLSearchParams({ ...fields, _csrf: this.#csrf }).toString());
  }

  async signIn(email, password) {
    await this.get('/staff/sign-in');
    const answer = await this.post('/staff/sign-in', { email, password });
    if (answer.status !== 303) throw new Error(`${email} cannot sign in: ${answer.status}`);
  }

  close() {
    this.#agent.destroy();
  }

  #ask(method, path, body) {
    const startedAt = performance.now();
    const headers = { cookie: this.#cookie, ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }) };
    return new Promise((done, failed) => {
      const sent = request(`${this.address}${path}`, { method, headers, agent: this.#agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => {
          const milliseconds = performance.now() - startedAt;
          const [cookie] = answer.headers['set-cookie'] ?? [];
          if (cookie !== undefined) this.#cookie = cookie.split(';')[0];
          this.#csrf = /name="_csrf" value="([0-9a-f]+)"/.exec(text)?.[1] ?? this.#csrf;
          done({ status: answer.statusCode, text, milliseconds, location: answer.headers.location });
        });
      });
      sent.once('error', failed);
      sent.end(body);
    });
  }
}
