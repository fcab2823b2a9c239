import { Module } from '@nestjs/common';
import { PublicPagesController } from './pages/public-pages.controller';

/** What people see who think about fostering. */
@Module({ controllers: [PublicPagesController] })
export class PublicModule {}
