import { type Settings, SETTINGS } from '@app/settings';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Access } from '../../platform/access';
import { openApiDocument } from './openapi-document';

/** The description of the API, for everybody. */
@Controller('api/v1/openapi.json')
@Access('public')
export class OpenApiController {
  private readonly document: object;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.document = openApiDocument(settings.publicUrl);
  }

  @Get()
  read(@Res() response: Response): void {
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.json(this.document);
  }
}
