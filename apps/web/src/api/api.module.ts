import { EnquiriesModule } from '@app/enquiries';
import { ReportsModule } from '@app/reports';
import { Module } from '@nestjs/common';
import { EnquiryLimits } from '../public/enquire/enquiry-limits';
import { ApiLimits } from './api-limits';
import { EnquiriesController } from './enquiries/enquiries.controller';
import { OpenApiController } from './openapi/openapi.controller';
import { KpiReportController } from './reports/kpi-report.controller';

/** What other programs use: enquiries from the councils' own websites, and the KPI report. */
@Module({ imports: [EnquiriesModule, ReportsModule], controllers: [EnquiriesController, KpiReportController, OpenApiController], providers: [ApiLimits, EnquiryLimits] })
export class ApiModule {}
