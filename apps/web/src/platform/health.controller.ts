import { rows, Transactions } from '@app/database';
import { type Settings, SETTINGS } from '@app/settings';
import { Controller, Get, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from './access';
import { Metrics } from './metrics';
import { Readiness } from './readiness';
import { WorkFigures } from './work-figures';

/** What machines ask: whether the process lives, whether it can work, and how it does. */
@Controller()
@Access('public')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly work: WorkFigures,
    private readonly transactions: Transactions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('health/live')
  live(): object {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(@Res() response: Response): Promise<void> {
    const checks = await this.readiness.checks();
    const isReady = Object.values(checks).every((state) => state === 'ok');
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'not_ready', checks });
  }

  @Get('metrics')
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!this.mayReadMetrics(request)) throw new NotFoundException();
    await this.work.refresh();
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }

  /** For the banner of the demonstration while it is being loaded. */
  @Get('demo-progress')
  async demoProgress(@Res() response: Response): Promise<void> {
    if (!this.settings.demo) throw new NotFoundException();
    const [progress] = await this.transactions.read({ kind: 'public' }, (tx) =>
      rows<{ done: number; total: number }>(tx, 'SELECT done, total FROM progress ORDER BY ended_at IS NOT NULL, started_at DESC LIMIT 1'),
    );
    response.setHeader('Cache-Control', 'no-store');
    response.json(progress ?? { done: 0, total: 0 });
  }

  private mayReadMetrics(request: Request): boolean {
    const { metricsToken } = this.settings;
    if (metricsToken !== null && request.headers.authorization === `Bearer ${metricsToken}`) return true;
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
    return forwarded === undefined && /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '');
  }
}
