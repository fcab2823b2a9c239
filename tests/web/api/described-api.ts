import { GiveWebsiteToken, type WebsiteScope } from '@app/access';
import { system } from '@app/database';
import Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import request, { type Response } from 'supertest';
import { openApiDocument } from '@web/api/openapi/openapi-document';
import type { TestApp } from '../../support/test-app';

type Schema = Readonly<Record<string, unknown>>;
interface Described {
  readonly description: string;
  readonly headers: Readonly<Record<string, { readonly required?: boolean; readonly schema: Schema }>>;
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Described>>;
}

const DOCUMENT = 'https://hub.example.org/openapi.json';

/** What an answer of the API has to be, by the document that describes it; remembers which descriptions were met. */
export class DescribedApi {
  private readonly ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  private readonly met = new Set<string>();
  readonly document = openApiDocument('https://hub.example.org') as unknown as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>; readonly components: { readonly schemas: Readonly<Record<string, Schema>> } };

  constructor() {
    addFormats(this.ajv);
    // The words that OpenAPI has besides those of JSON Schema stand outside its schemas.
    this.ajv.addVocabulary(['openapi', 'jsonSchemaDialect', 'info', 'servers', 'paths', 'components']);
    this.ajv.addSchema(this.document, DOCUMENT, undefined, false);
  }

  /** Every operation with every status that it is described with: `POST /api/v1/enquiries 201`. */
  get described(): string[] {
    return this.operations().flatMap(([name, operation]) => Object.keys(operation.responses).map((status) => `${name} ${status}`)).sort();
  }

  get seen(): string[] {
    return [...this.met].sort();
  }

  /** Throws unless the answer is as it is described: status, media type, headers and body. */
  check(method: string, path: string, answer: Response): void {
    const name = `${method} ${path}`;
    const operation = this.operations().find(([each]) => each === name)?.[1];
    const described = operation?.responses[String(answer.status)];
    if (!described) throw new Error(`${name} answered ${String(answer.status)}, which is not described: ${answer.text}`);
    const mediaType = String(answer.headers['content-type']).split(';')[0] ?? '';
    const content = described.content[mediaType];
    if (!content) throw new Error(`${name} answered ${String(answer.status)} as ${mediaType}, which is not described`);
    this.mustFit(content.schema, JSON.parse(answer.text), `the body of ${name} ${String(answer.status)}`);
    for (const [header, { required, schema }] of Object.entries(described.headers)) {
      const value: unknown = answer.headers[header.toLowerCase()];
      if (value === undefined && !required) continue;
      this.mustFit(schema, schema['type'] === 'integer' ? Number(value) : value, `the header ${header} of ${name} ${String(answer.status)}`);
    }
    this.met.add(`${name} ${String(answer.status)}`);
  }

  /** Whether a body is one that the description lets a website send. */
  accepts(schema: string, body: unknown): boolean {
    return this.validatorOf({ $ref: `#/components/schemas/${schema}` })(body);
  }

  private operations(): [string, Operation][] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method.toUpperCase()} ${path}`, operation]));
  }

  private mustFit(schema: Schema, value: unknown, what: string): void {
    const validate = this.validatorOf(schema);
    if (!validate(value)) throw new Error(`${what} is not as described: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
  }

  private validatorOf(schema: Schema): ValidateFunction {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${DOCUMENT}#/`)) as Schema;
    return this.ajv.compile(absolute);
  }
}

export interface Sending {
  readonly token?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A website that talks with the hub; every answer that it gets is checked against the description. */
export interface TestWebsite {
  post(body: unknown, sending?: Sending): Promise<Response>;
  /** The same with a body as it is on the wire. */
  postRaw(body: string | Buffer, sending?: Sending): Promise<Response>;
  kpi(query: string, sending?: Sending): Promise<Response>;
}

export async function giveToken(app: TestApp, ...scopes: WebsiteScope[]): Promise<{ id: string; token: string }> {
  const given = await new GiveWebsiteToken(app.database.transactions, app.clock).run(system('tests'), { name: 'Example Council', scopes });
  if (!given.ok) throw new Error(given.refusal);
  return given.value;
}

export function testWebsite(app: TestApp, api: DescribedApi, token: string): TestWebsite {
  let sent = 0;
  const headersOf = (sending: Sending): Record<string, string> => ({ authorization: `Bearer ${sending.token ?? token}`, 'idempotency-key': sending.key ?? `test-key-${token.slice(-8)}-${String((sent += 1))}`, ...sending.headers });
  const checked = (method: string, path: string, answer: Response): Response => {
    api.check(method, path, answer);
    return answer;
  };
  const postRaw = async (body: string | Buffer, sending: Sending = {}): Promise<Response> =>
    checked('POST', '/api/v1/enquiries', await request(app.web.express).post('/api/v1/enquiries').set('content-type', 'application/json').set(headersOf(sending)).serialize((given: unknown) => given as string).send(body));
  return {
    postRaw,
    post: (body, sending) => postRaw(JSON.stringify(body), sending),
    kpi: async (query, sending = {}) => checked('GET', '/api/v1/reports/kpi', await request(app.web.express).get(`/api/v1/reports/kpi?${query}`).set(headersOf(sending))),
  };
}
