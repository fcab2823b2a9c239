import { z } from 'zod';
import { API_LIMITS } from '../api-limits';
import { REPEATED_HEADER } from '../enquiries/enquiries.controller';
import { enquiryBody } from '../enquiries/enquiry.body';
import { enquiryTakenBody } from '../enquiries/enquiry-taken';
import { SENDING_KEY_HEADER, SENDING_KEY_PATTERN } from '../enquiries/sending-key';
import { kpiBlockBody, kpiReportBody } from '../reports/kpi-report.schema';
import { kpiParameters, NEEDED_PARAMETERS } from '../reports/kpi-parameters';
import { PROBLEM_TYPE } from '../../platform/problem';
import { problemBody } from './problem.schema';

type Json = Readonly<Record<string, unknown>>;

/** The statuses that every operation with a token can answer with, besides its own. */
const REFUSALS: Readonly<Record<number, string>> = {
  401: 'No token came, or one that is unknown or was withdrawn.',
  403: 'The token is not for this.',
  422: 'Some of what was sent cannot be taken: `errors` says what and why.',
  429: 'Too many requests with this token. Nothing was done: send the same again later.',
  500: 'A mistake on our side.',
  503: 'Our records cannot be reached. Nothing was done: send the same again later.',
};
const REFUSALS_OF_A_BODY: Readonly<Record<number, string>> = {
  400: `The body is not JSON, or the header ${SENDING_KEY_HEADER} is missing or unfit.`,
  409: `Another enquiry was sent with the same ${SENDING_KEY_HEADER}.`,
  413: 'The body is too large.',
  415: 'The body is not application/json in UTF-8.',
};
const WITH_WAIT = ['429', '503'];
const REQUEST_ID: Json = { 'X-Request-Id': { required: true, description: 'Quote it when you ask us about a request.', schema: { type: 'string' } } };

/** The description of the API (OpenAPI 3.1), made from the schemas that the API itself reads with. */
export function openApiDocument(publicUrl: string): Json {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Foster for East Midlands: recruitment hub',
      version: '1',
      summary: 'Enquiries from the councils’ own websites, and the KPI report.',
      description:
        'For programs on servers: a token must never reach a browser. Every answer carries the header `X-Request-Id`. Whatever goes wrong is answered as `application/problem+json` (RFC 9457). Fields may be added to answers within this version; none is taken away.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: publicUrl }],
    paths: { '/api/v1/enquiries': { post: sendEnquiry() }, '/api/v1/reports/kpi': { get: readKpiReport() }, '/api/v1/openapi.json': { get: readThis() } },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An administrator of the hub gives a token to a website, for the scopes that it needs.' } },
      schemas: componentSchemas(),
    },
  };
}

const sendEnquiry = (): Json => ({
  operationId: 'sendEnquiry',
  summary: 'Send an enquiry that somebody made on your website',
  description: `It is checked, routed, screened and acknowledged as if it had been made here. At most ${String(API_LIMITS.enquiries.points)} a minute with one token.`,
  tags: ['Enquiries'],
  security: [{ token: ['enquiries:write'] }],
  parameters: [
    {
      name: SENDING_KEY_HEADER,
      in: 'header',
      required: true,
      description: 'Chosen by you, once for each enquiry, and the same when you send it again: then there is one enquiry, however often it arrives.',
      schema: { type: 'string', pattern: SENDING_KEY_PATTERN, examples: ['0197b5a0-5f5c-7c4e-9d0f-3a0e6f1c2b7d'] },
    },
  ],
  requestBody: { required: true, content: { 'application/json': { schema: ref('Enquiry') } } },
  responses: {
    201: {
      description: 'The enquiry is with the hub: now, or since the first time that it was sent.',
      headers: { ...REQUEST_ID, [REPEATED_HEADER]: { description: 'True when this is the answer of before.', schema: { type: 'string', const: 'true' } } },
      content: { 'application/json': { schema: ref('EnquiryTaken') } },
    },
    ...problems({ ...REFUSALS, ...REFUSALS_OF_A_BODY }),
  },
});

const readKpiReport = (): Json => ({
  operationId: 'readKpiReport',
  summary: 'Read the KPI report of a period',
  description: `Computed when it is asked for, the same as \`hub report kpi\`. At most ${String(API_LIMITS.reports.points)} a minute with one token.`,
  tags: ['Reports'],
  security: [{ token: ['reports:read'] }],
  parameters: Object.entries(propertiesOf(kpiParameters)).map(([name, schema]) => ({ name, in: 'query', required: (NEEDED_PARAMETERS as readonly string[]).includes(name), schema })),
  responses: { 200: { description: 'The report.', headers: REQUEST_ID, content: { 'application/json': { schema: ref('KpiReport') } } }, ...problems(REFUSALS) },
});

const readThis = (): Json => ({
  operationId: 'readDescription',
  summary: 'Read this description',
  tags: ['Description'],
  security: [],
  responses: { 200: { description: 'This document.', headers: REQUEST_ID, content: { 'application/json': { schema: { type: 'object' } } } } },
});

function problems(refusals: Readonly<Record<number, string>>): Json {
  return Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [
      status,
      {
        description,
        headers: {
          ...REQUEST_ID,
          ...(WITH_WAIT.includes(status) ? { 'Retry-After': { required: true, description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } } } : {}),
          ...(status === '401' ? { 'WWW-Authenticate': { required: true, schema: { type: 'string', const: 'Bearer' } } } : {}),
        },
        content: { [PROBLEM_TYPE]: { schema: ref('Problem') } },
      },
    ]),
  );
}

const ref = (id: string): Json => ({ $ref: `#/components/schemas/${id}` });

/** The schemas that have a name, as JSON Schema. */
function componentSchemas(): Json {
  const named = z.registry<{ id: string }>();
  for (const schema of [enquiryBody, enquiryTakenBody, kpiBlockBody, kpiReportBody, problemBody]) named.add(schema, { id: schema.meta()?.id ?? '' });
  const { schemas } = z.toJSONSchema(named, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $id: _, $schema: __, id: ___, ...schema }]) => [id, schema]));
}

/** Each property of an object as JSON Schema. */
function propertiesOf(schema: z.ZodObject): Json {
  return z.toJSONSchema(schema, { io: 'input' }).properties ?? {};
}
