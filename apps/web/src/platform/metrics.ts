import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { routePattern } from './request-log';

/** What a Prometheus server reads from this process. */
export class Metrics {
  readonly registry = new Registry();
  private readonly durations = new Histogram({
    name: 'hub_http_request_seconds',
    help: 'How long requests took, by the pattern of their route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  readonly middleware: RequestHandler = (request: Request, response: Response, next: NextFunction) => {
    const took = this.durations.startTimer();
    response.on('finish', () => took({ method: request.method, route: routePattern(request), status: String(response.statusCode) }));
    next();
  };
}
